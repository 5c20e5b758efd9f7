#include "collect/render/run.h"

#include <algorithm>

#include "base/text.h"

namespace kastell::collect {

namespace {

constexpr std::size_t kept_errors = 16 * 1024;
constexpr std::size_t shown_errors = 600;

// Nothing listens on the discard port: whatever honours proxies ends there at once.
constexpr const char* nowhere = "http://127.0.0.1:9";

std::vector<std::pair<std::string, std::string>> environment_in(const std::string& home) {
  std::vector<std::pair<std::string, std::string>> variables = {
      {"HOME", home},
      {"TMPDIR", home},
      {"HELM_CACHE_HOME", home + "/helm/cache"},
      {"HELM_CONFIG_HOME", home + "/helm/config"},
      {"HELM_DATA_HOME", home + "/helm/data"},
      {"KUBECONFIG", "/dev/null"},
      {"GIT_ALLOW_PROTOCOL", "none"},
      {"GIT_TERMINAL_PROMPT", "0"},
      {"NO_PROXY", ""},
      {"no_proxy", ""},
      {"LC_ALL", "C"},
  };
  for (const char* name : {"http_proxy", "https_proxy", "all_proxy", "HTTP_PROXY", "HTTPS_PROXY", "ALL_PROXY"}) {
    variables.emplace_back(name, nowhere);
  }
  return variables;
}

// On one line, without control characters, not too long.
std::string trimmed(std::string_view errors) {
  std::string text;
  for (const char c : replace_invalid_utf8(errors)) {
    const bool space = static_cast<unsigned char>(c) <= ' ' || c == 0x7F;
    if (!space) {
      text += c;
    } else if (!text.empty() && text.back() != ' ') {
      text += ' ';
    }
  }
  while (text.ends_with(' ')) text.pop_back();
  if (text.size() <= shown_errors) return text;
  std::size_t size = shown_errors;
  while (size > 0 && (static_cast<unsigned char>(text[size]) & 0xC0) == 0x80) --size;
  return text.substr(0, size) + "…";
}

}  // namespace

Result<std::string> run_renderer(const std::string& program, std::vector<std::string> arguments,
                                 const TemporaryFolder& home, const RenderOptions& options) {
  const Machine& machine = options.machine == nullptr ? this_machine() : *options.machine;
  auto end = machine.run({.command = program,
                          .arguments = std::move(arguments),
                          .environment = environment_in(home.path()),
                          .only_environment = true,
                          .most_output = options.most_output,
                          .kept_errors = kept_errors,
                          .longest = options.longest});
  if (!end) return std::unexpected(std::move(end.error()));
  if (end->exit_code == 0) return std::move(end->output);
  return failure(ErrorCode::unreadable, program + " ended with exit code " + std::to_string(end->exit_code) + ": " +
                                            trimmed(end->errors.empty() ? "it said nothing" : end->errors));
}

}  // namespace kastell::collect

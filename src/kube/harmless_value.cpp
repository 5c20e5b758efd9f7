#include "kube/harmless_value.h"

#include <algorithm>
#include <array>
#include <span>

#include "base/ascii.h"

namespace kastell::kube {

namespace {

constexpr auto switches = std::to_array<std::string_view>({"0", "1", "true", "false", "yes", "no", "on", "off"});

constexpr auto usual_folders = std::to_array<std::string_view>(
    {"/app/", "/certs/", "/config/", "/credentials/", "/data/", "/dev/", "/etc/", "/home/", "/mnt/", "/opt/", "/root/",
     "/run/", "/secrets/", "/srv/", "/tmp/", "/usr/", "/var/", "/vault/"});
constexpr auto usual_endings =
    std::to_array<std::string_view>({".crt", ".json", ".key", ".pem", ".txt", ".yaml", ".yml"});

// "1h30m": at most 12 characters.
bool is_duration(std::string_view text) {
  constexpr std::string_view units = "hms";
  return text.size() >= 2 && text.size() <= 12 && is_digit(text.front()) && units.contains(text.back()) &&
         text.find_first_not_of("0123456789.hms") == std::string_view::npos;
}
constexpr std::string_view duration_pattern = "[0-9][0-9.hms]{0,10}[hms]";

constexpr std::string_view variable_pattern = R"(\$\([^)]*\)|\$\{[^:}]*\})";

// Any of the texts.
std::string any_of(std::span<const std::string_view> texts) {
  std::string out = "(";
  for (const std::string_view text : texts) {
    if (out.size() > 1) out += '|';
    if (text.starts_with('.')) out += '\\';
    out += text;
  }
  return out += ')';
}

}  // namespace

bool is_switch_or_duration(std::string_view text) {
  const auto is_text = [text](std::string_view word) { return std::ranges::equal(text, word, {}, to_lower); };
  return std::ranges::any_of(switches, is_text) || is_duration(text);
}

bool is_variable(std::string_view text) {
  if (text.size() < 3) return false;
  if (text.starts_with("$(")) return text.find(')') == text.size() - 1;
  return text.starts_with("${") && text.find('}') == text.size() - 1 && !text.contains(':');
}

bool is_usual_path(std::string_view text) {
  return text.starts_with('/') &&
         (std::ranges::any_of(usual_folders, [text](std::string_view folder) { return text.starts_with(folder); }) ||
          std::ranges::any_of(usual_endings, [text](std::string_view ending) { return text.ends_with(ending); }));
}

bool is_harmless_value(std::string_view text) {
  return is_switch_or_duration(text) || is_variable(text) || is_usual_path(text);
}

std::string harmless_value_pattern() {
  return "^((?i:" + any_of(switches) + ")|" + std::string(duration_pattern) + "|" + std::string(variable_pattern) +
         ")$|^" + any_of(usual_folders) + "|^/(?s:.*)" + any_of(usual_endings) + "$";
}

}  // namespace kastell::kube

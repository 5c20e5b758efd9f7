#include "cli/commands/render_flags.h"

#include "base/file_system.h"

namespace kastell::cli {

namespace {

constexpr unsigned longest_rendering = 3600;  // seconds

}  // namespace

Result<collect::RenderOptions> read_render_options(const Arguments& arguments) {
  collect::RenderOptions options;
  options.wanted = !arguments.has("no-render");
  for (const Flag& flag : render_flags) {
    if (!options.wanted && flag.name != "no-render" && arguments.has(flag.name)) {
      return failure(ErrorCode::usage, "--" + std::string(flag.name) + " has no place beside --no-render");
    }
  }
  options.helm = arguments.value("helm", options.helm);
  options.kustomize = arguments.value("kustomize");
  options.values = arguments.values("values");
  options.sets = arguments.values("set");
  if (arguments.has("render-timeout")) {
    const auto seconds = parse_number("render-timeout", arguments.value("render-timeout"), 1, longest_rendering);
    if (!seconds) return std::unexpected(seconds.error());
    options.longest = std::chrono::seconds(*seconds);
  }
  // Helm would take what is no file for an address.
  for (const std::string& file : options.values) {
    if (operating_system_files().status(file).kind != FileKind::regular) {
      return failure(ErrorCode::not_found, "no such values file: " + file);
    }
  }
  return options;
}

}  // namespace kastell::cli

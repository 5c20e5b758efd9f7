#include "collect/render/helm.h"

#include <algorithm>

#include "base/ascii.h"
#include "collect/render/bundle_files.h"

namespace kastell::collect {

namespace {

constexpr std::size_t longest_release_name = 53;  // helm's own limit

std::vector<std::string> arguments_for(const Chart& chart, const std::string& overrides, const RenderOptions& options) {
  // A folder that begins with a dash would be taken for a flag.
  const std::string folder = chart.folder.starts_with('-') ? "./" + chart.folder : chart.folder;
  std::vector<std::string> arguments = {"template", release_name(chart.folder), folder, "--include-crds"};
  for (const std::string& file : options.values) arguments.push_back("--values=" + file);
  if (!overrides.empty()) arguments.push_back("--values=" + overrides);
  for (const std::string& set : options.sets) arguments.push_back("--set=" + set);
  return arguments;
}

}  // namespace

std::string release_name(const std::string& folder) {
  const std::string path = normal_path(folder);
  const std::string name = path.substr(path.rfind('/') + 1);
  const bool plain = std::ranges::all_of(name, [](char c) { return is_lower_alphanumeric(c) || c == '-'; });
  const bool fits = !name.empty() && name.size() <= longest_release_name && name.front() != '-' && name.back() != '-';
  return plain && fits ? name : "release-name";
}

Result<std::string> helm_template(const Chart& chart, const std::string& overrides, const RenderOptions& options) {
  const auto home = TemporaryFolder::make();
  if (!home) return std::unexpected(home.error());
  auto output = run_renderer(options.helm, arguments_for(chart, overrides, options), *home, options);
  if (output) return output;
  Error error = output.error();
  if (error.message.find("missing in charts/") != std::string::npos) {
    error.message =
        "dependencies are not vendored (`helm dependency build` fetches them into charts/): " + error.message;
  }
  return std::unexpected(std::move(error));
}

}  // namespace kastell::collect

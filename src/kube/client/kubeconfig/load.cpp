#include <algorithm>

#include "kube/client/kubeconfig.h"

namespace kastell::client {

namespace {

constexpr std::uint64_t most_bytes = std::uint64_t{16} << 20;

std::vector<std::string> split_list(std::string_view text) {
  std::vector<std::string> paths;
  while (!text.empty()) {
    const std::size_t colon = std::min(text.find(':'), text.size());
    std::string path(text.substr(0, colon));
    if (!path.empty() && std::ranges::find(paths, path) == paths.end()) paths.push_back(std::move(path));
    text.remove_prefix(std::min(colon + 1, text.size()));
  }
  return paths;
}

std::vector<std::string> files_of_environment(const Machine& machine) {
  if (const auto list = machine.environment("KUBECONFIG"); list && !list->empty()) return split_list(*list);
  const auto home = machine.environment("HOME");
  if (!home || home->empty()) return {};
  return {*home + "/.kube/config"};
}

Result<Kubeconfig> load_file(const std::string& path, const Machine& machine) {
  const auto content = machine.files().read(path, {.most_bytes = most_bytes});
  if (!content) return std::unexpected(content.error());
  return parse_kubeconfig({content->buffer.get(), content->size}, path);
}

// What is there already stays.
void merge(Kubeconfig& into, Kubeconfig more) {
  into.clusters.merge(more.clusters);
  into.users.merge(more.users);
  into.contexts.merge(more.contexts);
  if (into.current_context.empty()) into.current_context = std::move(more.current_context);
  into.files.insert(into.files.end(), more.files.begin(), more.files.end());
}

}  // namespace

Result<Kubeconfig> load_kubeconfig(const std::string& file, const Machine& machine) {
  if (!file.empty()) return load_file(file, machine);
  Kubeconfig config;
  for (const std::string& path : files_of_environment(machine)) {
    if (machine.files().status(path).kind == FileKind::missing) {
      config.missing.push_back(path);
      continue;
    }
    auto loaded = load_file(path, machine);
    if (!loaded) return std::unexpected(loaded.error());
    merge(config, std::move(*loaded));
  }
  return config;
}

}  // namespace kastell::client

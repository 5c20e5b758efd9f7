#include "kube/client/kubeconfig.h"

namespace kastell::client {

namespace {

constexpr std::uint64_t most_bytes = std::uint64_t{1} << 20;
const std::string service_account = "/var/run/secrets/kubernetes.io/serviceaccount";

std::string trimmed(std::string_view text) {
  constexpr std::string_view white = " \t\r\n";
  const std::size_t begin = std::min(text.find_first_not_of(white), text.size());
  const std::size_t end = text.find_last_not_of(white);
  return std::string(text.substr(begin, end == std::string_view::npos ? 0 : end + 1 - begin));
}

std::string own_namespace(const Machine& machine) {
  const auto content = machine.files().read(service_account + "/namespace", {.most_bytes = most_bytes});
  std::string name = content ? trimmed({content->buffer.get(), content->size}) : "";
  return name.empty() ? "default" : name;
}

}  // namespace

std::optional<Access> in_cluster_access(const Machine& machine) {
  const auto host = machine.environment("KUBERNETES_SERVICE_HOST");
  const auto port = machine.environment("KUBERNETES_SERVICE_PORT");
  if (!host || host->empty() || !port || port->empty()) return std::nullopt;
  if (machine.files().status(service_account + "/token").kind != FileKind::regular) return std::nullopt;
  Access access;
  const bool is_ipv6 = host->find(':') != std::string::npos;
  access.server = "https://" + (is_ipv6 ? "[" + *host + "]" : *host) + ":" + *port;
  access.cluster.server = access.server;
  access.cluster.authority_file = service_account + "/ca.crt";
  access.user.token_file = service_account + "/token";
  access.name_space = own_namespace(machine);
  access.proxy = proxy_from_environment(access.server, machine);
  return access;
}

Result<Access> find_access(const AccessOptions& options, const Machine& machine) {
  const auto config = load_kubeconfig(options.file, machine);
  if (!config) return std::unexpected(config.error());
  const bool says_nothing = config->clusters.empty() && config->contexts.empty();
  if (options.file.empty() && options.context.empty() && says_nothing) {
    if (auto inside = in_cluster_access(machine)) return std::move(*inside);
  }
  return resolve_access(*config, options.context, machine);
}

}  // namespace kastell::client

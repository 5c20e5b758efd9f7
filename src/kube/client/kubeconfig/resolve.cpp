#include <array>

#include "base/text.h"
#include "kube/client/kubeconfig.h"

namespace kastell::client {

namespace {

constexpr std::string_view exec_v1 = "client.authentication.k8s.io/v1";
constexpr std::string_view exec_v1beta1 = "client.authentication.k8s.io/v1beta1";

std::string quoted(std::string_view text) {
  return "\"" + std::string(text) + "\"";
}

std::string files_as_text(const Kubeconfig& config) {
  std::string text;
  for (const std::string& file : config.files) text += (text.empty() ? "" : ", ") + file;
  return text;
}

template <typename Entry>
Result<Entry> find_named(const Kubeconfig& config, const std::map<std::string, Entry, std::less<>>& entries,
                         std::string_view what, const std::string& name) {
  const auto found = entries.find(name);
  if (found != entries.end()) return found->second;
  std::vector<std::string_view> names;
  for (const auto& [known, entry] : entries) names.push_back(known);
  std::string message = "no " + std::string(what) + " " + quoted(name) + " in " + files_as_text(config);
  if (const auto near = nearest(name, names)) message += "; did you mean " + quoted(*near) + "?";
  return failure(ErrorCode::not_found, std::move(message));
}

// Why `entry` cannot be used; empty if it can. The order is client-go's.
std::string problem_of(const ClusterEntry& entry) {
  if (entry.server.empty()) return "it has no server";
  const bool https = entry.server.starts_with("https://");
  if (!https && !entry.server.starts_with("http://") && entry.server.find("://") != std::string::npos) {
    return "its server is neither an https nor an http address";
  }
  if (!entry.authority.empty() && !entry.authority_file.empty()) {
    return "it has both certificate-authority and certificate-authority-data";
  }
  if (entry.skip_verification && !(entry.authority.empty() && entry.authority_file.empty())) {
    return "it has both insecure-skip-tls-verify and a certificate authority";
  }
  constexpr std::array<std::string_view, 4> schemes = {"http://", "https://", "socks5://", "socks5h://"};
  for (const std::string_view scheme : schemes) {
    if (entry.proxy.empty() || entry.proxy.starts_with(scheme)) return "";
  }
  return "its proxy-url is no address of http, https or socks5";
}

std::string problem_of(const ExecPlugin& plugin) {
  if (plugin.command.empty()) return "its exec plugin has no command";
  if (plugin.api_version.empty()) return "its exec plugin has no apiVersion";
  if (plugin.api_version != exec_v1 && plugin.api_version != exec_v1beta1) {
    return "its exec plugin's apiVersion " + quoted(plugin.api_version) + " is neither " + std::string(exec_v1) +
           " nor " + std::string(exec_v1beta1);
  }
  return "";
}

std::string problem_of(const Impersonation& impersonation) {
  const bool more = !impersonation.uid.empty() || !impersonation.groups.empty() || !impersonation.extra.empty();
  return more && impersonation.user.empty() ? "it impersonates a uid, groups or extra without a user (as)" : "";
}

std::string problem_of_certificate(const UserEntry& entry) {
  const bool certificate = !entry.certificate.empty() || !entry.certificate_file.empty();
  if (!certificate) return "";
  if (!entry.certificate.empty() && !entry.certificate_file.empty()) {
    return "it has both client-certificate and client-certificate-data";
  }
  if (!entry.key.empty() && !entry.key_file.empty()) return "it has both client-key and client-key-data";
  return entry.key.empty() && entry.key_file.empty() ? "it has a client certificate without a key" : "";
}

std::string problem_of(const UserEntry& entry) {
  if (auto problem = problem_of_certificate(entry); !problem.empty()) return problem;
  if (!entry.token.empty() && !(entry.name.empty() && entry.password.empty())) {
    return "it has both a token and a username and password";
  }
  if (!entry.auth_provider.empty()) {
    return "it uses the auth-provider " + quoted(entry.auth_provider) +
           ", which Kubernetes removed in 1.26: use an exec plugin";
  }
  if (auto problem = problem_of(entry.impersonation); !problem.empty()) return problem;
  return entry.exec ? problem_of(*entry.exec) : "";
}

// «localhost:8080» is as good as «http://localhost:8080»: client-go's DefaultServerURL. A path is kept.
std::string normal_server(std::string_view server, const UserEntry& user) {
  std::string address(server);
  if (address.find("://") == std::string::npos) {
    const bool tls = !user.certificate.empty() || !user.certificate_file.empty();
    address.insert(0, tls ? "https://" : "http://");
  }
  address.resize(std::min(address.find_first_of("?#"), address.size()));
  while (address.ends_with('/')) address.pop_back();
  return address;
}

Result<std::string> chosen_context(const Kubeconfig& config, const std::string& wanted) {
  if (config.files.empty()) {
    std::string message = "no kubeconfig";
    for (const std::string& path : config.missing) message += ": " + path + " does not exist";
    return failure(ErrorCode::not_found, message);
  }
  if (!wanted.empty()) return wanted;
  if (!config.current_context.empty()) return config.current_context;
  return failure(ErrorCode::not_found, "no current-context in " + files_as_text(config) + ": name one with --context");
}

}  // namespace

Result<Access> resolve_access(const Kubeconfig& config, const std::string& context, const Machine& machine) {
  const auto name = chosen_context(config, context);
  if (!name) return std::unexpected(name.error());
  const auto entry = find_named(config, config.contexts, "context", *name);
  if (!entry) return std::unexpected(entry.error());
  auto cluster = find_named(config, config.clusters, "cluster", entry->cluster);
  if (!cluster) return std::unexpected(cluster.error());
  if (const auto problem = problem_of(*cluster); !problem.empty()) {
    return failure(ErrorCode::usage, "cluster " + quoted(entry->cluster) + " cannot be used: " + problem);
  }
  // A context without a user is anonymous.
  auto user = entry->user.empty() ? Result<UserEntry>{} : find_named(config, config.users, "user", entry->user);
  if (!user) return std::unexpected(user.error());
  if (const auto problem = problem_of(*user); !problem.empty()) {
    return failure(ErrorCode::usage, "user " + quoted(entry->user) + " cannot be used: " + problem);
  }
  Access access;
  access.context = *name;
  access.server = normal_server(cluster->server, *user);
  access.name_space = entry->name_space.empty() ? "default" : entry->name_space;
  access.proxy = cluster->proxy.empty() ? proxy_from_environment(access.server, machine) : cluster->proxy;
  access.cluster = std::move(*cluster);
  access.user = std::move(*user);
  return access;
}

}  // namespace kastell::client

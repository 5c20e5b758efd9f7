// Kubeconfig: where clusters are and as whom to speak to them, by the rules of kubectl.
//
//   const auto config = load_kubeconfig({.machine = &this_machine()});
//   const auto access = resolve_access(*config, {.context = "production"}, machine);
//
// Files are read, nothing is sent and no program is run. Errors name the file, the context, the user or the
// cluster, never a token, key or password.
#pragma once

#include <map>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "base/machine.h"
#include "base/result.h"
#include "kube/client/secret.h"

namespace kastell::client {

// `users[].user.exec`: a program that hands out credentials.
struct ExecPlugin {
  enum class InteractiveMode : std::uint8_t { never, if_available, always };

  std::string command;  // a relative path has been joined to its file's folder
  std::vector<std::string> arguments;
  std::vector<std::pair<std::string, std::string>> environment;
  std::string api_version;  // client.authentication.k8s.io/v1 or …/v1beta1
  std::string install_hint;
  bool provide_cluster_info = false;
  InteractiveMode interactive_mode = InteractiveMode::if_available;
};

struct Impersonation {
  std::string user, uid;
  std::vector<std::string> groups;
  std::vector<std::pair<std::string, std::vector<std::string>>> extra;
};

struct ClusterEntry {
  std::string server;
  std::string tls_server_name;
  bool skip_verification = false;
  std::string authority_file;
  std::string authority;  // PEM, from certificate-authority-data
  std::string proxy;
  bool disable_compression = false;
  std::string exec_config;  // JSON of the extension client.authentication.k8s.io/exec
};

struct UserEntry {
  std::string certificate_file, key_file;
  std::string certificate;  // PEM, from client-certificate-data
  Secret key;               // PEM, from client-key-data
  Secret token;
  std::string token_file;
  std::string name;  // basic authentication
  Secret password;
  Impersonation impersonation;
  std::optional<ExecPlugin> exec;
  std::string auth_provider;  // name of the in-tree provider, which no longer exists
};

struct ContextEntry {
  std::string cluster, user, name_space;
};

struct Kubeconfig {
  std::map<std::string, ClusterEntry, std::less<>> clusters;
  std::map<std::string, UserEntry, std::less<>> users;
  std::map<std::string, ContextEntry, std::less<>> contexts;
  std::string current_context;
  std::vector<std::string> files;    // that were read
  std::vector<std::string> missing;  // that were named but do not exist
};

// `path` is the name of the file, for messages and relative paths.
Result<Kubeconfig> parse_kubeconfig(std::string_view text, const std::string& path);

// The file, if one is named (then it must exist). Else every file of KUBECONFIG, merged: the first to name a
// cluster, user, context or the current context wins, and files that do not exist are passed over. Else
// ~/.kube/config.
Result<Kubeconfig> load_kubeconfig(const std::string& file, const Machine& machine);

// Everything that reaching one cluster takes.
struct Access {
  std::string context;     // empty inside a cluster
  std::string server;      // https://host:port[/path], no slash at the end
  std::string name_space;  // of the context; "default" if it has none
  ClusterEntry cluster;
  UserEntry user;
  std::string proxy;  // chosen from proxy-url or the environment; empty for none
};

struct AccessOptions {
  std::string file = {};     // --kubeconfig
  std::string context = {};  // --context
};

// The access of a context (the current one if none is named), checked by kubectl's rules.
Result<Access> resolve_access(const Kubeconfig& config, const std::string& context, const Machine& machine);

// The access of a pod's service account: nothing where this is no pod.
std::optional<Access> in_cluster_access(const Machine& machine);

// What kubectl would do: the kubeconfig; inside a cluster, where no kubeconfig says anything, the service account.
Result<Access> find_access(const AccessOptions& options, const Machine& machine);

// The proxy for `server` by HTTPS_PROXY, HTTP_PROXY and NO_PROXY (and their lower-case names), by Go's rules: never for
// loopback and localhost. Empty for none.
std::string proxy_from_environment(std::string_view server, const Machine& machine);

}  // namespace kastell::client

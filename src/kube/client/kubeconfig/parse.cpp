#include <array>
#include <functional>

#include "base/base64.h"
#include "document/document.h"
#include "document/write.h"
#include "kube/client/field.h"
#include "kube/client/kubeconfig.h"

namespace kastell::client {

namespace {

constexpr std::uint64_t most_bytes = std::uint64_t{16} << 20;
constexpr std::string_view exec_extension = "client.authentication.k8s.io/exec";

std::string folder_of(const std::string& path) {
  const std::size_t slash = path.rfind('/');
  return slash == std::string::npos ? "" : path.substr(0, slash == 0 ? 1 : slash);
}

// Reads one file. The first thing that is wrong stops it.
class Reader {
 public:
  Reader(const std::string& path, SymbolTable& symbols) : path_(path), symbols_(symbols) {}

  Result<Kubeconfig> read(const document::Node& root) {
    const Field file(&root, symbols_);
    if (!root.is_object()) return failure(ErrorCode::syntax, "not a kubeconfig: no object", {.source = path_});
    if (const auto kind = file["kind"].text(); !kind.empty() && kind != "Config") {
      return failure(ErrorCode::syntax, "not a kubeconfig: kind " + std::string(kind), {.source = path_});
    }
    Kubeconfig config;
    config.files = {path_};
    config.current_context = file["current-context"].string();
    read_named(file, "clusters", "cluster", config.clusters, [this](const Field& f) { return read_cluster(f); });
    read_named(file, "users", "user", config.users, [this](const Field& f) { return read_user(f); });
    read_named(file, "contexts", "context", config.contexts, read_context);
    if (error_) return std::unexpected(*error_);
    return config;
  }

 private:
  // The first entry of a name counts, as in client-go's merge.
  template <typename Entry>
  void read_named(const Field& file, std::string_view list, std::string_view what,
                  std::map<std::string, Entry, std::less<>>& into, const auto& read) {
    const Field entries = file[list];
    for (std::size_t i = 0; i < entries.size(); ++i) {
      name_ = entries.at(i)["name"].string();
      what_ = what;
      into.emplace(name_, read(entries.at(i)[what]));
    }
  }

  ClusterEntry read_cluster(const Field& field) {
    ClusterEntry entry;
    entry.server = field["server"].string();
    entry.tls_server_name = field["tls-server-name"].string();
    entry.skip_verification = field["insecure-skip-tls-verify"].is_true();
    entry.authority_file = file_at(field["certificate-authority"]);
    entry.authority = decoded(field, "certificate-authority-data");
    entry.proxy = field["proxy-url"].string();
    entry.disable_compression = field["disable-compression"].is_true();
    const Field extensions = field["extensions"];
    for (std::size_t i = 0; i < extensions.size(); ++i) {
      const Field extension = extensions.at(i)["extension"];
      if (extensions.at(i)["name"].text() != exec_extension || !extension.exists()) continue;
      document::append_json(entry.exec_config, *extension.node(), symbols_);
    }
    return entry;
  }

  UserEntry read_user(const Field& field) {
    UserEntry entry;
    entry.certificate_file = file_at(field["client-certificate"]);
    entry.certificate = decoded(field, "client-certificate-data");
    entry.key_file = file_at(field["client-key"]);
    entry.key = Secret(decoded(field, "client-key-data"));
    entry.token = Secret(field["token"].string());
    entry.token_file = file_at(field["tokenFile"]);
    entry.name = field["username"].string();
    entry.password = Secret(field["password"].string());
    entry.auth_provider = field["auth-provider"]["name"].string();
    entry.impersonation = read_impersonation(field);
    if (field["exec"].exists()) entry.exec = read_exec(field["exec"]);
    return entry;
  }

  static std::vector<std::string> texts_of(const Field& list) {
    std::vector<std::string> texts;
    for (std::size_t i = 0; i < list.size(); ++i) texts.push_back(list.at(i).string());
    return texts;
  }

  Impersonation read_impersonation(const Field& field) const {
    Impersonation result{field["as"].string(), field["as-uid"].string(), texts_of(field["as-groups"]), {}};
    const Field extra = field["as-user-extra"];
    if (!extra.exists()) return result;
    for (const Symbol key : extra.node()->member_keys()) {
      const std::string_view name = symbols_.text(key);
      result.extra.emplace_back(name, texts_of(extra[name]));
    }
    return result;
  }

  ExecPlugin read_exec(const Field& field) {
    ExecPlugin plugin;
    plugin.command = field["command"].string();
    // A bare name is looked up in PATH; a relative path is relative to the kubeconfig.
    if (plugin.command.find('/') != std::string::npos) plugin.command = file_at(field["command"]);
    plugin.arguments = texts_of(field["args"]);
    const Field environment = field["env"];
    for (std::size_t i = 0; i < environment.size(); ++i) {
      plugin.environment.emplace_back(environment.at(i)["name"].string(), environment.at(i)["value"].string());
      if (plugin.environment.back().first.empty()) complain("an exec environment variable without a name");
    }
    plugin.api_version = field["apiVersion"].string();
    plugin.install_hint = field["installHint"].string();
    plugin.provide_cluster_info = field["provideClusterInfo"].is_true();
    plugin.interactive_mode = read_mode(field["interactiveMode"].text(), plugin.api_version);
    return plugin;
  }

  ExecPlugin::InteractiveMode read_mode(std::string_view text, std::string_view api_version) {
    using enum ExecPlugin::InteractiveMode;
    if (text == "Never") return never;
    if (text == "Always") return always;
    // v1beta1 defaults it, v1 wants it written.
    const bool may_be_absent = api_version.ends_with("/v1beta1");
    if (text != "IfAvailable" && !(text.empty() && may_be_absent)) {
      complain(text.empty() ? "exec.interactiveMode must be given: Never, IfAvailable or Always"
                            : "exec.interactiveMode " + std::string(text) + " is none of Never, IfAvailable, Always");
    }
    return if_available;
  }

  static ContextEntry read_context(const Field& field) {
    return {field["cluster"].string(), field["user"].string(), field["namespace"].string()};
  }

  // Paths are relative to the file that holds them.
  std::string file_at(const Field& field) const {
    std::string path = field.string();
    return path.empty() || path.starts_with('/') ? path : join_path(folder_of(path_), path);
  }

  std::string decoded(const Field& field, std::string_view key) {
    auto bytes = decode_base64(field[key].text());
    if (!bytes) complain(std::string(key) + " is not base64");
    return bytes.value_or("");
  }

  void complain(std::string what) {
    if (error_) return;
    error_ = Error{ErrorCode::syntax, what_ + " \"" + name_ + "\": " + std::move(what), {.source = path_}};
  }

  const std::string& path_;
  SymbolTable& symbols_;
  std::string what_, name_;  // of the entry being read
  std::optional<Error> error_;
};

}  // namespace

Result<Kubeconfig> parse_kubeconfig(std::string_view text, const std::string& path) {
  SymbolTable symbols;
  const auto stream = document::parse(std::make_shared<const document::Source>(path, text), symbols,
                                      {.limits = {.source_bytes = most_bytes}});
  // The text may hold secrets, and a parser's message may quote it: only the place is told.
  if (!stream.errors.empty()) {
    return failure(ErrorCode::syntax, "the kubeconfig is neither YAML nor JSON", stream.errors.front().place);
  }
  const document::Node nothing = document::make_object(*stream.arena, {}, false);
  return Reader(path, symbols).read(stream.documents.empty() ? nothing : stream.documents.front().root);
}

}  // namespace kastell::client

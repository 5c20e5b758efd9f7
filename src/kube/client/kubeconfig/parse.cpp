#include <array>
#include <functional>

#include "base/base64.h"
#include "document/document.h"
#include "document/write.h"
#include "kube/client/kubeconfig.h"
#include "kube/client/kubeconfig/typed_field.h"

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
  Reader(const std::string& path, const document::Source& source, const SymbolTable& symbols)
      : path_(path), reading_{source, symbols} {}

  Result<Kubeconfig> read(const document::Document& document) {
    const TypedField file(document, reading_);
    if (!document.root.is_object()) return failure(ErrorCode::syntax, "not a kubeconfig: no object", file.place());
    if (const auto kind = file["kind"].text(); !kind.empty() && kind != "Config") {
      return failure(ErrorCode::syntax, "not a kubeconfig: kind " + kind, file["kind"].place());
    }
    Kubeconfig config;
    config.files = {path_};
    config.current_context = file["current-context"].text();
    read_named(file, "clusters", "cluster", config.clusters, [this](const TypedField& f) { return read_cluster(f); });
    read_named(file, "users", "user", config.users, [this](const TypedField& f) { return read_user(f); });
    read_named(file, "contexts", "context", config.contexts, read_context);
    if (reading_.mistake) return std::unexpected(*reading_.mistake);
    return config;
  }

 private:
  // The first entry of a name counts, as in client-go's merge.
  template <typename Entry>
  void read_named(const TypedField& file, std::string_view list, std::string_view what,
                  std::map<std::string, Entry, std::less<>>& into, const auto& read) {
    for (const TypedField& item : file[list].items()) {
      name_ = item["name"].text();
      what_ = what;
      into.emplace(name_, read(item[what]));
    }
  }

  ClusterEntry read_cluster(const TypedField& field) {
    ClusterEntry entry;
    entry.server = field["server"].text();
    entry.tls_server_name = field["tls-server-name"].text();
    entry.skip_verification = field["insecure-skip-tls-verify"].is_true();
    entry.authority_file = file_at(field["certificate-authority"]);
    entry.authority = decoded(field, "certificate-authority-data");
    entry.proxy = field["proxy-url"].text();
    entry.disable_compression = field["disable-compression"].is_true();
    for (const TypedField& item : field["extensions"].items()) {
      const TypedField extension = item["extension"];
      if (item["name"].text() != exec_extension || !extension.exists()) continue;
      document::append_json(entry.exec_config, *extension.node(), reading_.symbols);
    }
    return entry;
  }

  UserEntry read_user(const TypedField& field) {
    UserEntry entry;
    entry.certificate_file = file_at(field["client-certificate"]);
    entry.certificate = decoded(field, "client-certificate-data");
    entry.key_file = file_at(field["client-key"]);
    entry.key = Secret(decoded(field, "client-key-data"));
    entry.token = Secret(field["token"].text());
    entry.token_file = file_at(field["tokenFile"]);
    entry.name = field["username"].text();
    entry.password = Secret(field["password"].text());
    entry.auth_provider = field["auth-provider"]["name"].text();
    entry.impersonation = read_impersonation(field);
    if (field["exec"].exists()) entry.exec = read_exec(field["exec"]);
    return entry;
  }

  static Impersonation read_impersonation(const TypedField& field) {
    Impersonation result{field["as"].text(), field["as-uid"].text(), field["as-groups"].texts(), {}};
    for (const auto& [name, values] : field["as-user-extra"].members()) result.extra.emplace_back(name, values.texts());
    return result;
  }

  ExecPlugin read_exec(const TypedField& field) {
    ExecPlugin plugin;
    plugin.command = field["command"].text();
    // A bare name is looked up in PATH; a relative path is relative to the kubeconfig.
    if (plugin.command.find('/') != std::string::npos) plugin.command = file_at(field["command"]);
    plugin.arguments = field["args"].texts();
    for (const TypedField& variable : field["env"].items()) {
      plugin.environment.emplace_back(variable["name"].text(), variable["value"].text());
      if (plugin.environment.back().first.empty()) complain(variable, "an exec environment variable without a name");
    }
    plugin.api_version = field["apiVersion"].text();
    plugin.install_hint = field["installHint"].text();
    plugin.provide_cluster_info = field["provideClusterInfo"].is_true();
    plugin.interactive_mode = read_mode(field["interactiveMode"], plugin.api_version);
    return plugin;
  }

  ExecPlugin::InteractiveMode read_mode(const TypedField& field, std::string_view api_version) {
    using enum ExecPlugin::InteractiveMode;
    const std::string text = field.text();
    if (text == "Never") return never;
    if (text == "Always") return always;
    // v1beta1 defaults it, v1 wants it written.
    const bool may_be_absent = api_version.ends_with("/v1beta1");
    if (text != "IfAvailable" && !(text.empty() && may_be_absent)) {
      complain(field, text.empty() ? "exec.interactiveMode must be given: Never, IfAvailable or Always"
                                   : "exec.interactiveMode " + text + " is none of Never, IfAvailable, Always");
    }
    return if_available;
  }

  static ContextEntry read_context(const TypedField& field) {
    return {field["cluster"].text(), field["user"].text(), field["namespace"].text()};
  }

  // Paths are relative to the file that holds them.
  std::string file_at(const TypedField& field) const {
    std::string path = field.text();
    return path.empty() || path.starts_with('/') ? path : join_path(folder_of(path_), path);
  }

  std::string decoded(const TypedField& field, std::string_view key) {
    auto bytes = decode_base64(field[key].text());
    if (!bytes) complain(field[key], std::string(key) + " is not base64");
    return bytes.value_or("");
  }

  void complain(const TypedField& field, const std::string& what) {
    reading_.complain(what_ + " \"" + name_ + "\": " + what, field.place());
  }

  const std::string& path_;
  TypedReading reading_;
  std::string what_, name_;  // of the entry being read
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
  const document::Document nothing{document::make_object(*stream.arena, {}, false)};
  return Reader(path, *stream.source, symbols).read(stream.documents.empty() ? nothing : stream.documents.front());
}

}  // namespace kastell::client

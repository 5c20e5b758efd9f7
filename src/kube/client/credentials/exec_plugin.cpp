#include "kube/client/credentials/exec_plugin.h"

#include "base/base64.h"
#include "base/text.h"
#include "document/document.h"
#include "document/write.h"
#include "kube/client/field.h"

namespace kastell::client {

namespace {

constexpr std::size_t most_output = std::size_t{1} << 20;
constexpr std::chrono::seconds longest_alone{60};
constexpr std::chrono::minutes longest_asking{5};  // a person may have to open a browser

using InteractiveMode = ExecPlugin::InteractiveMode;

void append_member(std::string& json, std::string_view key, std::string_view value) {
  if (json.back() != '{') json += ',';
  json.append("\"").append(key).append("\":\"");
  append_json_escaped(json, value);
  json += '"';
}

Result<std::string> authority_of(const Access& access, const Machine& machine) {
  if (access.cluster.authority_file.empty()) return access.cluster.authority;
  const auto content = machine.files().read(access.cluster.authority_file, {.most_bytes = most_output});
  if (!content) return std::unexpected(content.error());
  return std::string(content->buffer.get(), content->size);
}

Result<std::string> cluster_info(const Access& access, const Machine& machine) {
  const auto authority = authority_of(access, machine);
  if (!authority) return std::unexpected(authority.error());
  std::string json = "{";
  append_member(json, "server", access.server);
  if (!access.cluster.tls_server_name.empty()) append_member(json, "tls-server-name", access.cluster.tls_server_name);
  if (access.cluster.skip_verification) json += ",\"insecure-skip-tls-verify\":true";
  if (!authority->empty()) append_member(json, "certificate-authority-data", encode_base64(*authority));
  if (!access.cluster.proxy.empty()) append_member(json, "proxy-url", access.cluster.proxy);
  if (access.cluster.disable_compression) json += ",\"disable-compression\":true";
  if (!access.cluster.exec_config.empty()) json += ",\"config\":" + access.cluster.exec_config;
  return json += '}';
}

Result<std::string> exec_info(const ExecPlugin& plugin, const Access& access, const Machine& machine,
                              bool interactive) {
  std::string json = "{\"kind\":\"ExecCredential\"";
  append_member(json, "apiVersion", plugin.api_version);
  json.append(",\"spec\":{\"interactive\":").append(interactive ? "true" : "false");
  if (plugin.provide_cluster_info) {
    const auto cluster = cluster_info(access, machine);
    if (!cluster) return std::unexpected(cluster.error());
    json += ",\"cluster\":" + *cluster;
  }
  return json += "}}";
}

std::string named(const ExecPlugin& plugin) {
  return "the exec plugin " + plugin.command;
}

std::unexpected<Error> complain(const ExecPlugin& plugin, std::string_view what) {
  return failure(ErrorCode::unreadable, named(plugin) + " " + std::string(what));
}

// Escape sequences in a hint could do things to a terminal.
std::string printable(std::string_view text) {
  std::string result;
  for (const char c : text) result += static_cast<unsigned char>(c) < 0x20 && c != '\n' ? ' ' : c;
  return result;
}

Error explained(const ExecPlugin& plugin, Error error) {
  error.message = named(plugin) + " did not run: " + error.message;
  if (error.code == ErrorCode::not_found && !plugin.install_hint.empty()) {
    error.message += "\n" + printable(plugin.install_hint);
  }
  return error;
}

}  // namespace

Result<ExecCredential> parse_exec_credential(std::string_view output, const ExecPlugin& plugin) {
  SymbolTable symbols;
  const auto stream = document::parse(std::make_shared<const document::Source>(plugin.command, output), symbols,
                                      {.format = document::Format::json});
  if (!stream.errors.empty() || stream.documents.size() != 1) {
    return complain(plugin, "wrote something else than one JSON object");
  }
  const Field answer(&stream.documents.front().root, symbols);
  if (answer["kind"].text() != "ExecCredential") return complain(plugin, "wrote no object of kind ExecCredential");
  if (answer["apiVersion"].text() != plugin.api_version) {
    return complain(plugin, "answered in another version than " + plugin.api_version);
  }
  const Field status = answer["status"];
  if (!status.exists()) return complain(plugin, "answered without a status");
  ExecCredential credential;
  credential.token = Secret(status["token"].string());
  const std::string certificate = status["clientCertificateData"].string();
  Secret key(status["clientKeyData"].string());
  if (certificate.empty() != key.empty()) return complain(plugin, "gave only one of certificate and key");
  if (!certificate.empty()) credential.identity = std::make_shared<const TlsIdentity>(certificate, std::move(key));
  if (credential.token.empty() && certificate.empty()) return complain(plugin, "gave neither token nor certificate");
  if (const auto expiry = status["expirationTimestamp"]; expiry.exists()) {
    credential.expires = parse_rfc3339(expiry.text());
    if (!credential.expires) return complain(plugin, "gave an expirationTimestamp that is no time");
  }
  return credential;
}

Result<ExecCredential> run_exec_plugin(const ExecPlugin& plugin, const Access& access, const Machine& machine) {
  const bool terminal = machine.input_is_terminal();
  if (plugin.interactive_mode == InteractiveMode::always && !terminal) {
    return complain(plugin, "must ask a person, and standard input is no terminal");
  }
  const bool interactive = plugin.interactive_mode != InteractiveMode::never && terminal;
  auto info = exec_info(plugin, access, machine, interactive);
  if (!info) return std::unexpected(info.error());
  Program program{.command = plugin.command,
                  .arguments = plugin.arguments,
                  .environment = plugin.environment,
                  .may_ask = interactive,
                  .most_output = most_output,
                  .longest = interactive ? std::chrono::milliseconds(longest_asking) : longest_alone};
  program.environment.emplace_back("KUBERNETES_EXEC_INFO", std::move(*info));
  const auto end = machine.run(program);
  if (!end) return std::unexpected(explained(plugin, end.error()));
  if (end->exit_code != 0) return complain(plugin, "ended with exit code " + std::to_string(end->exit_code));
  return parse_exec_credential(end->output, plugin);
}

}  // namespace kastell::client

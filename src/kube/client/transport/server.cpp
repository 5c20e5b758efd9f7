#include "kube/client/transport/server.h"

#include <algorithm>

namespace kastell::client {

namespace {

constexpr std::uint64_t most_bytes = std::uint64_t{4} << 20;

std::string_view authority_of(std::string_view address) {
  address.remove_prefix(address.find("://") + 3);
  return address.substr(0, std::min(address.find('/'), address.size()));
}

// The port with its colon, or nothing.
std::string_view port_of(std::string_view authority) {
  const std::size_t colon = authority.rfind(':');
  const bool has_port = colon != std::string_view::npos && authority.find(']', colon) == std::string_view::npos;
  return has_port ? authority.substr(colon) : std::string_view{};
}

bool is_loopback(std::string_view authority) {
  return authority.starts_with("127.") || authority.starts_with("localhost") || authority.starts_with("[::1]");
}

// The certificate is checked against the name in the address, so the address is given that name, and the connection
// goes where the server is.
void rename(Server& server, const std::string& name) {
  const std::string_view address = server.shown;
  const std::string authority(authority_of(address));
  const std::string port(port_of(authority));
  const std::size_t begin = address.find("://") + 3;
  server.base =
      std::string(address.substr(0, begin)) + name + port + std::string(address.substr(begin + authority.size()));
  server.host = authority;
  server.connect_to = "::" + authority.substr(0, authority.size() - port.size()) + port;
}

}  // namespace

Result<Server> describe_server(const Access& access, const Machine& machine) {
  Server server;
  server.shown = server.base = access.server;
  server.skip_verification = access.cluster.skip_verification;
  server.proxy = access.proxy;
  // Compressing costs both sides time, which pays only over a network.
  server.compression = !access.cluster.disable_compression && !is_loopback(authority_of(access.server));
  if (!access.cluster.tls_server_name.empty()) rename(server, access.cluster.tls_server_name);
  server.authority = access.cluster.authority;
  if (!access.cluster.authority_file.empty()) {
    const auto content = machine.files().read(access.cluster.authority_file, {.most_bytes = most_bytes});
    if (!content) {
      return failure(content.error().code, "the certificate authority cannot be read: " + content.error().message,
                     content.error().place);
    }
    server.authority.assign(content->buffer.get(), content->size);
  }
  return server;
}

}  // namespace kastell::client

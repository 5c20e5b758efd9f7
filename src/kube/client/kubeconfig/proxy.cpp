// The proxy rules of Go's net/http (golang.org/x/net/http/httpproxy), which kubectl users rely on.
#include <arpa/inet.h>

#include <algorithm>
#include <array>
#include <charconv>
#include <cstring>

#include "base/ascii.h"
#include "kube/client/kubeconfig.h"

namespace kastell::client {

namespace {

// Host and port of an address, in lower case; the port of the scheme where none is written.
struct Target {
  std::string host, port;
};

Target split_host(std::string_view authority) {
  if (authority.starts_with('[')) {
    const std::size_t end = std::min(authority.find(']'), authority.size());
    const std::string_view rest = authority.substr(std::min(end + 1, authority.size()));
    return {in_lower_case(authority.substr(1, end - 1)), std::string(rest.starts_with(':') ? rest.substr(1) : "")};
  }
  const std::size_t colon = authority.find(':');
  if (colon == std::string_view::npos || authority.find(':', colon + 1) != std::string_view::npos) {
    return {in_lower_case(authority), ""};  // no port, or a bare IPv6 address
  }
  return {in_lower_case(authority.substr(0, colon)), std::string(authority.substr(colon + 1))};
}

Target target_of(std::string_view server) {
  const bool https = server.starts_with("https://");
  server.remove_prefix(server.find("://") + 3);
  std::string_view authority = server.substr(0, std::min(server.find('/'), server.size()));
  if (const std::size_t at = authority.rfind('@'); at != std::string_view::npos) authority.remove_prefix(at + 1);
  Target target = split_host(authority);
  if (target.port.empty()) target.port = https ? "443" : "80";
  return target;
}

// An IP address as 16 bytes (IPv4 mapped into IPv6).
using Address = std::array<unsigned char, 16>;

std::optional<Address> parse_address(const std::string& text) {
  Address address{};
  if (inet_pton(AF_INET6, text.c_str(), address.data()) == 1) return address;
  address = {0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0xFF, 0xFF};
  if (inet_pton(AF_INET, text.c_str(), address.data() + 12) == 1) return address;
  return std::nullopt;
}

bool is_loopback(const Target& target) {
  if (target.host == "localhost") return true;
  const auto address = parse_address(target.host);
  if (!address) return false;
  constexpr Address ipv6 = {0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 1};
  constexpr Address mapped = {0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0xFF, 0xFF, 127};
  return *address == ipv6 || std::equal(address->begin(), address->begin() + 13, mapped.begin());
}

bool in_network(const Address& address, const std::string& pattern) {
  const std::size_t slash = pattern.find('/');
  const auto network = parse_address(pattern.substr(0, slash));
  unsigned bits = 0;
  const char* end = pattern.data() + pattern.size();
  if (!network || std::from_chars(pattern.data() + slash + 1, end, bits).ptr != end) return false;
  if (pattern.find(':') == std::string::npos) bits += 96;
  if (bits > 128) return false;
  for (unsigned i = 0; i < bits; ++i) {
    const unsigned mask = 0x80U >> (i % 8);
    if ((address[i / 8] & mask) != ((*network)[i / 8] & mask)) return false;
  }
  return true;
}

// One entry of NO_PROXY: "*", an address, a network, a domain (with its subdomains; only those if it begins with a
// dot), each but the network with an optional port.
bool excludes(const std::string& entry, const Target& target) {
  if (entry == "*") return true;
  const auto address = parse_address(target.host);
  if (entry.find('/') != std::string::npos) return address && in_network(*address, entry);
  Target pattern = split_host(entry);
  if (!pattern.port.empty() && pattern.port != target.port) return false;
  if (const auto wanted = parse_address(pattern.host)) return address && *address == *wanted;
  if (pattern.host.starts_with("*.")) pattern.host.erase(0, 1);
  if (!pattern.host.starts_with('.')) {
    if (pattern.host == target.host) return true;
    pattern.host.insert(0, ".");
  }
  return target.host.size() > pattern.host.size() && target.host.ends_with(pattern.host);
}

bool excluded(std::string_view list, const Target& target) {
  while (!list.empty()) {
    const std::size_t comma = std::min(list.find(','), list.size());
    std::string entry = in_lower_case(list.substr(0, comma));
    std::erase_if(entry, [](char c) { return c == ' ' || c == '\t'; });
    if (!entry.empty() && excludes(entry, target)) return true;
    list.remove_prefix(std::min(comma + 1, list.size()));
  }
  return false;
}

std::string variable(const Machine& machine, const std::string& upper) {
  const auto value = machine.environment(upper);
  return value && !value->empty() ? *value : machine.environment(in_lower_case(upper)).value_or("");
}

}  // namespace

std::string proxy_from_environment(std::string_view server, const Machine& machine) {
  if (server.find("://") == std::string_view::npos) return "";
  const std::string proxy = variable(machine, server.starts_with("https://") ? "HTTPS_PROXY" : "HTTP_PROXY");
  const Target target = target_of(server);
  if (proxy.empty() || is_loopback(target) || excluded(variable(machine, "NO_PROXY"), target)) return "";
  return proxy.find("://") == std::string::npos ? "http://" + proxy : proxy;
}

}  // namespace kastell::client

// IP addresses and prefixes as Go's net/netip reads and prints them: strict decimal octets without
// leading zeros, RFC 5952 text form, zones kept apart. Pure functions, thread-safe.
#pragma once

#include <array>
#include <cstddef>
#include <cstdint>
#include <expected>
#include <string>
#include <string_view>

namespace kastell::cel {

struct IpAddress {
  std::array<std::uint8_t, 16> bytes{};  // network order; an IPv4 address uses the first four
  bool is_ipv6 = false;
  bool has_zone = false;  // the zone itself is not kept: nothing in CEL accepts one

  unsigned bit_count() const { return is_ipv6 ? 128 : 32; }
  std::uint16_t group(unsigned at) const { return static_cast<std::uint16_t>(bytes[2 * at] << 8 | bytes[2 * at + 1]); }
  bool operator==(const IpAddress&) const = default;
};

struct IpPrefix {
  IpAddress address;  // host bits are kept
  std::uint8_t bits = 0;
  bool operator==(const IpPrefix&) const = default;
};

// The error is netip's own text: `ParseAddr("1.2"): IPv4 address too short`.
std::expected<IpAddress, std::string> parse_ip_address(std::string_view text);
std::expected<IpPrefix, std::string> parse_ip_prefix(std::string_view text);

std::size_t hash(const IpAddress& address);

std::string to_string(const IpAddress& address);
std::string to_string(const IpPrefix& prefix);

bool is_ipv4_mapped(const IpAddress& address);  // ::ffff:0:0/96
bool is_unspecified(const IpAddress& address);
bool is_loopback(const IpAddress& address);
bool is_multicast(const IpAddress& address);
bool is_link_local_multicast(const IpAddress& address);
bool is_link_local_unicast(const IpAddress& address);
bool is_global_unicast(const IpAddress& address);

IpPrefix masked(const IpPrefix& prefix);  // host bits cleared
bool contains(const IpPrefix& prefix, const IpAddress& address);
bool overlap(const IpPrefix& a, const IpPrefix& b);

}  // namespace kastell::cel

// The opaque values of Kubernetes' libraries (apiserver pkg/cel).
#pragma once

#include <expected>
#include <string>
#include <string_view>

#include "base/arena.h"
#include "cel/library/ip_address.h"
#include "cel/value.h"

namespace kastell::cel {

extern const OpaqueKind ip_kind, cidr_kind;

struct IpValue : OpaqueValue {
  IpAddress address;
};
struct CidrValue : OpaqueValue {
  IpPrefix prefix;
};

Value make_ip(Arena& arena, const IpAddress& address);
Value make_cidr(Arena& arena, const IpPrefix& prefix);

// What ip() and cidr() accept: no zone, no IPv4-mapped IPv6 address. The error is the API server's text.
std::expected<IpAddress, std::string> parse_kubernetes_ip(std::string_view text);
std::expected<IpPrefix, std::string> parse_kubernetes_cidr(std::string_view text);

}  // namespace kastell::cel

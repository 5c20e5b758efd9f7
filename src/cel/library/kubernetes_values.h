// The opaque values of Kubernetes' libraries (apiserver pkg/cel).
#pragma once

#include <expected>
#include <string>
#include <string_view>

#include "base/arena.h"
#include "base/quantity.h"
#include "cel/library/ip_address.h"
#include "cel/library/semantic_version.h"
#include "cel/value.h"

namespace kastell::cel {

extern const OpaqueKind ip_kind, cidr_kind, quantity_kind, semver_kind, url_kind, format_kind;

struct IpValue : OpaqueValue {
  IpAddress address;
};
struct CidrValue : OpaqueValue {
  IpPrefix prefix;
};
// A Quantity laid out for an arena.
struct QuantityValue : OpaqueValue {
  QuantityFormat format;
  bool is_big;
  bool is_computed;  // by add() or sub(): the API server holds those differently, and its == can tell
  std::int32_t scale;
  std::int64_t value;
  bool negative;                         // with is_big
  std::span<const std::uint32_t> limbs;  // with is_big
  std::string_view text;                 // what was parsed, if that is how the quantity prints; else empty
};
struct SemverValue : OpaqueValue {
  SemanticVersion version;  // views into the arena
};
struct UrlValue : OpaqueValue {
  std::string_view text;  // normalised
  std::string_view scheme, host, host_name, port, escaped_path, query;
};
struct NamedFormat;
struct NamedFormatValue : OpaqueValue {
  const NamedFormat* format;
};

std::string to_string(const QuantityValue& quantity);
std::string_view name_of(const NamedFormatValue& format);

Value make_ip(Arena& arena, const IpAddress& address);
Value make_cidr(Arena& arena, const IpPrefix& prefix);

// What ip() and cidr() accept: no zone, no IPv4-mapped IPv6 address. The error is the API server's text.
std::expected<IpAddress, std::string> parse_kubernetes_ip(std::string_view text);
std::expected<IpPrefix, std::string> parse_kubernetes_cidr(std::string_view text);

}  // namespace kastell::cel

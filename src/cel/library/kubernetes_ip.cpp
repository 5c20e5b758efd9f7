// ip(): IP addresses without zones and without IPv4-mapped IPv6 forms (apiserver pkg/cel/library/ip.go).
#include <string>

#include "cel/kubernetes_libraries.h"
#include "cel/library/cost.h"
#include "cel/library/declare.h"
#include "cel/library/go_quote.h"
#include "cel/library/kubernetes_cost.h"
#include "cel/library/kubernetes_values.h"

namespace kastell::cel {
namespace {

using Arguments = std::span<const Value>;

bool equal_addresses(const OpaqueValue& a, const OpaqueValue& b) {
  return static_cast<const IpValue&>(a).address == static_cast<const IpValue&>(b).address;
}

std::uint64_t address_bytes(const OpaqueValue& value) {
  return static_cast<const IpValue&>(value).address.bit_count() / 8;
}

std::size_t hash_address(const OpaqueValue& value) {
  return hash(static_cast<const IpValue&>(value).address);
}

const IpAddress& address_of(const Value& value) {
  return as_opaque<IpValue>(value, ip_kind)->address;
}

Value string_to_ip(CallContext& context, Arguments arguments) {
  const auto address = parse_kubernetes_ip(as_text(arguments[0]));
  return address ? make_ip(context.arena, *address) : make_error(context.arena, address.error());
}

Value is_ip(CallContext& /*context*/, Arguments arguments) {
  return make_bool(parse_kubernetes_ip(as_text(arguments[0])).has_value());
}

Value is_canonical(CallContext& context, Arguments arguments) {
  const auto address = parse_kubernetes_ip(as_text(arguments[0]));
  if (!address) return make_error(context.arena, address.error());
  return make_bool(to_string(*address) == as_text(arguments[0]));
}

Value ip_to_string(CallContext& context, Arguments arguments) {
  return make_string(context.arena.copy(to_string(address_of(arguments[0]))));
}

Value family(CallContext& /*context*/, Arguments arguments) {
  return make_int(address_of(arguments[0]).is_ipv6 ? 6 : 4);
}

template <bool (*test)(const IpAddress&)>
Value test_address(CallContext& /*context*/, Arguments arguments) {
  return make_bool(test(address_of(arguments[0])));
}

using declare::function, declare::member;
constexpr Overload overloads[] = {
    function("ip", "string_to_ip", "string -> net.IP", &string_to_ip, &cost::target_traversal),
    function("isIP", "is_ip", "string -> bool", &is_ip, &cost::target_traversal),
    function("ip.isCanonical", "ip_is_canonical", "string -> bool", &is_canonical, &cost::target_traversal_twice),
    function("string", "ip_to_string", "net.IP -> string", &ip_to_string),
    member("family", "ip_family", "net.IP -> int", &family, &cost::nominal),
    member("isUnspecified", "ip_is_unspecified", "net.IP -> bool", &test_address<is_unspecified>, &cost::nominal),
    member("isLoopback", "ip_is_loopback", "net.IP -> bool", &test_address<is_loopback>, &cost::nominal),
    member("isLinkLocalMulticast", "ip_is_link_local_multicast", "net.IP -> bool",
           &test_address<is_link_local_multicast>, &cost::nominal),
    member("isLinkLocalUnicast", "ip_is_link_local_unicast", "net.IP -> bool", &test_address<is_link_local_unicast>,
           &cost::nominal),
    member("isGlobalUnicast", "ip_is_global_unicast", "net.IP -> bool", &test_address<is_global_unicast>,
           &cost::nominal),
};

constexpr ConstantDeclaration constants[] = {{.name = "net.IP", .type = "net.IP"}};

}  // namespace

const OpaqueKind ip_kind{
    .type_name = "net.IP", .equal = &equal_addresses, .size = &address_bytes, .hash = &hash_address};

Value make_ip(Arena& arena, const IpAddress& address) {
  return make_opaque(*arena.create<IpValue>(OpaqueValue{&ip_kind}, address));
}

std::expected<IpAddress, std::string> parse_kubernetes_ip(std::string_view text) {
  auto address = parse_ip_address(text);
  if (!address)
    return std::unexpected("IP Address " + go_quote(text) +
                           " parse error during conversion from string: " + address.error());
  if (address->has_zone) return std::unexpected("IP address " + go_quote(text) + " with zone value is not allowed");
  if (is_ipv4_mapped(*address))
    return std::unexpected("IPv4-mapped IPv6 address " + go_quote(text) + " is not allowed");
  return address;
}

Library kubernetes_ip_library() {
  return {.name = "kubernetes.net.ip", .overloads = overloads, .constants = constants};
}

}  // namespace kastell::cel

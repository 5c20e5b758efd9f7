// cidr(): IP prefixes (apiserver pkg/cel/library/cidr.go). A prefix keeps its host bits, so
// cidr('10.1.2.3/8') differs from cidr('10.0.0.0/8').
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

constexpr std::string_view parse_error = "network address parse error during conversion from string: ";

bool equal_prefixes(const OpaqueValue& a, const OpaqueValue& b) {
  return static_cast<const CidrValue&>(a).prefix == static_cast<const CidrValue&>(b).prefix;
}

std::uint64_t prefix_bytes(const OpaqueValue& value) {
  return (static_cast<const CidrValue&>(value).prefix.bits + 7U) / 8;
}

std::size_t hash_prefix(const OpaqueValue& value) {
  const IpPrefix& prefix = static_cast<const CidrValue&>(value).prefix;
  return hash(prefix.address) ^ prefix.bits;
}

const IpPrefix& prefix_of(const Value& value) {
  return as_opaque<CidrValue>(value, cidr_kind)->prefix;
}

Value string_to_cidr(CallContext& context, Arguments arguments) {
  const auto prefix = parse_kubernetes_cidr(as_text(arguments[0]));
  if (prefix) return make_cidr(context.arena, *prefix);
  return make_error(context.arena, std::string(parse_error) + prefix.error());
}

Value is_cidr(CallContext& /*context*/, Arguments arguments) {
  return make_bool(parse_kubernetes_cidr(as_text(arguments[0])).has_value());
}

Value cidr_to_string(CallContext& context, Arguments arguments) {
  return make_string(context.arena.copy(to_string(prefix_of(arguments[0]))));
}

Value contains_ip(CallContext& /*context*/, Arguments arguments) {
  return make_bool(contains(prefix_of(arguments[0]), as_opaque<IpValue>(arguments[1], ip_kind)->address));
}

// The API server loses the parse error here and reports only that no overload fits.
Value contains_ip_string(CallContext& context, Arguments arguments) {
  const auto address = parse_kubernetes_ip(as_text(arguments[1]));
  if (!address) return make_error(context.arena, "no such overload");
  return make_bool(contains(prefix_of(arguments[0]), *address));
}

bool contains(const IpPrefix& outer, const IpPrefix& inner) {
  return overlap(outer, inner) && outer.bits <= inner.bits;
}

Value contains_cidr(CallContext& /*context*/, Arguments arguments) {
  return make_bool(contains(prefix_of(arguments[0]), prefix_of(arguments[1])));
}

Value contains_cidr_string(CallContext& context, Arguments arguments) {
  const auto inner = parse_kubernetes_cidr(as_text(arguments[1]));
  if (!inner) return make_error(context.arena, std::string(parse_error) + inner.error());
  return make_bool(contains(prefix_of(arguments[0]), *inner));
}

Value cidr_ip(CallContext& context, Arguments arguments) {
  return make_ip(context.arena, prefix_of(arguments[0]).address);
}

Value cidr_masked(CallContext& context, Arguments arguments) {
  return make_cidr(context.arena, masked(prefix_of(arguments[0])));
}

Value prefix_length(CallContext& /*context*/, Arguments arguments) {
  return make_int(prefix_of(arguments[0]).bits);
}

// Comparing walks the prefix's bytes twice; a text is parsed first.
std::uint64_t contains_ip_cost(CallContext& /*context*/, Arguments arguments, const Value& /*result*/) {
  return cost::traversal(2 * cost::size_of(arguments[0]));
}

std::uint64_t contains_ip_string_cost(CallContext& context, Arguments arguments, const Value& result) {
  return contains_ip_cost(context, arguments, result) + cost::traversal(cost::size_of(arguments[1]));
}

// The outer prefix is masked as well, and the lengths are compared.
std::uint64_t contains_cidr_cost(CallContext& context, Arguments arguments, const Value& result) {
  return contains_ip_cost(context, arguments, result) + cost::traversal(cost::size_of(arguments[0])) + 1;
}

std::uint64_t contains_cidr_string_cost(CallContext& context, Arguments arguments, const Value& result) {
  return contains_cidr_cost(context, arguments, result) + cost::traversal(cost::size_of(arguments[1]));
}

// Which overload is meant decides the cost only if the checker knows it.
constexpr Overload containment(std::string_view name, std::string_view id, std::string_view signature,
                               Implementation call, CallCost cost, CallCost named_cost) {
  Overload overload = declare::member(name, id, signature, call, cost);
  overload.named_cost = named_cost;
  return overload;
}

using declare::function, declare::member;
constexpr Overload overloads[] = {
    function("cidr", "string_to_cidr", "string -> net.CIDR", &string_to_cidr, &cost::target_traversal),
    function("isCIDR", "is_cidr", "string -> bool", &is_cidr, &cost::target_traversal),
    function("string", "cidr_to_string", "net.CIDR -> string", &cidr_to_string),
    containment("containsIP", "cidr_contains_ip_string", "net.CIDR, string -> bool", &contains_ip_string,
                &contains_ip_string_cost, &contains_ip_cost),
    containment("containsIP", "cidr_contains_ip_ip", "net.CIDR, net.IP -> bool", &contains_ip, &contains_ip_cost,
                &contains_ip_cost),
    containment("containsCIDR", "cidr_contains_cidr_string", "net.CIDR, string -> bool", &contains_cidr_string,
                &contains_cidr_string_cost, &contains_cidr_cost),
    containment("containsCIDR", "cidr_contains_cidr", "net.CIDR, net.CIDR -> bool", &contains_cidr, &contains_cidr_cost,
                &contains_cidr_cost),
    member("ip", "cidr_ip", "net.CIDR -> net.IP", &cidr_ip, &cost::nominal),
    member("masked", "cidr_masked", "net.CIDR -> net.CIDR", &cidr_masked, &cost::nominal),
    member("prefixLength", "cidr_prefix_length", "net.CIDR -> int", &prefix_length, &cost::nominal),
};

constexpr ConstantDeclaration constants[] = {{.name = "net.CIDR", .type = "net.CIDR"}};

}  // namespace

const OpaqueKind cidr_kind{
    .type_name = "net.CIDR", .equal = &equal_prefixes, .size = &prefix_bytes, .hash = &hash_prefix};

Value make_cidr(Arena& arena, const IpPrefix& prefix) {
  return make_opaque(*arena.create<CidrValue>(OpaqueValue{&cidr_kind}, prefix));
}

std::expected<IpPrefix, std::string> parse_kubernetes_cidr(std::string_view text) {
  auto prefix = parse_ip_prefix(text);
  if (!prefix) return std::unexpected(std::string(parse_error) + prefix.error());
  if (is_ipv4_mapped(prefix->address))
    return std::unexpected("IPv4-mapped IPv6 address " + go_quote(text) + " is not allowed");
  return prefix;
}

Library kubernetes_cidr_library() {
  return {.name = "kubernetes.net.cidr", .overloads = overloads, .constants = constants};
}

}  // namespace kastell::cel

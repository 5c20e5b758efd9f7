// The specification's network extension, out of Kubernetes' ip() and cidr() libraries.
#include <algorithm>
#include <vector>

#include "cel/kubernetes_libraries.h"
#include "cel/libraries.h"
#include "cel/library/declare.h"
#include "cel/library/kubernetes_values.h"

namespace kastell::cel {
namespace {

using Arguments = std::span<const Value>;

IpAddress unmapped(const IpAddress& address) {
  IpAddress ipv4;
  std::copy_n(address.bytes.begin() + 12, 4, ipv4.bytes.begin());
  return ipv4;
}

// "::ffff:192.168.0.1" is refused as Kubernetes does; "::ffff:c0a8:1" is the IPv4 address.
Value string_to_ip(CallContext& context, Arguments arguments) {
  const std::string_view text = as_text(arguments[0]);
  const auto any = parse_ip_address(text);
  if (any && !any->has_zone && is_ipv4_mapped(*any) && text.find('.') == std::string_view::npos) {
    return make_ip(context.arena, unmapped(*any));
  }
  const auto address = parse_kubernetes_ip(text);
  return address ? make_ip(context.arena, *address) : make_error(context.arena, address.error());
}

Value is_mask(CallContext&, Arguments arguments) {
  const IpPrefix& prefix = as_opaque<CidrValue>(arguments[0], cidr_kind)->prefix;
  return make_bool(masked(prefix) == prefix);
}

std::vector<Overload> make_overloads() {
  std::vector<Overload> overloads;
  for (const Library& library : {kubernetes_ip_library(), kubernetes_cidr_library()}) {
    overloads.insert(overloads.end(), library.overloads.begin(), library.overloads.end());
  }
  std::ranges::find(overloads, "string_to_ip", &Overload::id)->call = &string_to_ip;
  overloads.push_back(declare::member("isMask", "cidr_is_mask", "net.CIDR -> bool", &is_mask));
  return overloads;
}

constexpr ConstantDeclaration constants[] = {{"net.IP", "net.IP"}, {"net.CIDR", "net.CIDR"}};

}  // namespace

Library network_library() {
  static const std::vector<Overload> overloads = make_overloads();
  return {.name = "network", .overloads = overloads, .constants = constants};
}

}  // namespace kastell::cel

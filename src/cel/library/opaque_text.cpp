#include "cel/library/opaque_text.h"

#include "cel/library/kubernetes_values.h"

namespace kastell::cel {

std::optional<std::string> opaque_text(const Value& value) {
  if (const auto* ip = as_opaque<IpValue>(value, ip_kind)) return to_string(ip->address);
  if (const auto* cidr = as_opaque<CidrValue>(value, cidr_kind)) return to_string(cidr->prefix);
  if (const auto* quantity = as_opaque<QuantityValue>(value, quantity_kind)) return to_string(*quantity);
  if (const auto* semver = as_opaque<SemverValue>(value, semver_kind)) return to_string(semver->version);
  if (const auto* url = as_opaque<UrlValue>(value, url_kind)) return std::string(url->text);
  return std::nullopt;
}

}  // namespace kastell::cel

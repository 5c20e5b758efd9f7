#include "snapshot/file/redactor.h"

#include <algorithm>
#include <array>
#include <utility>

#include "kube/credential.h"

namespace kastell::snapshot::file {

using document::Node;

namespace {

bool says_what_secret_is(Symbol key) {
  constexpr std::array open{symbols::apiVersion, symbols::kind, symbols::type, symbols::immutable};
  return std::ranges::find(open, key) != open.end();
}

Secrecy below_secret(Symbol key) {
  if (key == symbols::metadata) return Secrecy::secret_metadata;
  return says_what_secret_is(key) ? Secrecy::ordinary : Secrecy::hidden;
}

}  // namespace

Secrecy Redactor::of_object(const Object& object) {
  return object.kind == "Secret" && object.group().empty() ? Secrecy::secret_object : Secrecy::ordinary;
}

bool Redactor::is_credential_key(Symbol key) {
  const auto number = static_cast<std::uint32_t>(key);
  if (number >= credential_keys_.size()) credential_keys_.resize(std::max<std::size_t>(number + 1, symbols_.size()));
  std::uint8_t& known = credential_keys_[number];
  if (known == 0) known = kube::looks_like_credential(symbols_.text(key)) ? 2 : 1;
  return known == 2;
}

Secrecy Redactor::of_member(Secrecy parent, const Node& object, std::uint32_t member) {
  const Symbol key = object.member_keys()[member];
  switch (parent) {
    case Secrecy::hidden: return Secrecy::hidden;
    case Secrecy::secret_object: return below_secret(key);
    case Secrecy::secret_metadata: return key == symbols::annotations ? Secrecy::secret_annotations : Secrecy::ordinary;
    // Kubernetes' own say whose token it is.
    case Secrecy::secret_annotations:
      return symbols_.text(key).starts_with("kubernetes.io/") ? Secrecy::ordinary : Secrecy::hidden;
    case Secrecy::credentials:
    case Secrecy::ordinary: break;
  }
  if (symbols_.text(key) == kube::last_applied) return Secrecy::hidden;
  return object.items[member].is_list() && is_credential_key(key) ? Secrecy::credentials : Secrecy::ordinary;
}

std::string_view Redactor::member_text(Secrecy parent, const Node& object, std::uint32_t member) {
  const std::string_view text = object.items[member].as_string();
  if (text.empty()) return text;
  if (of_member(parent, object, member) == Secrecy::hidden) return kube::redacted;
  const Symbol key = object.member_keys()[member];
  // `value` beside a `name`, as in env.
  const Node* beside = key == symbols::value ? object.find(symbols::name) : nullptr;
  const std::string_view name = beside == nullptr ? symbols_.text(key) : beside->as_string();
  return kube::is_secret_text(name, text) ? kept(kube::without_credential(name, text)) : text;
}

std::string_view Redactor::item_text(Secrecy parent, const Node& list, std::uint32_t item) {
  const std::string_view text = list.items[item].as_string();
  if (text.empty()) return text;
  if (parent == Secrecy::hidden || parent == Secrecy::credentials) return kube::redacted;
  const std::string_view before = item == 0 ? std::string_view{} : list.items[item - 1].as_string();
  return kube::is_secret_member(list, item, symbols_) ? kept(kube::without_credential(before, text)) : text;
}

}  // namespace kastell::snapshot::file

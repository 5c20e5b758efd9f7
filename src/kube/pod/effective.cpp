#include "kube/pod/effective.h"

#include <array>

#include "kube/pod/member.h"

namespace kastell::kube {

using document::make_object;
using document::Member;
using document::Node;

namespace {

enum class Inheritance : std::uint8_t { own, whole, by_member };

struct EffectiveField {
  Symbol name;
  Inheritance inheritance;
};
// securitysources.DetermineEffectiveSecurityContext; profiles as the kubelet reads them.
constexpr EffectiveField effective_fields[] = {
    {symbols::runAsUser, Inheritance::whole},
    {symbols::runAsGroup, Inheritance::whole},
    {symbols::runAsNonRoot, Inheritance::whole},
    {symbols::seccompProfile, Inheritance::whole},
    {symbols::appArmorProfile, Inheritance::whole},
    {symbols::seLinuxOptions, Inheritance::whole},
    {symbols::windowsOptions, Inheritance::by_member},
    {symbols::privileged, Inheritance::own},
    {symbols::allowPrivilegeEscalation, Inheritance::own},
    {symbols::capabilities, Inheritance::own},
    {symbols::readOnlyRootFilesystem, Inheritance::own},
    {symbols::procMount, Inheritance::own},
};

Inheritance inheritance_of(Symbol field) {
  for (const EffectiveField& known : effective_fields) {
    if (known.name == field) return known.inheritance;
  }
  return Inheritance::own;
}

// "runtime/default", "localhost/NAME", "unconfined", as the field that replaced the annotation.
Node profile_of(std::string_view annotation, Arena& arena) {
  constexpr std::string_view localhost = "localhost/";
  std::array<Member, 2> members;
  if (annotation.starts_with(localhost)) {
    members[0] = {symbols::type, Node::make_string("Localhost")};
    members[1] = {symbols::localhostProfile, Node::make_string(annotation.substr(localhost.size()))};
    return make_object(arena, members, false);
  }
  std::string_view type = annotation;
  if (annotation == "runtime/default") type = "RuntimeDefault";
  if (annotation == "unconfined") type = "Unconfined";
  members[0] = {symbols::type, Node::make_string(type)};
  return make_object(arena, {members.data(), 1}, false);
}

Node merged(const Node& above, const Node& below, Arena& arena) {
  Member* members = arena.allocate_array<Member>(std::size_t{above.size} + below.size);
  std::size_t count = 0;
  for (std::uint32_t i = 0; i < above.size; ++i) members[count++] = {above.member_keys()[i], above.items[i]};
  for (std::uint32_t i = 0; i < below.size; ++i) {
    const Symbol key = below.member_keys()[i];
    if (above.find(key) == nullptr) members[count++] = {key, below.items[i]};
  }
  return make_object(arena, {members, count}, false);
}

const Node* find_annotation(const Node* metadata, std::string_view container, const SymbolTable& symbols) {
  const Node* annotations = metadata == nullptr ? nullptr : member(*metadata, symbols::annotations);
  if (annotations == nullptr) return nullptr;
  const auto keys = annotations->member_keys();
  for (std::uint32_t i = 0; i < keys.size(); ++i) {
    const std::string_view key = symbols.text(keys[i]);
    if (!key.starts_with(app_armor_annotation_prefix)) continue;
    if (key.substr(app_armor_annotation_prefix.size()) == container && annotations->items[i].is_string()) {
      return &annotations->items[i];
    }
  }
  return nullptr;
}

}  // namespace

SecurityContextSources find_security_context(const Node& spec, const Node* metadata, const Node& container,
                                             const SymbolTable& symbols) {
  const Node* name = container.find(symbols::name);
  const std::string_view container_name = name == nullptr ? std::string_view{} : name->as_string();
  return {member(container, symbols::securityContext), member(spec, symbols::securityContext),
          find_annotation(metadata, container_name, symbols)};
}

FieldSource source_of(const SecurityContextSources& sources, Symbol field, const Symbol* part) {
  const Node* own = member(sources.container, field);
  const Inheritance inheritance = inheritance_of(field);
  const Node* pods = inheritance == Inheritance::own ? nullptr : member(sources.pod, field);
  if (inheritance == Inheritance::by_member && own != nullptr && pods != nullptr) {
    const bool only_pod_has = part != nullptr && member(*own, *part) == nullptr && member(*pods, *part) != nullptr;
    return only_pod_has ? FieldSource::pod : FieldSource::container;
  }
  if (own != nullptr) return FieldSource::container;
  if (field == symbols::appArmorProfile && sources.annotation != nullptr) return FieldSource::annotation;
  return pods != nullptr ? FieldSource::pod : FieldSource::container;
}

Node make_effective(const SecurityContextSources& sources, Arena& arena) {
  std::array<Member, std::size(effective_fields)> members;
  std::size_t count = 0;
  for (const auto& [name, inheritance] : effective_fields) {
    const Node* own = member(sources.container, name);
    const Node* pods = inheritance == Inheritance::own ? nullptr : member(sources.pod, name);
    if (inheritance == Inheritance::by_member && own != nullptr && pods != nullptr) {
      members[count++] = {name, own->is_object() && pods->is_object() ? merged(*own, *pods, arena) : *own};
    } else if (own != nullptr) {
      members[count++] = {name, *own};
    } else if (name == symbols::appArmorProfile && sources.annotation != nullptr) {
      members[count++] = {name, profile_of(sources.annotation->as_string(), arena)};
    } else if (pods != nullptr) {
      members[count++] = {name, *pods};
    }
  }
  return make_object(arena, {members.data(), count}, false);
}

}  // namespace kastell::kube

#include "admission/check/kinds.h"

#include <algorithm>
#include <map>

#include "admission/read/fields.h"
#include "kube/api_resource.h"
#include "kube/api_schema.h"

namespace kastell::admission {

namespace {

using kube::ApiType;
using kube::DeclaredKind;
using kube::FieldShape;

// Literals of patches deeper than this are not checked; schemas of schemas have no end.
constexpr unsigned deepest_patch = 12;
// Types of one kind; beyond these, fields are of any type. Kubernetes' own need some hundreds.
constexpr std::size_t most_types = 20'000;

// Subresources that take the object itself.
constexpr std::string_view whole_object_parts[] = {"", "status", "ephemeralcontainers", "finalize", "approval"};

struct ResourceName {
  std::string_view name, part;
};
ResourceName split(std::string_view resource) {
  const auto slash = resource.find('/');
  if (slash == std::string_view::npos) return {resource, {}};
  return {resource.substr(0, slash), resource.substr(slash + 1)};
}

bool takes_object(std::string_view part) {
  return part == "*" || std::ranges::find(whole_object_parts, part) != std::end(whole_object_parts);
}

std::string resource_of(const DeclaredKind& kind) {
  if (!kind.resource.empty()) return std::string(kind.resource);
  const kube::ApiResource* known = kube::find_resource(kind.group, kind.kind);
  return known != nullptr ? std::string(known->resource) : kube::guess_resource(kind.kind);
}

bool is_served(const DeclaredKind& kind) {
  return !kind.resource.empty() || kube::find_resource(kind.group, kind.kind) != nullptr;
}

bool matches(const ResourceRule& rule, const DeclaredKind& kind) {
  if (!has_or_all(rule.groups, kind.group) || !has_or_all(rule.versions, kind.version)) return false;
  const std::string resource = resource_of(kind);
  return std::ranges::any_of(rule.resources, [&](std::string_view item) {
    const ResourceName name = split(item);
    return (name.name == "*" || name.name == resource) && takes_object(name.part);
  });
}

// Resources that a rule names, and none of the kinds is.
void find_unknown(const ResourceRule& rule, const std::vector<DeclaredKind>& kinds, std::vector<std::string>& unknown) {
  for (const std::string_view item : rule.resources) {
    const ResourceName name = split(item);
    if (name.name == "*") continue;
    const bool is_known = takes_object(name.part) && std::ranges::any_of(kinds, [&](const DeclaredKind& kind) {
                            return has_or_all(rule.groups, kind.group) && resource_of(kind) == name.name;
                          });
    if (is_known) continue;
    const std::string_view group = rule.groups.empty() || rule.groups.front() == "*" ? "" : rule.groups.front();
    unknown.push_back(kube::full_name(std::string(item), group));
  }
}

class TypeWriter {
 public:
  explicit TypeWriter(std::string root) : root_(std::move(root)) {}

  // A type in the checker's notation. Structures are declared by the way.
  std::string text(ApiType type) {
    switch (kube::shape_of(type)) {
      case FieldShape::text: return "string";
      case FieldShape::integer: return "int";
      case FieldShape::boolean: return "bool";
      case FieldShape::list: return "list(" + text(kube::element_of(type)) + ")";
      case FieldShape::map: return "map(string, " + text(kube::element_of(type)) + ")";
      case FieldShape::structure: return declare(type);
      default: return "dyn";
    }
  }

  Language::ObjectTypes take() { return std::move(types_); }

 private:
  std::string declare(ApiType type) {
    const auto [at, is_new] = declared_.try_emplace(type, declared_.size());
    const bool is_defined = type.number == ApiType::defined_number;
    const std::string name =
        root_ + (is_defined ? ".custom" + std::to_string(at->second) : ".type" + std::to_string(type.number));
    if (!is_new) return name;
    if (declared_.size() > most_types) return "dyn";
    std::map<std::string, std::string> fields;
    for (const kube::DeclaredField& field : kube::fields_of(type)) fields[std::string(field.name)] = text(field.type);
    types_[name] = std::move(fields);
    return name;
  }

  std::string root_;
  std::map<ApiType, std::size_t> declared_;  // with their numbers
  Language::ObjectTypes types_;
};

// Object, Object.spec, … with their fields, of which only texts, integers and booleans have a type.
void declare_patches(const std::string& name, ApiType type, Language::ObjectTypes& types, unsigned depth) {
  while (kube::shape_of(type) == FieldShape::list) type = kube::element_of(type);
  if (kube::shape_of(type) != FieldShape::structure || depth == 0 || types.size() >= most_types) return;
  std::map<std::string, std::string> fields;
  for (const kube::DeclaredField& field : kube::fields_of(type)) {
    fields[std::string(field.name)] = "dyn";
    declare_patches(name + '.' + std::string(field.name), field.type, types, depth - 1);
  }
  types[name] = std::move(fields);
}

}  // namespace

MatchedKinds kinds_of(const MatchResources& resources, cel::KubernetesVersion version,
                      const kube::CustomSchemas& custom) {
  MatchedKinds matched;
  const std::uint8_t minor = kube::covered_minor(version.minor);
  std::vector<DeclaredKind> all = kube::declared_kinds(minor);
  for (const kube::CustomSchemas::Served& one : custom.served()) {
    const ApiType type = custom.type_of(one.group + "/" + one.version, one.kind, minor);
    // What keeps whatever is written has no fields to be wrong about.
    if (kube::shape_of(type) != FieldShape::structure || kube::is_built_in(one.group, one.kind)) continue;
    all.push_back({one.group, one.version, one.kind, type, one.resource});
  }
  for (const DeclaredKind& kind : all) {
    const bool is_matched =
        is_served(kind) && std::ranges::any_of(resources.rules, [&](const auto& rule) { return matches(rule, kind); });
    if (is_matched) matched.kinds.push_back(kind);
  }
  for (const ResourceRule& rule : resources.rules) find_unknown(rule, all, matched.unknown);
  return matched;
}

std::string text_of(const DeclaredKind& kind) {
  std::string text(kind.group);
  text.append(text.empty() ? "" : "/").append(kind.version).append(" ").append(kind.kind);
  return text;
}

Language language_of(const DeclaredKind& kind, const Language& language) {
  TypeWriter writer("kubernetes");
  std::string type = writer.text(kind.type);
  Language::ObjectTypes patches;
  declare_patches("Object", kind.type, patches, deepest_patch);
  return language.of_objects(std::move(type), writer.take(), patches);
}

}  // namespace kastell::admission

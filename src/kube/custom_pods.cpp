#include "kube/custom_pods.h"

#include <algorithm>

namespace kastell::kube {

using document::Node;

namespace {

constexpr unsigned deepest_schema = 64;

class DefinitionReader {
 public:
  explicit DefinitionReader(SymbolTable& symbols)
      : symbols_(symbols),
        properties_(symbols.intern("properties")),
        items_(symbols.intern("items")),
        additional_properties_(symbols.intern("additionalProperties")),
        containers_(symbols.intern("containers")),
        image_(symbols.intern("image")) {}

  std::optional<CustomResource> read(const Node& definition) const {
    const Node* spec = member(&definition, "spec");
    const Node* version = storage_version(spec);
    const Node* schema = member(member(version, "schema"), "openAPIV3Schema");
    if (schema == nullptr || !carries_pods(*schema, 0)) return {};
    const Node* names = member(spec, "names");
    const CustomResource found{text(spec, "group"), text(names, "kind"), text(names, "plural"), text(version, "name"),
                               text(spec, "scope") != "Cluster"};
    const bool whole = !found.group.empty() && !found.kind.empty() && !found.resource.empty() && !found.version.empty();
    return whole ? std::optional(found) : std::nullopt;
  }

 private:
  static const Node* member(const Node* object, Symbol key) { return object == nullptr ? nullptr : object->find(key); }
  const Node* member(const Node* object, std::string_view key) const { return member(object, symbols_.intern(key)); }
  std::string_view text(const Node* object, std::string_view key) const {
    const Node* value = member(object, key);
    return value == nullptr ? std::string_view{} : value->as_string();
  }

  const Node* storage_version(const Node* spec) const {
    const Node* versions = member(spec, "versions");
    if (versions == nullptr) return nullptr;
    const auto all = versions->as_list();
    const auto stored = std::ranges::find_if(all, [this](const Node& version) {
      const Node* storage = member(&version, "storage");
      return storage != nullptr && storage->kind == document::Kind::boolean && storage->boolean;
    });
    return stored == all.end() ? nullptr : &*stored;
  }

  bool carries_pods(const Node& schema, unsigned depth) const {
    if (depth > deepest_schema) return false;
    const Node* properties = member(&schema, properties_);
    if (is_pod_spec(properties)) return true;
    const auto inside = [this, depth](const Node* part) { return part != nullptr && carries_pods(*part, depth + 1); };
    if (inside(member(&schema, items_)) || inside(member(&schema, additional_properties_))) return true;
    if (properties == nullptr || !properties->is_object()) return false;
    for (std::uint32_t i = 0; i < properties->size; ++i) {
      if (inside(&properties->items[i])) return true;
    }
    return false;
  }

  bool is_pod_spec(const Node* properties) const {
    const Node* containers = member(properties, containers_);
    return member(member(member(containers, items_), properties_), image_) != nullptr;
  }

  SymbolTable& symbols_;
  // Of the search through schemas, which may be large.
  Symbol properties_, items_, additional_properties_, containers_, image_;
};

}  // namespace

std::optional<CustomResource> find_custom_pods(const Node& definition, SymbolTable& symbols) {
  return DefinitionReader(symbols).read(definition);
}

}  // namespace kastell::kube

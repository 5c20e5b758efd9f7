// What plug-ins find in the cluster that the input describes, each thing looked up and brought into the form of a
// stored object once. One per thread; the world must outlive it.
#pragma once

#include <map>
#include <optional>
#include <span>
#include <string_view>
#include <vector>

#include "admission/decide/form.h"
#include "admission/plugins/additions.h"
#include "admission/world.h"

namespace kastell::admission {

struct LimitDefault {
  document::Member member;
  std::size_t range;  // which LimitRange gives it
};
// What the LimitRanges of a namespace give containers, each resource once, by its name.
struct LimitDefaults {
  std::vector<LimitDefault> requests, limits;
};

class Cluster {
 public:
  Cluster(const World& world, ObjectForms& forms, SymbolTable& symbols, std::uint8_t minor)
      : world_(world), forms_(forms), symbols_(symbols), minor_(minor), additions_(symbols) {}

  const Additions& additions() const { return additions_; }

  // Null if the input does not have it.
  const document::Node* service_account(std::string_view name_space, std::string_view name) {
    return find("", "ServiceAccount", name_space, name);
  }
  const document::Node* runtime_class(std::string_view name) { return find("node.k8s.io", "RuntimeClass", "", name); }
  const document::Node* node(std::string_view name) { return find("", "Node", "", name); }
  // Those that every API server makes included.
  const document::Node* priority_class(std::string_view name);
  // The least of those that say so.
  const document::Node* default_priority_class();

  // The newest of the classes that are annotated as the default; empty if there is none.
  std::string_view default_storage_class();
  std::string_view default_ingress_class();

  // Null if there are none. Of several the first by name counts; an API server takes them in the order of chance.
  const LimitDefaults* limit_defaults(std::string_view name_space);

 private:
  const document::Node* find(std::string_view group, std::string_view kind, std::string_view name_space,
                             std::string_view name);
  // As an API server holds it; null if it could not.
  const document::Node* held(const snapshot::Object& object);
  std::string_view newest_default(std::string_view group, std::string_view kind,
                                  std::span<const std::string_view> annotations);
  void add_limits(const document::Node& range, std::size_t number, LimitDefaults& defaults) const;

  const World& world_;
  ObjectForms& forms_;
  SymbolTable& symbols_;
  std::uint8_t minor_;
  Arena arena_;
  Additions additions_;
  std::map<const snapshot::Object*, std::optional<document::Node>> held_;
  std::optional<const document::Node*> default_priority_class_;
  std::optional<std::string_view> default_storage_class_, default_ingress_class_;
  std::optional<std::map<std::string_view, LimitDefaults>> limits_;
};

}  // namespace kastell::admission

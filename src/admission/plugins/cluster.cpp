#include "admission/plugins/cluster.h"

#include <algorithm>

#include "admission/plugins/draft.h"
#include "kube/api_resource.h"
#include "kube/api_schema.h"

namespace kastell::admission {

using document::Node;

namespace {

void append(std::vector<LimitDefault>& defaults, const Node* amounts, std::size_t range) {
  const auto keys = amounts == nullptr ? std::span<const Symbol>{} : amounts->member_keys();
  for (std::size_t i = 0; i < keys.size(); ++i) defaults.push_back({{keys[i], amounts->items[i]}, range});
}

// The first of each resource.
void arrange(std::vector<LimitDefault>& defaults, const SymbolTable& symbols) {
  std::ranges::stable_sort(defaults, {}, [&](const LimitDefault& one) { return symbols.text(one.member.key); });
  const auto repeated = std::ranges::unique(defaults, {}, [](const LimitDefault& one) { return one.member.key; });
  defaults.erase(repeated.begin(), repeated.end());
}

}  // namespace

const Node* Cluster::held(const snapshot::Object& object) {
  const auto [known, is_new] = held_.try_emplace(&object);
  if (is_new) {
    const std::string_view version = kube::version_in_group(object.api_version);
    const kube::ApiType type = world_.type_of({object.group(), version, object.kind}, minor_);
    const auto taken = forms_.of(object.root, type, ObjectForm::defaulted, arena_);
    if (taken) known->second = *taken;
  }
  return known->second ? &*known->second : nullptr;
}

const Node* Cluster::find(std::string_view group, std::string_view kind, std::string_view name_space,
                          std::string_view name) {
  const auto id = world_.snapshot().find(group, kind, name_space, name);
  return id ? held(world_.snapshot().object(*id)) : nullptr;
}

const Node* Cluster::priority_class(std::string_view name) {
  if (const Node* found = find("scheduling.k8s.io", "PriorityClass", "", name)) return found;
  const auto symbol = symbols_.find(name);
  return symbol ? additions_.priority_classes().find(*symbol) : nullptr;
}

const Node* Cluster::default_priority_class() {
  if (default_priority_class_) return *default_priority_class_;
  default_priority_class_ = nullptr;
  std::int64_t least = 0;
  for (const snapshot::Object* object : world_.objects_of("scheduling.k8s.io", "PriorityClass", "")) {
    const Node* found = held(*object);
    if (found == nullptr || !document::is_true(*found, symbols_.intern("globalDefault"))) continue;
    const Node* value = found->find(symbols::value);
    const std::int64_t priority = value == nullptr ? 0 : value->integer;
    if (*default_priority_class_ != nullptr && priority >= least) continue;
    default_priority_class_ = found;
    least = priority;
  }
  return *default_priority_class_;
}

std::string_view Cluster::newest_default(std::string_view group, std::string_view kind,
                                         std::span<const std::string_view> annotations) {
  std::string_view name, newest;
  for (const snapshot::Object* object : world_.objects_of(group, kind, "")) {
    const Node* found = held(*object);
    const Node* marks = found == nullptr ? nullptr : find_below(*found, symbols::metadata, symbols::annotations);
    const bool is_default = marks != nullptr && std::ranges::any_of(annotations, [&](std::string_view annotation) {
                              return text_of(*marks, symbols_.intern(annotation)) == "true";
                            });
    if (!is_default) continue;
    const std::string_view created = text_of(*found->find(symbols::metadata), symbols::creationTimestamp);
    if (!name.empty() && created <= newest) continue;
    name = object->name;
    newest = created;
  }
  return name;
}

std::string_view Cluster::default_storage_class() {
  static constexpr std::string_view annotations[] = {"storageclass.kubernetes.io/is-default-class",
                                                     "storageclass.beta.kubernetes.io/is-default-class"};
  if (!default_storage_class_) {
    default_storage_class_ = newest_default("storage.k8s.io", "StorageClass", annotations);
  }
  return *default_storage_class_;
}

std::string_view Cluster::default_ingress_class() {
  static constexpr std::string_view annotations[] = {"ingressclass.kubernetes.io/is-default-class"};
  if (!default_ingress_class_) {
    default_ingress_class_ = newest_default("networking.k8s.io", "IngressClass", annotations);
  }
  return *default_ingress_class_;
}

void Cluster::add_limits(const Node& range, std::size_t number, LimitDefaults& defaults) const {
  const Node* limits = find_below(range, symbols::spec, symbols::limits);
  for (const Node& item : limits == nullptr ? std::span<const Node>{} : limits->as_list()) {
    if (text_of(item, symbols::type) != "Container") continue;
    append(defaults.requests, item.find(symbols_.intern("defaultRequest")), number);
    append(defaults.limits, item.find(symbols_.intern("default")), number);
  }
}

const LimitDefaults* Cluster::limit_defaults(std::string_view name_space) {
  if (!limits_) {
    limits_.emplace();
    std::size_t number = 0;
    for (const snapshot::Object* object : world_.objects_of("", "LimitRange", "")) {
      const Node* range = held(*object);
      if (range != nullptr) add_limits(*range, number++, (*limits_)[object->effective_namespace()]);
    }
    for (auto& [name, defaults] : *limits_) {
      arrange(defaults.requests, symbols_);
      arrange(defaults.limits, symbols_);
    }
  }
  const auto found = limits_->find(name_space);
  return found == limits_->end() ? nullptr : &found->second;
}

}  // namespace kastell::admission

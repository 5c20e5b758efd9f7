#include "snapshot/roles.h"

#include <algorithm>
#include <set>

#include "kube/rbac_rule.h"
#include "kube/selectors.h"

namespace kastell::snapshot {

using document::Node;

namespace {

constexpr std::string_view rbac = "rbac.authorization.k8s.io";

const Node* labels_of(const Object& object) {
  const Node* metadata = object.root.find(symbols::metadata);
  return metadata == nullptr ? nullptr : metadata->find(symbols::labels);
}

std::string_view space_of(std::string_view kind, std::string_view name_space) {
  return kind == "ClusterRole" || kind == "ClusterRoleBinding" ? std::string_view{} : name_space;
}

Snapshot read_defaults(std::shared_ptr<SymbolTable> symbols) {
  SnapshotBuilder builder(symbols);
  for (const std::string_view text : kube::embedded_default_roles()) {
    builder.add(document::parse(std::make_shared<document::Source>("default-roles.yaml", text), *symbols));
  }
  return std::move(builder).finish();
}

}  // namespace

class Aggregation {
 public:
  Aggregation(const Roles& roles, std::size_t& comparisons) : roles_(roles), comparisons_(comparisons) {}

  Roles::Granted of(const Object& role) {
    take(role);
    for (std::size_t next = 0; next < granted_.roles.size(); ++next) expand(*granted_.roles[next]);
    return std::move(granted_);
  }

 private:
  void take(const Object& role) {
    if (seen_.insert(role.name).second) granted_.roles.push_back(&role.root);
  }

  void expand(const Node& role) {
    const Node* rule = role.find(symbols::aggregationRule);
    const Node* selectors = rule == nullptr ? nullptr : rule->find(symbols::clusterRoleSelectors);
    if (selectors == nullptr) return;
    if (all_.empty()) all_ = roles_.all_of("ClusterRole");
    for (const Node& selector : selectors->as_list()) {
      comparisons_ += all_.size();
      granted_.is_cut = granted_.is_cut || comparisons_ > Roles::most_comparisons;
      if (!granted_.is_cut) take_selected(selector);
    }
  }

  void take_selected(const Node& selector) {
    for (const Object* role : all_) {
      if (!kube::selects(selector, labels_of(*role), roles_.symbols()).value_or(true)) continue;
      take(*roles_.find_object("ClusterRole", {}, role->name));
    }
  }

  const Roles& roles_;
  std::size_t& comparisons_;
  Roles::Granted granted_;
  std::vector<const Object*> all_;
  std::set<std::string_view> seen_;
};

const Snapshot& Roles::defaults() const {
  std::call_once(read_, [this] {
    const bool has_them =
        snapshot_.world() == World::closed && snapshot_.find(rbac, "ClusterRole", {}, "cluster-admin").has_value();
    auto symbols = snapshot_.shared_symbols();
    defaults_ = std::make_unique<const Snapshot>(has_them ? SnapshotBuilder(std::move(symbols)).finish()
                                                          : read_defaults(std::move(symbols)));
  });
  return *defaults_;
}

const Object* Roles::find_object(std::string_view kind, std::string_view name_space, std::string_view name) const {
  const std::string_view space = space_of(kind, name_space);
  if (const auto id = snapshot_.find(rbac, kind, space, name)) return &snapshot_.object(*id);
  const auto id = defaults().find(rbac, kind, space, name);
  return id ? &defaults().object(*id) : nullptr;
}

std::vector<const Object*> Roles::all_of(std::string_view kind) const {
  std::vector<const Object*> objects;
  for (const ObjectId id : snapshot_.of_kind(rbac, kind)) objects.push_back(&snapshot_.object(id));
  for (const ObjectId id : defaults().of_kind(rbac, kind)) {
    const Object& object = defaults().object(id);
    const auto written = snapshot_.find(rbac, kind, space_of(kind, object.effective_namespace()), object.name);
    if (!written) objects.push_back(&object);
  }
  return objects;
}

std::optional<Roles::Granted> Roles::find(std::string_view kind, std::string_view name_space, std::string_view name,
                                          std::size_t& comparisons) const {
  const Object* role = find_object(kind, name_space, name);
  if (role == nullptr) return std::nullopt;
  if (kind == "ClusterRole") return Aggregation(*this, comparisons).of(*role);
  return Granted{.roles = {&role->root}};
}

std::vector<const Object*> Roles::bindings(std::string_view kind, std::string_view name_space) const {
  std::vector<const Object*> found;
  for (const Object* binding : all_of(kind)) {
    if (name_space.empty() || binding->effective_namespace() == name_space) found.push_back(binding);
  }
  const auto identity = [](const Object* object) { return std::pair(object->name_space, object->name); };
  std::ranges::stable_sort(found, {}, identity);
  const auto repeated = std::ranges::unique(found, {}, identity);
  found.erase(repeated.begin(), repeated.end());
  return found;
}

}  // namespace kastell::snapshot

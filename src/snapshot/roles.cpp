#include "snapshot/roles.h"

#include <algorithm>
#include <set>

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
    for (const Node& selector : selectors->as_list()) {
      const std::vector<const Object*>& roles = candidates(selector);
      comparisons_ += roles.size();
      granted_.is_cut = granted_.is_cut || comparisons_ > Roles::most_comparisons;
      if (!granted_.is_cut) take_selected(selector, roles);
    }
  }

  // Few of the default roles have labels, and most selectors ask for one.
  const std::vector<const Object*>& candidates(const Node& selector) {
    const bool asks_for_labels = !kube::selects(selector, nullptr, roles_.symbols()).value_or(true);
    std::vector<const Object*>& roles = asks_for_labels ? labelled_ : all_;
    const auto which = asks_for_labels ? DefaultRoles::Which::labelled : DefaultRoles::Which::all;
    if (roles.empty()) roles = roles_.all_of("ClusterRole", which);
    return roles;
  }

  void take_selected(const Node& selector, const std::vector<const Object*>& roles) {
    for (const Object* role : roles) {
      if (!kube::selects(selector, labels_of(*role), roles_.symbols()).value_or(true)) continue;
      take(*roles_.find_object("ClusterRole", {}, role->name));
    }
  }

  const Roles& roles_;
  std::size_t& comparisons_;
  Roles::Granted granted_;
  std::vector<const Object*> all_, labelled_;
  std::set<std::string_view> seen_;
};

const DefaultRoles* Roles::defaults() const {
  std::call_once(asked_, [this] {
    const bool has_them =
        snapshot_.world() == World::closed && snapshot_.find(rbac, "ClusterRole", {}, "cluster-admin").has_value();
    if (!has_them) defaults_ = std::make_unique<const DefaultRoles>(snapshot_.shared_symbols(), minor_);
  });
  return defaults_.get();
}

const Object* Roles::find_object(std::string_view kind, std::string_view name_space, std::string_view name) const {
  const std::string_view space = space_of(kind, name_space);
  if (const auto id = snapshot_.find(rbac, kind, space, name)) return &snapshot_.object(*id);
  return defaults() == nullptr ? nullptr : defaults()->find(kind, space, name);
}

std::vector<const Object*> Roles::all_of(std::string_view kind, DefaultRoles::Which which) const {
  std::vector<const Object*> objects;
  for (const ObjectId id : snapshot_.of_kind(rbac, kind)) objects.push_back(&snapshot_.object(id));
  if (defaults() == nullptr) return objects;
  for (const Object* object : defaults()->all_of(kind, which)) {
    const auto written = snapshot_.find(rbac, kind, space_of(kind, object->effective_namespace()), object->name);
    if (!written) objects.push_back(object);
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
  for (const Object* binding : all_of(kind, DefaultRoles::Which::all)) {
    if (name_space.empty() || binding->effective_namespace() == name_space) found.push_back(binding);
  }
  const auto identity = [](const Object* object) { return std::pair(object->name_space, object->name); };
  std::ranges::stable_sort(found, {}, identity);
  const auto repeated = std::ranges::unique(found, {}, identity);
  found.erase(repeated.begin(), repeated.end());
  return found;
}

}  // namespace kastell::snapshot

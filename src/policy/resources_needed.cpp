#include "policy/resources_needed.h"

#include <algorithm>
#include <array>
#include <map>
#include <utility>

#include "kube/api_resource.h"
#include "policy/catalog/joins.h"
#include "policy/scan/selection.h"
#include "policy/scan/unread_kinds.h"

namespace kastell::policy {

namespace {

using kube::ApiResource;

constexpr std::string_view rbac = "rbac.authorization.k8s.io";

// The kinds that a scope walks, where the control does not name them.
struct ScopeKind {
  Scope scope;
  std::string_view group, kind;
};
constexpr auto kinds_of_scopes = std::to_array<ScopeKind>({
    {Scope::role_rule, rbac, "Role"},
    {Scope::role_rule, rbac, "ClusterRole"},
    {Scope::subject, rbac, "RoleBinding"},
    {Scope::subject, rbac, "ClusterRoleBinding"},
});

bool asks_about_pods(Scope scope) {
  return scope == Scope::pod || scope == Scope::container || scope == Scope::volume;
}

class Needs {
 public:
  void add(const Control& control, const Rule& rule) {
    if (rule.scope == Scope::component) {
      add_workloads(control);
      add_kind(control, {}, "ConfigMap");
    }
    if (rule.scope == Scope::object) {
      for (const std::string_view name : control.kinds) add_named(control, name);
    }
    if (asks_about_pods(rule.scope)) add_workloads(control);
    for (const ScopeKind& entry : kinds_of_scopes) {
      if (entry.scope == rule.scope) add_kind(control, entry.group, entry.kind);
    }
    for (const Join& join : all_joins()) {
      if (reads(rule, join)) add_kind(control, join.group, join.kind);
    }
    for (const UnreadKind& unread : unread_kinds) {
      if (rule.absent_kind == unread.stands_for) add_kind(control, unread.group, unread.kind);
    }
  }

  std::vector<ResourceNeed> finish() && {
    std::vector<ResourceNeed> result;
    for (auto& [key, need] : needs_) result.push_back(std::move(need));
    return result;
  }

 private:
  // "group/Kind" or "Kind".
  void add_named(const Control& control, std::string_view name) {
    const std::size_t slash = name.find('/');
    if (slash == std::string_view::npos) return add_kind(control, {}, name);
    add_kind(control, name.substr(0, slash), name.substr(slash + 1));
  }

  void add_workloads(const Control& control) {
    add_kind(control, "apiextensions.k8s.io", "CustomResourceDefinition");  // they tell which other kinds carry pods
    for (const auto table : {kube::built_in_resources(), kube::custom_pod_resources()}) {
      for (const ApiResource& entry : table) {
        if (entry.carries_pods) add_kind(control, entry.group, entry.kind);
      }
    }
  }

  void add_kind(const Control& control, std::string_view group, std::string_view kind) {
    if (kube::is_file_kind(group, kind)) return;
    ResourceNeed need = described(group, kind);
    ResourceNeed& known = needs_.try_emplace({need.group, need.resource}, std::move(need)).first->second;
    if (known.controls.empty() || known.controls.back() != &control) known.controls.push_back(&control);
  }

  static ResourceNeed described(std::string_view group, std::string_view kind) {
    ResourceNeed need{.group = std::string(group), .kind = std::string(kind), .resource = {}, .version = {}};
    if (const ApiResource* known = kube::find_resource(group, kind)) {
      need.resource = known->resource;
      need.version = known->version;
      need.namespaced = known->namespaced;
    } else {
      need.resource = kube::guess_resource(kind);
    }
    need.custom = !kube::is_built_in(group, kind);
    need.metadata_only = group.empty() && kind == "Secret";
    return need;
  }

  std::map<std::pair<std::string, std::string>, ResourceNeed> needs_;  // by group and resource
};

}  // namespace

Result<std::vector<ResourceNeed>> resources_needed(const Catalog& catalog, const ScanOptions& options) {
  const auto selection = select_controls(catalog, options);
  if (!selection) return std::unexpected(selection.error());
  Needs needs;
  for (const Control* control : selection->controls) {
    for (const Rule& rule : control->rules) {
      if (rule.applies_to(selection->version)) needs.add(*control, rule);
    }
  }
  return std::move(needs).finish();
}

}  // namespace kastell::policy

#include "snapshot/roles.h"

#include <gtest/gtest.h>

#include "kube/rbac_rule.h"

namespace kastell::snapshot {
namespace {

Snapshot snapshot_of(const char* yaml, World world) {
  auto symbols = std::make_shared<SymbolTable>();
  SnapshotBuilder builder(symbols);
  builder.add(document::parse(std::make_shared<document::Source>("roles.yaml", yaml), *symbols));
  builder.set_world(world);
  return std::move(builder).finish();
}

// How many roles make up a ClusterRole; -1: there is none.
int size_of(const Roles& roles, std::string_view name) {
  std::size_t comparisons = 0;
  const auto granted = roles.find("ClusterRole", {}, name, comparisons);
  return granted ? static_cast<int>(granted->roles.size()) : -1;
}

TEST(Roles, HaveThoseThatEveryServerMakes) {
  const Snapshot empty = snapshot_of("", World::open);
  const Roles roles(empty);
  EXPECT_EQ(size_of(roles, "cluster-admin"), 1);
  EXPECT_EQ(size_of(roles, "view"), 2);   // itself and system:aggregate-to-view
  EXPECT_EQ(size_of(roles, "admin"), 6);  // edit, view and what is aggregated into each
  EXPECT_EQ(size_of(roles, "nobody"), -1);
  EXPECT_EQ(roles.bindings("RoleBinding", "kube-public").size(), 1U);
  EXPECT_GT(roles.bindings("ClusterRoleBinding", {}).size(), 40U);
}

// Each is looked up by how its text begins; so nothing that the table holds may begin otherwise.
TEST(DefaultRoles, AreEachFoundByTheirOwnNames) {
  auto symbols = std::make_shared<SymbolTable>();
  const DefaultRoles roles(symbols);
  std::size_t found = 0;
  for (const char* kind : {"ClusterRole", "ClusterRoleBinding", "Role", "RoleBinding"}) {
    for (const Object* object : roles.all_of(kind, DefaultRoles::Which::all)) {
      ++found;
      EXPECT_EQ(object->kind, kind);
      EXPECT_EQ(object->api_version, "rbac.authorization.k8s.io/v1") << object->name;
      EXPECT_EQ(roles.find(kind, object->name_space, object->name), object) << object->name;
      EXPECT_EQ(roles.find(kind, "elsewhere", object->name), nullptr) << object->name;
    }
  }
  EXPECT_EQ(found, kube::embedded_default_roles().size());
}

TEST(DefaultRoles, OfWhichTheLabelledAreThoseWithLabels) {
  auto symbols = std::make_shared<SymbolTable>();
  const DefaultRoles roles(symbols);
  std::vector<const Object*> expected;
  for (const Object* object : roles.all_of("ClusterRole", DefaultRoles::Which::all)) {
    if (object->root.find(symbols::metadata)->find(symbols::labels) != nullptr) expected.push_back(object);
  }
  EXPECT_EQ(roles.all_of("ClusterRole", DefaultRoles::Which::labelled), expected);
  EXPECT_GE(expected.size(), 5U);
}

TEST(DefaultRoles, AreNotFoundByNamesThatHoldMoreThanTheName) {
  const DefaultRoles roles(std::make_shared<SymbolTable>());
  EXPECT_EQ(roles.find("ClusterRole", {}, R"(edit","labels":{"rbac.authorization.k8s.io/aggregate-to-admin)"), nullptr);
  EXPECT_EQ(roles.find(R"(ClusterRole","metadata":{"name":"edit)", {}, "labels"), nullptr);
  EXPECT_EQ(roles.find("ClusterRole", {}, ""), nullptr);
}

int size_of_selected(const std::string& selector) {
  const std::string role =
      "apiVersion: rbac.authorization.k8s.io/v1\nkind: ClusterRole\nmetadata: {name: mine}\n"
      "aggregationRule: {clusterRoleSelectors: [" +
      selector + "]}\n";
  const Snapshot written = snapshot_of(role.c_str(), World::open);
  return size_of(Roles(written), "mine");
}

TEST(Roles, AreSelectedByTheLabelsTheyDoNotHaveToo) {
  const int all = size_of_selected("{}");
  EXPECT_EQ(size_of_selected("{matchExpressions: [{key: rbac.authorization.k8s.io/aggregate-to-view, operator: "
                             "DoesNotExist}]}"),
            all);  // but for that one label all have none; and who has it is part of view, which is among them
  EXPECT_GT(all, 70);
  EXPECT_EQ(size_of_selected("{matchLabels: {rbac.authorization.k8s.io/aggregate-to-view: 'true'}}"), 2);
  EXPECT_EQ(size_of_selected("{matchLabels: {no.such/label: 'true'}}"), 1);
}

TEST(Roles, OfTheInputComeFirst) {
  const Snapshot written = snapshot_of(R"(
apiVersion: rbac.authorization.k8s.io/v1
kind: ClusterRole
metadata: {name: view}
rules: []
---
apiVersion: rbac.authorization.k8s.io/v1
kind: ClusterRole
metadata: {name: mine, labels: {rbac.authorization.k8s.io/aggregate-to-edit: "true"}}
)",
                                       World::open);
  const Roles roles(written);
  EXPECT_EQ(size_of(roles, "view"), 1);
  EXPECT_EQ(size_of(roles, "edit"), 3);  // with mine; this view has no label that makes it a part
}

TEST(Roles, OfAClusterAreNoOthers) {
  const Snapshot cluster = snapshot_of(R"(
apiVersion: rbac.authorization.k8s.io/v1
kind: ClusterRole
metadata: {name: cluster-admin}
)",
                                       World::closed);
  const Roles roles(cluster);
  EXPECT_EQ(size_of(roles, "cluster-admin"), 1);
  EXPECT_EQ(size_of(roles, "view"), -1);
  EXPECT_TRUE(roles.bindings("ClusterRoleBinding", {}).empty());
}

TEST(Roles, ThatAggregateOneAnotherEnd) {
  const Snapshot circle = snapshot_of(R"(
apiVersion: rbac.authorization.k8s.io/v1
kind: ClusterRole
metadata: {name: a, labels: {x: "1"}}
aggregationRule: {clusterRoleSelectors: [{matchLabels: {x: "2"}}]}
---
apiVersion: rbac.authorization.k8s.io/v1
kind: ClusterRole
metadata: {name: b, labels: {x: "2"}}
aggregationRule: {clusterRoleSelectors: [{matchLabels: {x: "1"}}]}
)",
                                      World::open);
  EXPECT_EQ(size_of(Roles(circle), "a"), 2);
  std::size_t comparisons = Roles::most_comparisons;
  EXPECT_TRUE(Roles(circle).find("ClusterRole", {}, "a", comparisons)->is_cut);
}

}  // namespace
}  // namespace kastell::snapshot

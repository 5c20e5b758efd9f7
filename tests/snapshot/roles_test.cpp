#include "snapshot/roles.h"

#include <gtest/gtest.h>

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

#include "snapshot/roles.h"

#include <gtest/gtest.h>

#include <algorithm>
#include <set>

#include "document/write.h"
#include "kube/api_schema.h"
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

constexpr unsigned any_minor = 37;  // of Kubernetes 1

// How many roles make up a ClusterRole; -1: there is none.
int size_of(const Roles& roles, std::string_view name) {
  std::size_t comparisons = 0;
  const auto granted = roles.find("ClusterRole", {}, name, comparisons);
  return granted ? static_cast<int>(granted->roles.size()) : -1;
}

TEST(Roles, HaveThoseThatEveryServerMakes) {
  const Snapshot empty = snapshot_of("", World::open);
  const Roles roles(empty, any_minor);
  EXPECT_EQ(size_of(roles, "cluster-admin"), 1);
  EXPECT_EQ(size_of(roles, "view"), 2);   // itself and system:aggregate-to-view
  EXPECT_EQ(size_of(roles, "admin"), 6);  // edit, view and what is aggregated into each
  EXPECT_EQ(size_of(roles, "nobody"), -1);
  EXPECT_EQ(roles.bindings("RoleBinding", "kube-public").size(), 1U);
  EXPECT_GT(roles.bindings("ClusterRoleBinding", {}).size(), 40U);
}

// Each is looked up by how its text begins; so nothing that the table holds may begin otherwise.
void expect_found(const DefaultRoles& roles, const Object* object) {
  EXPECT_EQ(object->api_version, "rbac.authorization.k8s.io/v1") << object->name;
  EXPECT_EQ(roles.find(object->kind, object->name_space, object->name), object) << object->name;
  EXPECT_EQ(roles.find(object->kind, "elsewhere", object->name), nullptr) << object->name;
}

// As the table has them, without the line about minors.
std::set<std::string_view> all_texts() {
  std::set<std::string_view> texts;
  for (const std::string_view text : kube::embedded_default_roles()) {
    const std::size_t begin = text.find('{');
    texts.insert(text.substr(begin, text.rfind('}') + 1 - begin));
  }
  return texts;
}

TEST(DefaultRoles, AreEachFoundByTheirOwnNamesAndInSomeMinor) {
  std::set<std::string> found;
  const kube::SchemaRange minors = kube::covered_minors();
  for (unsigned each = minors.oldest; each <= minors.newest; ++each) {
    const auto symbols = std::make_shared<SymbolTable>();
    const DefaultRoles roles(symbols, each);
    for (const char* kind : {"ClusterRole", "ClusterRoleBinding", "Role", "RoleBinding"}) {
      for (const Object* object : roles.all_of(kind, DefaultRoles::Which::all)) {
        EXPECT_EQ(object->kind, kind);
        expect_found(roles, object);
        std::string text;
        document::append_json(text, object->root, *symbols);
        found.insert(std::move(text));
      }
    }
  }
  EXPECT_TRUE(std::ranges::equal(found, all_texts()));
}

std::size_t count_of(unsigned minor) {
  return DefaultRoles(std::make_shared<SymbolTable>(), minor).all_of("ClusterRole", DefaultRoles::Which::all).size();
}

TEST(DefaultRoles, OfMinorsBeyondTheTableAreThoseOfTheNearest) {
  const kube::SchemaRange minors = kube::covered_minors();
  EXPECT_EQ(count_of(0), count_of(minors.oldest));
  EXPECT_EQ(count_of(99), count_of(minors.newest));
  EXPECT_LT(count_of(minors.oldest), count_of(minors.newest));
}

TEST(DefaultRoles, OfWhichTheLabelledAreThoseWithLabels) {
  auto symbols = std::make_shared<SymbolTable>();
  const DefaultRoles roles(symbols, any_minor);
  std::vector<const Object*> expected;
  for (const Object* object : roles.all_of("ClusterRole", DefaultRoles::Which::all)) {
    if (object->root.find(symbols::metadata)->find(symbols::labels) != nullptr) expected.push_back(object);
  }
  EXPECT_EQ(roles.all_of("ClusterRole", DefaultRoles::Which::labelled), expected);
  EXPECT_GE(expected.size(), 5U);
}

TEST(DefaultRoles, AreNotFoundByNamesThatHoldMoreThanTheName) {
  const DefaultRoles roles(std::make_shared<SymbolTable>(), any_minor);
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
  return size_of(Roles(written, any_minor), "mine");
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
  const Roles roles(written, any_minor);
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
  const Roles roles(cluster, any_minor);
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
  EXPECT_EQ(size_of(Roles(circle, any_minor), "a"), 2);
  std::size_t comparisons = Roles::most_comparisons;
  EXPECT_TRUE(Roles(circle, any_minor).find("ClusterRole", {}, "a", comparisons)->is_cut);
}

}  // namespace
}  // namespace kastell::snapshot

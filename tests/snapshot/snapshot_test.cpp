#include "snapshot/snapshot.h"

#include <gtest/gtest.h>

namespace kastell::snapshot {
namespace {

Snapshot snapshot_of(std::string_view text) {
  auto symbols = std::make_shared<SymbolTable>();
  SnapshotBuilder builder(symbols);
  builder.add(document::parse(std::make_shared<const document::Source>("objects.json", text), *symbols));
  return std::move(builder).finish();
}

const char* const objects = R"([
  {"apiVersion": "v1", "kind": "Pod", "metadata": {"name": "a"}},
  {"apiVersion": "v1", "kind": "Pod", "metadata": {"name": "a", "namespace": "shop"},
   "spec": {"containers": [{"name": "app"}]}},
  {"apiVersion": "rbac.authorization.k8s.io/v1", "kind": "ClusterRole", "metadata": {"name": "r", "namespace": "shop"}},
  {"apiVersion": "v1", "kind": "Pod", "metadata": {"name": "a", "namespace": "default"}},
  {"apiVersion": "apps/v1", "kind": "Deployment", "metadata": {"name": "a"}}
])";

TEST(Snapshot, ObjectsByKind) {
  const Snapshot snapshot = snapshot_of(objects);
  const auto pods = snapshot.of_kind("", "Pod");
  EXPECT_EQ(std::vector(pods.begin(), pods.end()), (std::vector<ObjectId>{0, 1, 3}));
  EXPECT_EQ(snapshot.of_kind("apps", "Deployment").size(), 1U);
  EXPECT_TRUE(snapshot.of_kind("apps", "Pod").empty());
  EXPECT_EQ(snapshot.object(4).group(), "apps");
}

TEST(Snapshot, ObjectsByIdentity) {
  const Snapshot snapshot = snapshot_of(objects);
  EXPECT_EQ(snapshot.find("", "Pod", "shop", "a"), 1U);
  EXPECT_EQ(snapshot.find("", "Pod", "", "a"), 0U) << "an absent namespace is default";
  EXPECT_EQ(snapshot.find("", "Pod", "default", "a"), 0U) << "the first of two";
  EXPECT_EQ(snapshot.find("", "Pod", "shop", "b"), std::nullopt);
  EXPECT_EQ(snapshot.find("rbac.authorization.k8s.io", "ClusterRole", "", "r"), 2U)
      << "a cluster-scoped object has no namespace, whatever is written";
}

TEST(Snapshot, PlaceOfFieldAndOfItsNearestParent) {
  auto symbols = std::make_shared<SymbolTable>();
  SnapshotBuilder builder(symbols);
  builder.add(document::parse(std::make_shared<const document::Source>("objects.json", objects), *symbols));
  const Snapshot snapshot = std::move(builder).finish();
  const auto path = [&](std::string_view text) { return document::parse_path(text, *symbols).value(); };
  const Place written = snapshot.place_of(snapshot.object(1), path("spec.containers[0].name"));
  EXPECT_EQ(to_string(Error{ErrorCode::syntax, "", written}), "objects.json:4:29: ");
  const Place missing = snapshot.place_of(snapshot.object(1), path("spec.containers[0].securityContext.privileged"));
  EXPECT_EQ(to_string(Error{ErrorCode::syntax, "", missing}), "objects.json:4:28: ");
}

TEST(Snapshot, NullMembersAreNoMembers) {
  const Snapshot snapshot = snapshot_of(
      R"({"apiVersion": "v1", "kind": "Pod", "metadata": {"name": "a", "creationTimestamp": null}, "spec": null})");
  EXPECT_EQ(snapshot.object(0).root.find(symbols::spec), nullptr);
  EXPECT_EQ(snapshot.object(0).root.find(symbols::metadata)->size, 1U);
}

TEST(Snapshot, AnEmptyOneAnswers) {
  SnapshotBuilder builder(std::make_shared<SymbolTable>());
  const Snapshot snapshot = std::move(builder).finish();
  EXPECT_TRUE(snapshot.is_complete());
  EXPECT_EQ(snapshot.find("", "Pod", "", "a"), std::nullopt);
  EXPECT_EQ(Snapshot().find("", "Pod", "", "a"), std::nullopt);
}

}  // namespace
}  // namespace kastell::snapshot

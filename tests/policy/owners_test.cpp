#include "policy/scan/owners.h"

#include <gtest/gtest.h>

#include "policy/world.h"

namespace kastell::policy {
namespace {

std::string pod_of(const std::string& image) {
  return "{spec: {containers: [{name: app, image: " + image + "}]}}";
}

std::string owned(const std::string& kind, const std::string& name, const std::string& owner, const std::string& spec) {
  const std::string reference = owner.empty() ? "" : ", ownerReferences: [{" + owner + ", controller: true}]";
  const std::string group = kind == "Pod" ? "v1" : "apps/v1";
  return "{apiVersion: " + group + ", kind: " + kind + ", metadata: {name: " + name + ", namespace: shop" + reference +
         "}, spec: " + spec + "}\n---\n";
}

// The names of the objects that are judged by themselves.
std::string judged(const std::string& text) {
  const auto symbols = std::make_shared<SymbolTable>();
  const auto world = testing::read_world(text, symbols);
  std::string names;
  Arena arena;
  for (const snapshot::Object& object : world.objects()) {
    if (!is_judged_by_owner(world, object, arena)) names += std::string(object.name) + " ";
  }
  return names;
}

const std::string deployment = owned("Deployment", "web", "", "{template: " + pod_of("a") + "}");
const std::string by_deployment = "apiVersion: apps/v1, kind: Deployment, name: web";
const std::string by_set = "apiVersion: apps/v1, kind: ReplicaSet, name: web-1";
const std::string set = owned("ReplicaSet", "web-1", by_deployment, "{replicas: 2, template: " + pod_of("a") + "}");
const std::string pod = owned("Pod", "web-1-x", by_set, "{containers: [{name: app, image: a}]}");

TEST(Owners, ADeploymentIsOneFinding) {
  EXPECT_EQ(judged(deployment + set + pod), "web ");
}

TEST(Owners, WithoutItsOwnerEachSpeaksForItself) {
  EXPECT_EQ(judged(set + pod), "web-1 ");
  EXPECT_EQ(judged(pod), "web-1-x ");
}

TEST(Owners, ADifferentPodIsItsOwn) {
  EXPECT_EQ(judged(deployment + set + owned("Pod", "mutated", by_set, "{containers: [{name: app, image: b}]}")),
            "web mutated ");
}

TEST(Owners, OldReplicaSetsAreHistoryWhileNothingRuns) {
  const auto old = [](const char* replicas) {
    return owned("ReplicaSet", "old", by_deployment,
                 std::string("{replicas: ") + replicas + ", template: " + pod_of("b") + "}");
  };
  EXPECT_EQ(judged(deployment + old("0")), "web ");
  EXPECT_EQ(judged(deployment + old("1")), "web old ");
}

TEST(Owners, OthersThanTheControllerDoNotCount) {
  const std::string text = owned("ReplicaSet", "web-1", by_deployment, "{template: " + pod_of("a") + "}");
  std::string not_controlling = text;
  not_controlling.replace(not_controlling.find("controller: true"), 16, "controller: false");
  EXPECT_EQ(judged(deployment + not_controlling), "web web-1 ");
}

TEST(Owners, AReusedNameIsAnotherOwner) {
  std::string with_uid = deployment;
  with_uid.replace(with_uid.find("name: web"), 9, "name: web, uid: new");
  EXPECT_EQ(
      judged(with_uid + owned("ReplicaSet", "web-1", by_deployment + ", uid: old", "{template: " + pod_of("a") + "}")),
      "web web-1 ");
}

// Each would be judged by the other, so nobody would judge them.
TEST(Owners, CirclesHideNothing) {
  const auto ring = [](const char* name, const char* owner) {
    return owned("ReplicaSet", name, std::string("apiVersion: apps/v1, kind: ReplicaSet, name: ") + owner,
                 "{template: " + pod_of("a") + "}");
  };
  EXPECT_EQ(judged(ring("a", "b") + ring("b", "a")), "a b ");
  EXPECT_EQ(judged(ring("a", "a")), "a ");
}

}  // namespace
}  // namespace kastell::policy

#include "kube/api_resource.h"

#include <gtest/gtest.h>

#include <array>

#include "document/node.h"
#include "kube/pod_view.h"

namespace kastell::kube {
namespace {

using document::Member;
using document::Node;

bool has_pods_by_kind(const ApiResource& resource) {
  Arena arena;
  const SymbolTable symbols;
  const std::string api_version =
      std::string(resource.group) + (resource.group.empty() ? "" : "/") + std::string(resource.version);
  const std::array<Member, 2> members{
      {{symbols::apiVersion, Node::make_string(api_version)}, {symbols::kind, Node::make_string(resource.kind)}}};
  return !find_pods(make_object(arena, members, false), symbols, arena).empty();
}

// The same kinds as the pod view's table.
TEST(ApiResource, BuiltInKindsThatCarryPods) {
  for (const ApiResource& resource : built_in_resources()) {
    EXPECT_EQ(has_pods_by_kind(resource), resource.carries_pods) << resource.kind;
  }
}

// The tables and the rule of Kubernetes for plurals agree, so that the rule can be trusted where the tables end.
TEST(ApiResource, PluralsFollowTheRule) {
  for (const auto table : {built_in_resources(), custom_pod_resources()}) {
    for (const ApiResource& resource : table) EXPECT_EQ(guess_resource(resource.kind), resource.resource);
  }
  EXPECT_EQ(guess_resource("Gateway"), "gatewaies") << "as wrong as Kubernetes' own";
}

TEST(ApiResource, IsFoundByGroupAndKind) {
  EXPECT_EQ(find_resource("apps", "Deployment")->resource, "deployments");
  EXPECT_EQ(find_resource("", "Deployment"), nullptr);
  EXPECT_FALSE(find_resource("", "Node")->namespaced);
  EXPECT_NE(find_resource("argoproj.io", "Rollout"), nullptr);
  EXPECT_FALSE(is_built_in("argoproj.io", "Rollout"));
}

}  // namespace
}  // namespace kastell::kube

// What controls declare to read is all they read: with every other kind taken out of the world (and Secrets cut down to
// their metadata), each control says the same of what is left. The one that reads what Secrets hold passes none for it.

#include <gtest/gtest.h>

#include <algorithm>
#include <set>

#include "document/write.h"
#include "kube/api_resource.h"
#include "policy/resources_needed.h"
#include "policy/world.h"

namespace kastell::policy {
namespace {

using document::Item;
using document::Member;
using document::Node;

using Kinds = std::set<std::pair<std::string, std::string>>;  // group and kind

std::pair<std::string, std::string> kind_of(const Node& object) {
  const Node* version = object.find(symbols::apiVersion);
  const Node* kind = object.find(symbols::kind);
  const std::string text(version == nullptr ? "" : version->as_string());
  const std::size_t slash = text.find('/');
  return {slash == std::string::npos ? "" : text.substr(0, slash),
          std::string(kind == nullptr ? "" : kind->as_string())};
}

Kinds kinds_of(const std::vector<ResourceNeed>& needs) {
  Kinds kinds;
  for (const ResourceNeed& need : needs) kinds.emplace(need.group, need.kind);
  return kinds;
}

// Whether any of its kinds is one that an API server has; files of Kubernetes' programs are not.
bool asks_about_the_api(const Control& control) {
  return control.kinds.empty() || std::ranges::any_of(control.kinds, [](std::string_view name) {
           const std::size_t slash = name.find('/');
           const bool core = slash == std::string::npos;
           return !kube::is_file_kind(core ? "" : name.substr(0, slash), core ? name : name.substr(slash + 1));
         });
}

// Reads the data of Secrets in files; of a cluster's, which are metadata alone, it is not-evaluated.
constexpr std::string_view reads_secret_data = "secrets.bootstrap-token";

class ResourcesNeeded : public ::testing::Test {
 protected:
  std::vector<ResourceNeed> needs_of(const std::string& control) {
    return resources_needed(catalog_, {.controls = {control}}).value();
  }

  enum class Secrets : std::uint8_t { metadata_alone, whole };

  // The objects of `kinds`.
  Node reduced(const Node& objects, const Kinds& kinds, Secrets secrets, Arena& arena) {
    std::vector<Node> kept;
    for (const Node& object : objects.as_list()) {
      const auto kind = kind_of(object);
      const bool cut = kind.second == "Secret" && secrets == Secrets::metadata_alone;
      if (kinds.contains(kind)) kept.push_back(cut ? metadata_of(object, arena) : object);
    }
    return make_list(arena, kept);
  }

  static Node metadata_of(const Node& object, Arena& arena) {
    std::vector<Member> members;
    for (const Symbol key : {symbols::apiVersion, symbols::kind, symbols::metadata}) {
      if (const Node* value = object.find(key)) members.push_back({key, *value});
    }
    return make_object(arena, members, false);
  }

  // Everything that is said of built-in kinds. (Custom resources with pods are found by shape: no table has them all.)
  std::multiset<std::string> said(const Node& objects, const std::string& control, bool closed) {
    const auto world = testing::make_world(objects, symbols_, closed);
    const auto result = scan(world, catalog_, {.controls = {control}, .all_verdicts = true, .threads = 1}).value();
    std::multiset<std::string> lines;
    Describer describer(result);
    for (const Finding& finding : result.findings) {
      const FindingDetail& detail = describer.describe(finding);
      if (!kube::is_built_in(detail.object->group(), detail.object->kind)) continue;
      std::string line(name_of(finding.verdict));
      for (const std::string_view part :
           {detail.object->kind, detail.object->name_space, detail.object->name, detail.container,
            std::string_view(detail.field), std::string_view(detail.message), detail.reason}) {
        line.append(" | ").append(part);
      }
      lines.insert(std::move(line));
    }
    return lines;
  }

  bool says_the_same(const Node& objects, const std::string& control, const Kinds& kinds, bool closed) {
    Arena arena;
    const Secrets secrets = control == reads_secret_data ? Secrets::whole : Secrets::metadata_alone;
    return said(objects, control, closed) == said(reduced(objects, kinds, secrets, arena), control, closed);
  }

  // The objects of all examples.
  Node everything(Arena& arena) {
    std::vector<Node> all;
    for (const Control& control : catalog_.controls()) {
      if (testing::is_about_exceptions(control)) continue;
      for (const Example& example : control.examples)
        std::ranges::copy(example.objects.as_list(), std::back_inserter(all));
    }
    return make_list(arena, all);
  }

  std::shared_ptr<SymbolTable> symbols_ = std::make_shared<SymbolTable>();
  Catalog catalog_ = Catalog::embedded(symbols_).value();
};

TEST_F(ResourcesNeeded, NoExampleNeedsAnotherKind) {
  for (const Control& control : catalog_.controls()) {
    if (testing::is_about_exceptions(control) || control.scope == Scope::field) continue;  // fields of any kind
    const Kinds kinds = kinds_of(needs_of(std::string(control.id)));
    EXPECT_NE(kinds.empty(), asks_about_the_api(control)) << control.id;
    for (const Example& example : control.examples) {
      EXPECT_TRUE(says_the_same(example.objects, std::string(control.id), kinds, example.closed_world))
          << control.id << ", example «" << example.name
          << "»: reads a kind that it does not declare (catalog/joins.h)";
    }
  }
}

TEST_F(ResourcesNeeded, NothingElseCountsAmongEverything) {
  Arena arena;
  const Node all = everything(arena);
  for (const Control& control : catalog_.controls()) {
    if (testing::is_about_exceptions(control) || control.scope == Scope::field) continue;  // fields of any kind
    const Kinds kinds = kinds_of(needs_of(std::string(control.id)));
    for (const bool closed : {false, true})
      EXPECT_TRUE(says_the_same(all, std::string(control.id), kinds, closed)) << control.id;
  }
}

TEST_F(ResourcesNeeded, MetadataOfSecretsAloneNeverPasses) {
  const std::string control(reads_secret_data);
  Arena arena;
  const Node cut = reduced(everything(arena), {{"", "Secret"}}, Secrets::metadata_alone, arena);
  std::size_t not_evaluated = 0;
  for (const std::string& line : said(cut, control, true)) {
    EXPECT_TRUE(line.starts_with("not-")) << line;
    not_evaluated += line.starts_with("not-evaluated") ? 1 : 0;
  }
  EXPECT_GT(not_evaluated, 0U);
}

// The comparison is worth something: without a kind that a control joins, it says something else.
TEST_F(ResourcesNeeded, AnUndeclaredKindIsNoticed) {
  Arena arena;
  const Node all = everything(arena);
  const struct {
    std::string control, group, kind;
  } joined[] = {{"network.ingress-policy", "networking.k8s.io", "NetworkPolicy"},
                {"namespace.resource-quota", "", "ResourceQuota"},
                {"namespace.limit-range", "", "LimitRange"},
                {"service-account.token-mounted", "", "ServiceAccount"}};
  for (const auto& [control, group, kind] : joined) {
    Kinds kinds = kinds_of(needs_of(control));
    ASSERT_EQ(kinds.erase({group, kind}), 1U) << control;
    EXPECT_FALSE(says_the_same(all, control, kinds, true)) << control;
  }
}

TEST_F(ResourcesNeeded, EveryKindIsKnown) {
  const auto needs = resources_needed(catalog_, {}).value();
  for (const ResourceNeed& need : needs) {
    EXPECT_NE(kube::find_resource(need.group, need.kind), nullptr) << need.group << "/" << need.kind;
    EXPECT_FALSE(need.version.empty());
    EXPECT_TRUE(std::ranges::is_sorted(need.controls, {}, &Control::id)) << need.resource;
  }
}

TEST_F(ResourcesNeeded, OnlyWhatTheChosenControlsRead) {
  const auto needs = resources_needed(catalog_, {.controls = {"rbac.cluster-admin"}}).value();
  ASSERT_EQ(needs.size(), 2U);
  EXPECT_EQ(needs[0].resource, "clusterrolebindings");
  EXPECT_FALSE(needs[0].namespaced);
  EXPECT_EQ(needs[1].resource, "rolebindings");
  EXPECT_TRUE(needs[1].namespaced);
  EXPECT_EQ(needs[1].controls.size(), 1U);
  EXPECT_FALSE(resources_needed(catalog_, {.controls = {"rbac.cluster-admi"}}).has_value());
}

}  // namespace
}  // namespace kastell::policy

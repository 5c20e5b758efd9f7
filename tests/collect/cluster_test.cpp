#include "collect/cluster.h"

#include <gtest/gtest.h>

#include <map>

#include "document/write.h"
#include "support/fake_api_server.h"

namespace kastell::collect {
namespace {

using client::ApiReader;
using tests::FakeApiServer;
using tests::FakeReply;
using namespace std::chrono_literals;

const char* const discovery = R"({"kind":"APIGroupDiscoveryList","items":[
  {"metadata":{"name":"apps"},"versions":[{"version":"v1","resources":[
    {"resource":"deployments","responseKind":{"kind":"Deployment"},"scope":"Namespaced","verbs":["list"]}]}]},
  {"metadata":{"name":"empty.io"},"versions":[]}]})";
const char* const one_is_down = R"({"kind":"APIGroupDiscoveryList","items":[
  {"metadata":{"name":"down.io"},"versions":[{"version":"v1","freshness":"Stale"}]}]})";
const char* const core =
    R"({"kind":"APIGroupDiscoveryList","items":[{"metadata":{},"versions":[{"version":"v1","resources":[
    {"resource":"pods","responseKind":{"kind":"Pod"},"scope":"Namespaced","verbs":["list"]},
    {"resource":"nodes","responseKind":{"kind":"Node"},"scope":"Cluster","verbs":["list"]},
    {"resource":"namespaces","responseKind":{"kind":"Namespace"},"scope":"Cluster","verbs":["list"]},
    {"resource":"secrets","responseKind":{"kind":"Secret"},"scope":"Namespaced","verbs":["list"]},
    {"resource":"bindings","responseKind":{"kind":"Binding"},"scope":"Namespaced","verbs":["create"]}]}]}]})";

const std::string pods = "/api/v1/pods?limit=500";

std::string list_of(const std::string& kind, const std::string& items, const std::string& token = "") {
  return R"({"kind":")" + kind + R"(List","apiVersion":"v1","metadata":{"continue":")" + token + R"("},"items":[)" +
         items + "]}";
}
std::string named(const std::string& name) {
  return R"({"metadata":{"name":")" + name + R"(","managedFields":[{"manager":"x"}],"annotations":null}})";
}

// A server with these answers beside discovery; what is not among them is 404.
struct World {
  std::map<std::string, std::vector<FakeReply>> answers = {
      {"/api", {{.body = core}}},
      {"/apis", {{.body = discovery}}},
      {"/version", {{.body = R"({"major":"1","minor":"37","gitVersion":"v1.37.2"})"}}},
      {pods, {{.body = list_of("Pod", named("a") + "," + named("b"))}}},
  };
  std::mutex mutex;
  std::map<std::string, std::size_t> asked;
  FakeApiServer server{[this](const std::string& target) {
    const std::lock_guard lock(mutex);
    const auto at = answers.find(target);
    if (at == answers.end()) return FakeReply{.status = 404, .body = "404 page not found"};
    return at->second[std::min(asked[target]++, at->second.size() - 1)];
  }};

  Result<snapshot::Snapshot> collect(ClusterOptions options) {
    client::Access access;
    access.server = server.url();
    client::ReaderOptions patience{.first_pause = 1ms, .longest_pause = 2ms};
    patience.bounds = {.idle = 100ms, .whole = 1s};
    const auto reader = ApiReader::connect(access, this_machine(), patience);
    if (!reader) return std::unexpected(reader.error());
    return collect_cluster(**reader, options, std::make_shared<SymbolTable>());
  }
};

const WantedResource pod{"", "Pod", "pods", "v1"};

// "pods read", or what is said instead, then the names of the objects.
std::string summary(const Result<snapshot::Snapshot>& snapshot) {
  if (!snapshot) return snapshot.error().message;
  std::string text;
  for (const auto& entry : snapshot->coverage()) {
    text += entry.input + " " + std::string(name_of(entry.status)) + (entry.reason.empty() ? "" : ": " + entry.reason) +
            "\n";
  }
  for (const auto& object : snapshot->objects()) text += std::string(object.name) + " ";
  return text;
}

TEST(Cluster, ObjectsAreWholeButForWhatTheServerNotes) {
  World world;
  const auto snapshot = world.collect({.resources = {pod}});
  ASSERT_TRUE(snapshot) << snapshot.error().message;
  EXPECT_EQ(snapshot->world(), snapshot::World::closed);
  EXPECT_EQ(summary(snapshot), "pods read\na b ");
  ASSERT_EQ(snapshot->facts().size(), 1U);
  EXPECT_EQ(snapshot->facts()[0].name, "server.version");
  EXPECT_EQ(snapshot->facts()[0].value, "v1.37.2");
  std::string json;
  document::append_json(json, snapshot->object(0).root, snapshot->symbols());
  EXPECT_EQ(json, R"({"apiVersion":"v1","kind":"Pod","metadata":{"name":"a"}})");
}

// By its version, or by API groups that only the platform's own controllers bring.
TEST(Cluster, WhoRunsIt) {
  struct Case {
    const char* version;
    const char* group;
    std::string platform, evidence;
  };
  const std::vector<Case> cases = {
      {"v1.31.4-gke.1256000", "", "gke", "-gke."},
      {"v1.30.9-eks-8cce635", "", "eks", "-eks-"},
      {"v1.32.1+k3s1", "", "k3s", "+k3s"},
      {"v1.31.3+rke2r1", "", "rke2", "+rke2"},
      {"v1.28.8+vmware.1", "", "tanzu", "+vmware."},
      {"v1.27.7-mirantis-1", "", "mirantis", "-mirantis-"},
      {"v1.30.1-aliyun.1", "", "alibaba", "-aliyun."},
      {"v1.30.4+IKS", "", "iks", "+IKS"},
      {"v1.31.2", "aks.azure.com", "aks", "aks.azure.com"},
      {"v1.31.2", "networking.gke.io", "gke", "networking.gke.io"},
      {"v1.31.2", "vpcresources.k8s.aws", "eks", "vpcresources.k8s.aws"},
      {"v1.31.2", "doks.digitalocean.com", "doks", "doks.digitalocean.com"},
      {"v1.27.10+28ed2d7", "config.openshift.io", "openshift", "config.openshift.io"},
      {"v1.30.9-eks-8cce635", "config.openshift.io", "openshift", "config.openshift.io"},  // on somebody's cloud
      {"v1.37.2", "example.com", "", ""},
      {"v1.37.2", "", "", ""},
  };
  for (const Case& cluster : cases) {
    World world;
    world.answers["/version"] = {{.body = R"({"gitVersion":")" + std::string(cluster.version) + "\"}"}};
    world.answers["/apis"] = {
        {.body = R"({"kind":"APIGroupDiscoveryList","items":[{"metadata":{"name":")" + std::string(cluster.group) +
                 R"("},"versions":[{"version":"v1","resources":[{"resource":"xs","responseKind":{"kind":"X"}}]}]}]})"}};
    const auto snapshot = world.collect({});
    ASSERT_TRUE(snapshot);
    std::map<std::string, std::string> facts;
    for (const auto& fact : snapshot->facts()) facts[fact.name] = fact.value;
    EXPECT_EQ(facts["server.version"], cluster.version);
    EXPECT_EQ(facts["server.platform"], cluster.platform) << cluster.version << " " << cluster.group;
    EXPECT_EQ(facts["server.platform.evidence"], cluster.evidence) << cluster.version << " " << cluster.group;
  }
}

TEST(Cluster, WhatTheServerWarnsOf) {
  World world;
  const char* const headers = "Warning: 299 - \"v1 Pod is old\"\r\nWarning: 299 - \"another\"\r\n";
  world.answers[pods] = {{.body = list_of("Pod", named("a")), .headers = headers}};
  const auto snapshot = world.collect({.resources = {pod}});
  ASSERT_EQ(snapshot->facts().size(), 3U);
  EXPECT_EQ(snapshot->facts()[1].name, "server.warning.1");
  EXPECT_EQ(snapshot->facts()[1].value, "another");
  EXPECT_EQ(snapshot->facts()[2].value, "v1 Pod is old");
}

const char* const with_definitions = R"({"kind":"APIGroupDiscoveryList","items":[
  {"metadata":{"name":"apiextensions.k8s.io"},"versions":[{"version":"v1","resources":[
    {"resource":"customresourcedefinitions","responseKind":{"kind":"CustomResourceDefinition"},"scope":"Cluster",
     "verbs":["list"]}]}]},
  {"metadata":{"name":"x.io"},"versions":[{"version":"v2","resources":[
    {"resource":"rollers","responseKind":{"kind":"Roller"},"scope":"Namespaced","verbs":["list"]},
    {"resource":"plain","responseKind":{"kind":"Plain"},"scope":"Namespaced","verbs":["list"]}]}]}]})";

// A definition whose schema is `schema` of the version that is stored.
std::string definition(const std::string& plural, const std::string& kind, const std::string& schema) {
  return R"({"metadata":{"name":")" + plural +
         R"(.x.io"},"spec":{"group":"x.io","scope":"Namespaced","names":{"plural":")" + plural + R"(","kind":")" +
         kind + R"("},"versions":[{"name":"v1","schema":{"openAPIV3Schema":{}}},)" +
         R"({"name":"v2","storage":true,"schema":{"openAPIV3Schema":)" + schema + "}}]}}";
}

TEST(Cluster, CustomResourcesThatCarryPodsAreFoundByTheirDefinitions) {
  const std::string pods_inside =
      R"({"properties":{"spec":{"properties":{"groups":{"items":{"properties":{"template":{"properties":{"spec":)"
      R"({"properties":{"containers":{"items":{"properties":{"image":{"type":"string"}}}}}}}}}}}}}}})";
  const std::string none = R"({"properties":{"spec":{"properties":{"containers":{"type":"integer"}}}}})";
  const std::string list = "/apis/apiextensions.k8s.io/v1/customresourcedefinitions?limit=500";
  World world;
  world.answers["/apis"] = {{.body = with_definitions}};
  world.answers[list] = {{.body = list_of("CustomResourceDefinition", definition("rollers", "Roller", pods_inside) +
                                                                          "," + definition("plain", "Plain", none))}};
  world.answers["/apis/x.io/v2/rollers?limit=500"] = {{.body = list_of("Roller", named("r"))}};
  const WantedResource definitions{"apiextensions.k8s.io", "CustomResourceDefinition", "customresourcedefinitions",
                                   "v1", false};
  EXPECT_EQ(summary(world.collect({.resources = {pod, definitions}})),
            "pods read\ncustomresourcedefinitions.apiextensions.k8s.io read\nrollers.x.io read\na b r ");
  world.answers[list] = {{.status = 403, .body = R"({"kind":"Status","message":"no"})"}};
  EXPECT_NE(summary(world.collect({.resources = {definitions}})).find("unreadable"), std::string::npos);
}

TEST(Cluster, WhatTheServerDoesNotHave) {
  World world;
  EXPECT_EQ(summary(world.collect({.resources = {{"batch", "Job", "jobs"}}})),
            "jobs.batch absent: the server has no such API\n");
  EXPECT_EQ(summary(world.collect({.resources = {{"", "Binding", "bindings"}}})),
            "bindings unreadable: the server serves it, but cannot list it\n");
  world.answers["/apis"] = {{.body = one_is_down}};
  EXPECT_EQ(summary(world.collect({.resources = {{"down.io", "Thing", "things"}}})),
            "things.down.io unreadable: down.io/v1: the server behind this API does not answer\n")
      << "a server that is down is not an API that is absent";
  EXPECT_EQ(summary(world.collect({.resources = {pod}})),
            "pods read\ndown.io/v1 skipped: the server behind this API does not answer; no control reads it\na b ")
      << "nothing rests on it, and it is dark all the same";
}

TEST(Cluster, EmptyListIsRead) {
  World world;
  world.answers[pods] = {{.body = list_of("Pod", "")}};
  EXPECT_EQ(summary(world.collect({.resources = {pod}})), "pods read\n");
}

TEST(Cluster, SecretsComeWithoutTheirValues) {
  World world;
  world.answers["/api/v1/secrets?limit=500"] = {
      {.body = list_of("PartialObjectMetadata",
                       R"({"kind":"PartialObjectMetadata","apiVersion":"meta.k8s.io/v1",)" + named("s").substr(1))}};
  const auto snapshot = world.collect({.resources = {{"", "Secret", "secrets", "v1", true, true}}});
  EXPECT_EQ(summary(snapshot), "secrets read\ns ");
  EXPECT_EQ(snapshot->object(0).kind, "Secret");
}

TEST(Cluster, OneNamespace) {
  World world;
  world.answers["/api/v1/namespaces/shop/pods?limit=500"] = {{.body = list_of("Pod", named("x"))}};
  world.answers["/api/v1/nodes?limit=500"] = {{.body = list_of("Node", named("n"))}};
  world.answers["/api/v1/namespaces?fieldSelector=metadata.name%3Dshop&limit=500"] = {
      {.body = list_of("Namespace", named("shop"))}};
  const std::string others = " skipped: other namespaces than shop (--namespace)\n";
  EXPECT_EQ(summary(world.collect(
                {.resources = {pod, {"", "Node", "nodes", "v1", false}, {"", "Namespace", "namespaces", "v1", false}},
                 .namespaces = {"shop"}})),
            "pods read\npods" + others + "nodes read\nnamespaces read\nnamespaces" + others + "x n shop ");
}

// Named twice, its objects counted twice.
TEST(Cluster, TheSameNamespaceTwice) {
  World world;
  world.answers["/api/v1/namespaces/shop/pods?limit=500"] = {{.body = list_of("Pod", named("x"))}};
  EXPECT_EQ(summary(world.collect({.resources = {pod}, .namespaces = {"shop", "shop"}})),
            "pods read\npods skipped: other namespaces than shop (--namespace)\nx ");
}

// A server lists nothing of a namespace that it does not have: a misspelt name passed everything.
TEST(Cluster, ANamespaceThatIsNotThere) {
  World world;
  const std::string one = "/api/v1/namespaces?fieldSelector=metadata.name%3D";
  world.answers[one + "shop&limit=500"] = {{.body = list_of("Namespace", named("shop"))}};
  world.answers[one + "shp&limit=500"] = {{.body = list_of("Namespace", "")}};
  const auto snapshot =
      world.collect({.resources = {{"", "Namespace", "namespaces", "v1", false}}, .namespaces = {"shop", "shp"}});
  EXPECT_EQ(summary(snapshot),
            "namespaces read\nnamespaces skipped: other namespaces than shop, shp (--namespace)\n"
            "namespaces partial: the cluster has no namespace shp (--namespace)\nshop ");
  EXPECT_FALSE(snapshot->is_complete());
}

TEST(Cluster, WithoutANamespace) {
  World world;
  world.answers["/api/v1/pods?fieldSelector=metadata.namespace%21%3Da%2Cmetadata.namespace%21%3Db&limit=500"] = {
      {.body = list_of("Pod", named("x"))}};
  EXPECT_EQ(summary(world.collect({.resources = {pod}, .exclude_namespaces = {"a", "b"}})),
            "pods read\npods skipped: namespaces a, b (--exclude-namespace)\nx ");
}

const char* const two_namespaces =
    R"({"metadata":{"name":"x","namespace":"many-7"}},{"metadata":{"name":"y","namespace":"shop"}})";

// 5,000 namespaces make no request line of 150 KB: they are dropped on arrival.
TEST(Cluster, WithoutVeryManyNamespaces) {
  std::vector<std::string> many;
  for (int i = 0; i < 5000; ++i) many.push_back("many-" + std::to_string(i));
  World world;
  world.answers[pods] = {{.body = list_of("Pod", two_namespaces)}};
  world.answers["/api/v1/namespaces?limit=500"] = {
      {.body = list_of("Namespace", named("many-4999") + "," + named("shop"))}};
  const auto snapshot = world.collect(
      {.resources = {pod, {"", "Namespace", "namespaces", "v1", false}}, .exclude_namespaces = std::move(many)});
  const std::string text = summary(snapshot);
  EXPECT_TRUE(text.ends_with("\ny shop ")) << text;
  EXPECT_NE(text.find("many-19 and 4980 more (--exclude-namespace)"), std::string::npos) << text;
}

TEST(Cluster, FiveThousandNamespaces) {
  World world;
  const std::string target = "/api/v1/namespaces?limit=500";
  const WantedResource namespaces{"", "Namespace", "namespaces", "v1", false};
  for (int page = 0; page < 10; ++page) {
    std::string items;
    for (int i = 0; i < 500; ++i) items += (i == 0 ? "" : ",") + named("n" + std::to_string(page * 500 + i));
    const std::string at = page == 0 ? target : target + "&continue=" + std::to_string(page);
    world.answers[at] = {{.body = list_of("Namespace", items, page < 9 ? std::to_string(page + 1) : "")}};
  }
  const auto snapshot = world.collect({.resources = {namespaces}});
  ASSERT_TRUE(snapshot);
  EXPECT_EQ(snapshot->objects().size(), 5000U);
  EXPECT_EQ(world.server.requests().size(), 13U) << "10 pages, discovery, version";
}

// Annotations may hold 256 KiB an object: a page of 500 such is 128 MiB at most.
TEST(Cluster, HugeAnnotations) {
  World world;
  const std::string huge(std::size_t{256} << 10, 'x');
  const std::string item = R"({"metadata":{"name":"a","annotations":{"k":")" + huge + "\"}}}";
  world.answers[pods] = {{.body = list_of("Pod", item + "," + item)}};
  const auto snapshot = world.collect({.resources = {pod}});
  EXPECT_EQ(summary(snapshot), "pods read\na a ");
}

TEST(Cluster, ManyListsInOrderAndEachOnce) {
  World world;
  std::vector<WantedResource> wanted;
  const std::vector<std::pair<std::string, std::string>> kinds = {
      {"pods", "Pod"}, {"nodes", "Node"}, {"namespaces", "Namespace"}, {"secrets", "Secret"}};
  for (const auto& [name, kind] : kinds) {
    wanted.push_back({"", kind, name, "v1", false});
    world.answers["/api/v1/" + name + "?limit=500"] = {{.body = list_of(kind, named(name))}};
  }
  std::size_t told = 0;
  const auto snapshot = world.collect(
      {.resources = wanted, .progress = [&told](std::size_t, std::size_t, std::size_t objects) { told = objects; }});
  EXPECT_EQ(summary(snapshot), "pods read\nnodes read\nnamespaces read\nsecrets read\npods nodes namespaces secrets ");
  EXPECT_EQ(told, 4U);
  for (const auto& [target, times] : world.asked) EXPECT_EQ(times, 1U) << target;
}

// The table of all faults, through a whole scan: tests/cli/cluster_faults/faults.yaml.
TEST(ClusterFaults, ExpiredContinueToken) {
  const std::string expired = R"({"kind":"Status","reason":"Expired","message":"too old"})";
  World world;
  world.answers[pods] = {{.body = list_of("Pod", named("a"), "t")},
                         {.body = list_of("Pod", named("a") + "," + named("b"), "u")}};
  world.answers[pods + "&continue=t"] = {{.status = 410, .body = expired}};
  world.answers[pods + "&continue=u"] = {{.body = list_of("Pod", named("c"))}};
  EXPECT_EQ(summary(world.collect({.resources = {pod}})), "pods read\na b c ") << "nothing twice, nothing missing";
}

TEST(ClusterFaults, HalfAListIsNone) {
  World world;
  world.answers[pods] = {{.body = list_of("Pod", named("a"), "t")}};
  world.answers[pods + "&continue=t"] = {{.status = 403, .body = "no"}};
  EXPECT_NE(summary(world.collect({.resources = {pod}})).find("pods unreadable: GET "), std::string::npos);
  EXPECT_TRUE(world.collect({.resources = {pod}})->objects().empty());
}

TEST(ClusterFaults, WithoutDiscoveryThereIsNoSnapshot) {
  World world;
  world.answers["/apis"] = {{.status = 403, .body = "no"}};
  EXPECT_NE(summary(world.collect({.resources = {pod}})).find("/apis: HTTP 403, not allowed: no"), std::string::npos);
}

}  // namespace
}  // namespace kastell::collect

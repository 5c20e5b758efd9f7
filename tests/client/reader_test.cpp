#include "kube/client/reader.h"

#include <gtest/gtest.h>

#include "client/fake_machine.h"
#include "client/fake_transport.h"
#include "kube/client/discovery.h"
#include "kube/client/list.h"

namespace kastell::client {
namespace {

using tests::FakeAnswer;
using tests::FakeMachine;
using tests::FakeTransport;
using namespace std::chrono_literals;

// A reader over answers by heart.
struct World {
  FakeMachine machine;
  FakeTransport* transport;
  std::unique_ptr<ApiReader> reader;

  explicit World(const ReaderOptions& options = {}, Access access = {}) {
    access.server = "https://a";
    auto owned = std::make_unique<FakeTransport>();
    transport = owned.get();
    reader =
        std::make_unique<ApiReader>(std::move(owned), Credentials(access, machine), access.server, machine, options);
  }
  void answer(const std::string& target, std::deque<FakeAnswer> answers) {
    transport->answers[target] = std::move(answers);
  }
  std::string get(const std::string& target) {
    const auto response = reader->get(target, accept::json);
    return response ? std::string(response->body.text()) : response.error().error.message;
  }
};

std::string status(const char* reason, const char* message) {
  return std::string(R"({"kind":"Status","reason":")") + reason + R"(","message":")" + message + R"("})";
}

TEST(ApiReader, PatienceWithA429) {
  World world;
  world.answer("/x", {{429, "slow down", {{"retry-after", "7"}}}, {200, "ok"}});
  EXPECT_EQ(world.get("/x"), "ok");
  EXPECT_EQ(world.machine.slept, (std::vector<std::chrono::milliseconds>{7s}));
  EXPECT_EQ(world.reader->counts().throttled, 1U);
}

TEST(ApiReader, PatienceEnds) {
  World world;
  world.answer("/x", {{429, "", {{"retry-after", "3600"}}}});
  EXPECT_EQ(world.get("/x"), "GET https://a/x: HTTP 429, too many requests");
  EXPECT_EQ(world.transport->times_asked("/x"), 1U);
}

TEST(ApiReader, BackOffDoubles) {
  World world;
  world.answer("/x", {{503, status("ServiceUnavailable", "not ready")}});
  EXPECT_EQ(world.get("/x"), "GET https://a/x: HTTP 503, the server is not ready: not ready");
  EXPECT_EQ(world.machine.slept, (std::vector<std::chrono::milliseconds>{800ms, 1600ms, 3200ms, 6400ms}));
}

TEST(ApiReader, BrokenConnectionIsMadeAnew) {
  World world;
  world.answer("/x", {{0}, {200, "ok"}});
  EXPECT_EQ(world.get("/x"), "ok");
  EXPECT_FALSE(world.transport->requests[0].fresh_connection);
  EXPECT_TRUE(world.transport->requests[1].fresh_connection);
}

TEST(ApiReader, ForbiddenIsFinal) {
  World world;
  world.answer("/x", {{403, status("Forbidden", "pods is forbidden")}});
  EXPECT_EQ(world.get("/x"), "GET https://a/x: HTTP 403, not allowed: pods is forbidden");
  EXPECT_EQ(world.transport->times_asked("/x"), 1U);
}

TEST(ApiReader, RedirectsAreNotFollowed) {
  World world;
  world.answer("/x", {{302, "", {{"location", "https://evil"}}}});
  EXPECT_EQ(world.get("/x"), "GET https://a/x: HTTP 302, a redirect, which is not followed");
}

TEST(ApiReader, RenewsOnceAfterA401AndNeverShowsTheToken) {
  Access access;
  access.user.token_file = "/token";
  World world({}, access);
  world.machine.tree.add_file("/token", "geheim");
  world.answer("/x", {{401, status("Unauthorized", "no")}});
  const std::string message = world.get("/x");
  EXPECT_NE(
      message.find(
          "HTTP 401, the server does not accept who we are (an expired or wrong token or certificate: log in again"),
      std::string::npos);
  EXPECT_EQ(message.find("geheim"), std::string::npos);
  EXPECT_EQ(world.transport->times_asked("/x"), 2U);
  EXPECT_EQ(world.transport->requests.back().authorization.reveal(), "Bearer geheim");
}

TEST(ApiReader, KeepsItsRate) {
  World world({.qps = 10, .burst = 2});
  world.answer("/x", {{200, "ok"}});
  for (int i = 0; i < 5; ++i) world.get("/x");
  std::chrono::milliseconds waited{0};
  for (const auto pause : world.machine.slept) waited += pause;
  EXPECT_EQ(world.machine.slept.size(), 3U);
  EXPECT_NEAR(static_cast<double>(waited.count()), 300, 5);
}

TEST(ApiReader, WarningsAreKeptOnce) {
  World world;
  world.answer("/x", {{200, "ok", {{"warning", R"(299 - "v1beta1 is \"deprecated\"")"}, {"warning", "garbage"}}}});
  world.get("/x");
  world.get("/x");
  EXPECT_EQ(world.reader->warnings(), (std::vector<std::string>{R"(v1beta1 is "deprecated")"}));
}

// Counts what a list gives, and how often it began.
struct Names final : ListConsumer {
  std::vector<std::string> names;
  int begun = 0;

  explicit Names(SymbolTable& table) : symbols(table) {}
  void begin() override {
    ++begun;
    names.clear();
  }
  void page(document::DocumentStream page) override {
    const document::Node* items = page.documents.front().root.find(symbols::items);
    for (const document::Node& item : items->as_list()) {
      names.emplace_back(item.find(symbols::metadata)->find(symbols::name)->as_string());
    }
  }
  SymbolTable& symbols;
};

std::string page(const std::string& names, const std::string& token) {
  std::string items;
  for (const char name : names) {
    items += (items.empty() ? "" : ",") + std::string(R"({"metadata":{"name":")") + name + "\"}}";
  }
  return R"({"kind":"PodList","apiVersion":"v1","metadata":{"resourceVersion":"9","continue":")" + token +
         R"("},"items":[)" + items + "]}";
}

struct ListWorld : World {
  SymbolTable symbols;
  Names names{symbols};

  std::string list(bool only_metadata = false) {
    const auto end = client::list(*reader, {.path = "/api/v1/pods", .only_metadata = only_metadata}, symbols, names);
    if (!end) return end.error().error.message;
    std::string text;
    for (const auto& name : names.names) text += name;
    return text;
  }
};

const std::string first = "/api/v1/pods?limit=500";

TEST(List, PageByPage) {
  ListWorld world;
  world.answer(first, {{200, page("ab", "t/1=")}});
  world.answer(first + "&continue=t%2F1%3D", {{200, page("c", "")}});
  EXPECT_EQ(world.list(), "abc");
}

TEST(List, EmptyListOfClientGo) {
  ListWorld world;
  world.answer(first, {{200, R"({"kind":"PodList","apiVersion":"v1","metadata":{},"items":null})"}});
  EXPECT_EQ(world.list(), "");
}

TEST(List, ExpiredTokenStartsTheListOver) {
  ListWorld world;
  world.answer(first, {{200, page("ab", "old")}, {200, page("abx", "new")}});
  world.answer(first + "&continue=old", {{410, status("Expired", "too old")}});
  world.answer(first + "&continue=new", {{200, page("c", "")}});
  EXPECT_EQ(world.list(), "abxc");
  EXPECT_EQ(world.names.begun, 2);
}

TEST(List, TokensThatAlwaysExpireEndInOneResponse) {
  ListWorld world;
  world.answer(first, {{200, page("ab", "old")}});
  world.answer(first + "&continue=old", {{410, status("Expired", "too old")}});
  world.answer("/api/v1/pods", {{200, page("abc", "")}});
  EXPECT_EQ(world.list(), "abc");
}

TEST(List, TruncatedJsonIsAskedForAgain) {
  ListWorld world;
  world.answer(first, {{200, page("ab", "").substr(0, 90)}, {200, page("ab", "")}});
  EXPECT_EQ(world.list(), "ab");
}

TEST(List, WhatIsNoListIsAnError) {
  for (const std::string& body : std::vector<std::string>{
           page("ab", "").substr(0, 90), std::string("<html>"), std::string("{}"), std::string(""),
           std::string(R"({"kind":"Status","status":"Success"})"), std::string(R"({"kind":"PodList"})")}) {
    ListWorld world;
    world.answer(first, {{200, body}});
    EXPECT_NE(world.list().find("GET https://a" + first + ": the response is "), std::string::npos) << body;
  }
}

TEST(List, FailureInTheMiddleIsNoShortList) {
  ListWorld world;
  world.answer(first, {{200, page("ab", "t")}});
  world.answer(first + "&continue=t", {{500, "boom"}});
  EXPECT_EQ(world.list(), "GET https://a" + first + "&continue=t: HTTP 500: boom");
}

TEST(List, SecretsAsMetadata) {
  ListWorld world;
  world.answer(first, {{200, page("a", "")}});
  world.list(true);
  EXPECT_EQ(world.transport->requests.front().headers.front().value,
            "application/json;as=PartialObjectMetadataList;g=meta.k8s.io;v=v1");
}

TEST(Discovery, Aggregated) {
  World world;
  world.answer("/api", {{200, R"({"kind":"APIGroupDiscoveryList","items":[{"metadata":{},"versions":[{"version":"v1",
    "freshness":"Current","resources":[{"resource":"pods","responseKind":{"kind":"Pod"},"scope":"Namespaced",
    "verbs":["get","list"]}]}]}]})"}});
  world.answer("/apis", {{200, R"({"kind":"APIGroupDiscoveryList","items":[
    {"metadata":{"name":"metrics.k8s.io"},"versions":[{"version":"v1beta1","freshness":"Stale"}]},
    {"metadata":{"name":"batch"},"versions":[
      {"version":"v1","resources":[{"resource":"jobs","responseKind":{"kind":"Job"},"scope":"Namespaced","verbs":["list"]}]},
      {"version":"v1beta1","resources":[{"resource":"jobs","responseKind":{"kind":"Job"},"scope":"Namespaced","verbs":[]}]}]}
    ]})"}});
  const auto found = discover(*world.reader);
  ASSERT_TRUE(found);
  EXPECT_TRUE(found->aggregated);
  EXPECT_EQ(found->of_kind("", "Pod")->path("a b"), "/api/v1/namespaces/a%20b/pods");
  EXPECT_EQ(found->of_kind("batch", "Job")->path(), "/apis/batch/v1/jobs") << "the preferred version";
  EXPECT_TRUE(found->named("batch", "jobs")->can_list);
  EXPECT_EQ(found->of_kind("apps", "Deployment"), nullptr);
  ASSERT_EQ(found->gaps.size(), 1U);
  EXPECT_EQ(found->gaps[0].group_version, "metrics.k8s.io/v1beta1");
}

TEST(Discovery, GroupByGroupWhereItIsNotAggregated) {
  World world;
  world.answer("/api", {{406, ""}, {200, R"({"kind":"APIVersions","versions":["v1"]})"}});
  world.answer("/api/v1", {{200, R"({"kind":"APIResourceList","resources":[
    {"name":"pods","kind":"Pod","namespaced":true,"verbs":["list"]},{"name":"pods/log","kind":"Pod","verbs":["get"]}]})"}});
  world.answer("/apis", {{200, R"({"kind":"APIGroupList","groups":[
    {"name":"apps","versions":[{"version":"v1beta1"},{"version":"v1"}],"preferredVersion":{"version":"v1"}},
    {"name":"broken.io","versions":[{"version":"v1"}]}]})"}});
  const std::string deployments =
      R"({"resources":[{"name":"deployments","kind":"Deployment","namespaced":true,"verbs":["list"]}]})";
  world.answer("/apis/apps/v1", {{200, deployments}});
  world.answer("/apis/apps/v1beta1", {{200, deployments}});
  world.answer("/apis/broken.io/v1", {{503, "down"}});
  const auto found = discover(*world.reader);
  ASSERT_TRUE(found) << found.error().error.message;
  EXPECT_FALSE(found->aggregated);
  EXPECT_EQ(found->resources.size(), 3U) << "without the subresource";
  EXPECT_EQ(found->of_kind("apps", "Deployment")->version, "v1");
  ASSERT_EQ(found->gaps.size(), 1U);
  EXPECT_EQ(found->gaps[0].group_version, "broken.io/v1");
}

TEST(Discovery, Version) {
  World world;
  world.answer("/version", {{200, R"({"major":"1","minor":"27+","gitVersion":"v1.27.3-eks-a5565ad"})"}});
  const auto version = server_version(*world.reader);
  ASSERT_TRUE(version);
  EXPECT_EQ(version->minor, 27);
  EXPECT_EQ(version->text, "v1.27.3-eks-a5565ad");
}

}  // namespace
}  // namespace kastell::client

// Faults of an API server through a whole scan: survived, or told, and then nothing passes that did not pass before.

#include <gtest/gtest.h>

#include <algorithm>
#include <fstream>
#include <map>
#include <set>
#include <sstream>

#include "collect/cluster.h"
#include "document/write.h"
#include "kube/client/reader.h"
#include "policy/resources_needed.h"
#include "policy/scan.h"
#include "report/report.h"
#include "support/fake_api_server.h"

namespace kastell {
namespace {

using document::Node;
using tests::FakeReply;
using namespace std::chrono_literals;

const std::string folder = KASTELL_SOURCE_DIR "/tests/cli/cluster_faults/";

document::DocumentStream read_file(const std::string& name, SymbolTable& symbols) {
  std::stringstream text;
  text << std::ifstream(folder + name).rdbuf();
  auto stream = document::parse(std::make_shared<document::Source>(name, text.str()), symbols);
  for (const Error& error : stream.errors) ADD_FAILURE() << to_string(error);
  return stream;
}

// One resource of the cluster: how it is asked for, and what the server has of it.
struct Served {
  policy::ResourceNeed need;
  std::string items;  // JSON, without the brackets

  std::string path() const {
    return (need.group.empty() ? "/api/" : "/apis/" + need.group + "/") + version() + "/" + need.resource;
  }
  std::string version() const { return need.version.empty() ? "v1" : need.version; }
  std::string list(const std::string& token) const {
    return R"({"kind":")" + need.kind + R"(List","metadata":{"continue":)" + token + R"(},"items":[)" + items + "]}";
  }
};

class ClusterFaultsTest : public ::testing::Test {
 protected:
  void SetUp() override {
    const auto needs = policy::resources_needed(catalog_, scan_).value();
    for (const auto& need : needs) {
      if (!need.custom) served_.push_back({need, items_of(need)});
    }
  }

  const Node* find(const Node& object, std::string_view key) { return object.find(symbols_->intern(key)); }
  std::string text_of(const Node& object, std::string_view key, std::string otherwise = "") {
    const Node* value = find(object, key);
    return value == nullptr ? std::move(otherwise) : std::string(value->as_string());
  }

  std::string items_of(const policy::ResourceNeed& need) {
    std::string items;
    for (const auto& object : world_.documents) {
      if (text_of(object.root, "kind") != need.kind) continue;
      if (!items.empty()) items += ",";
      document::append_json(items, object.root, *symbols_);
    }
    return items;
  }

  std::string discovery(bool core) {
    std::string groups;
    for (const Served& one : served_) {
      if (one.need.group.empty() != core) continue;
      groups += std::string(groups.empty() ? "" : ",") + R"({"metadata":{"name":")" + one.need.group +
                R"("},"versions":[{"version":")" + one.version() + R"(","resources":[{"resource":")" +
                one.need.resource + R"(","responseKind":{"kind":")" + one.need.kind + R"("},"scope":")" +
                (one.need.namespaced ? "Namespaced" : "Cluster") + R"(","verbs":["list"]}]}]})";
    }
    return R"({"kind":"APIGroupDiscoveryList","items":[)" + groups + "]}";
  }

  FakeReply reply_of(const Node& row, const Served& resource) {
    const std::map<std::string, FakeReply::Fault> faults = {{"", FakeReply::Fault::none},
                                                            {"silence", FakeReply::Fault::silence},
                                                            {"stop", FakeReply::Fault::stop},
                                                            {"cut", FakeReply::Fault::cut},
                                                            {"drip", FakeReply::Fault::drip}};
    FakeReply reply;
    if (const Node* status = find(row, "status")) reply.status = static_cast<int>(status->integer);
    reply.headers = text_of(row, "headers");
    reply.body = text_of(row, "body", resource.list(text_of(row, "continue", "\"\"")));
    if (const auto at = reply.body.find("KIND"); at != std::string::npos) reply.body.replace(at, 4, resource.need.kind);
    if (const Node* first = find(row, "first")) reply.body.resize(static_cast<std::size_t>(first->integer));
    reply.fault = faults.at(text_of(row, "fault"));
    return reply;
  }

  // The list of `resource` is answered as the row says, everything else as it should be.
  std::map<std::string, std::vector<FakeReply>> answers(const Node* row, const Served* resource) {
    std::map<std::string, std::vector<FakeReply>> all = {
        {"/api", {{.body = discovery(true)}}},
        {"/apis", {{.body = discovery(false)}}},
        {"/version", {{.body = R"({"major":"1","minor":"37","gitVersion":"v1.37.2"})"}}}};
    for (const Served& one : served_) {
      for (const char* const query : {"?limit=500", ""}) all[one.path() + query] = {{.body = one.list("\"\"")}};
    }
    if (row == nullptr) return all;
    const auto put = [&](const std::string& target, std::string_view key) {
      const Node* replies = find(*row, key);
      if (replies == nullptr) return;
      all[target].clear();
      for (const Node& reply : replies->as_list()) all[target].push_back(reply_of(reply, *resource));
    };
    put(resource->path() + "?limit=500", "replies");
    put(resource->path() + "?limit=500&continue=t", "next");
    return all;
  }

  snapshot::Snapshot collect(const std::map<std::string, std::vector<FakeReply>>& answers) {
    std::mutex mutex;
    std::map<std::string, std::size_t> asked;
    tests::FakeApiServer server{[&](const std::string& target) {
      const std::lock_guard lock(mutex);
      const auto at = answers.find(target);
      if (at == answers.end()) return FakeReply{.status = 404, .body = "404 page not found"};
      return at->second[std::min(asked[target]++, at->second.size() - 1)];
    }};
    client::Access access;
    access.server = server.url();
    client::ReaderOptions patience{.first_pause = 1ms, .longest_pause = 2ms};
    patience.bounds = {.idle = 150ms, .whole = 1500ms};
    const auto reader = client::ApiReader::connect(access, this_machine(), patience).value();
    collect::ClusterOptions options;
    for (const Served& one : served_) {
      options.resources.push_back({one.need.group, one.need.kind, one.need.resource, one.need.version,
                                   one.need.namespaced, one.need.metadata_only});
    }
    return collect::collect_cluster(*reader, options, symbols_).value();
  }

  // "control kind/namespace/name field" of each pass.
  std::set<std::string> passes(const policy::ScanResult& result) {
    std::set<std::string> found;
    for (const policy::Finding& finding : result.findings) {
      if (finding.verdict != policy::Verdict::pass) continue;
      const snapshot::Object& object = result.object_of(finding);
      found.insert(std::string(result.controls[finding.control]->id) + " " + std::string(object.kind) + "/" +
                   std::string(object.name_space) + "/" + std::string(object.name));
    }
    return found;
  }

  std::string report(const policy::ScanResult& result) {
    std::string text;
    report::write(report::Format::json, result, {.all_verdicts = true}, [&](std::string_view block) { text += block; });
    return text;
  }

  std::string said_of(const snapshot::Snapshot& snapshot, const Served& resource) {
    for (const auto& entry : snapshot.coverage()) {
      if (entry.input.starts_with(resource.need.resource)) return entry.reason;
    }
    return "nothing";
  }

  void check(const Node& row, const Served& resource, const policy::ScanResult& whole) {
    const auto snapshot = collect(answers(&row, &resource));
    const auto result = policy::scan(snapshot, catalog_, scan_).value();
    const std::string says = text_of(row, "says");
    if (says.empty()) {
      EXPECT_EQ(report(result), report(whole));
      return;
    }
    EXPECT_NE(said_of(snapshot, resource).find(says), std::string::npos) << said_of(snapshot, resource);
    EXPECT_FALSE(snapshot.is_complete());
    EXPECT_EQ(policy::exit_code(result, policy::Severity::critical, false), 3);
    const auto before = passes(whole);
    for (const std::string& pass : passes(result)) EXPECT_TRUE(before.contains(pass)) << pass;
  }

  const Served& served(std::string_view resource) const {
    return *std::ranges::find(served_, resource,
                              [](const Served& one) -> std::string_view { return one.need.resource; });
  }

  std::shared_ptr<SymbolTable> symbols_ = std::make_shared<SymbolTable>();
  policy::Catalog catalog_ = policy::Catalog::embedded(symbols_).value();
  policy::ScanOptions scan_{.all_verdicts = true, .threads = 1};
  document::DocumentStream world_ = read_file("world.yaml", *symbols_);
  document::DocumentStream faults_ = read_file("faults.yaml", *symbols_);
  std::vector<Served> served_;
};

TEST_F(ClusterFaultsTest, SurvivedOrToldAndNothingPassesForIt) {
  const auto snapshot = collect(answers(nullptr, nullptr));
  ASSERT_TRUE(snapshot.is_complete());
  const auto whole = policy::scan(snapshot, catalog_, scan_).value();
  EXPECT_GT(passes(whole).size(), 100U);
  EXPECT_GT(policy::exit_code(whole, policy::Severity::critical, false), 0);
  for (const auto& row : faults_.documents) {
    // Time out once: it takes long, and is the same for all.
    const bool is_slow = find(find(row.root, "replies")->as_list().front(), "fault") != nullptr;
    for (const char* const resource : {"pods", "networkpolicies", "clusterrolebindings"}) {
      if (is_slow && std::string_view(resource) != "networkpolicies") continue;
      SCOPED_TRACE(text_of(row.root, "name") + ", " + resource);
      check(row.root, served(resource), whole);
    }
  }
}

// No resource is so harmless that its loss may pass for its absence.
TEST_F(ClusterFaultsTest, NoResourceIsPassedOver) {
  const auto snapshot = collect(answers(nullptr, nullptr));
  const auto whole = policy::scan(snapshot, catalog_, scan_).value();
  for (const Served& one : served_) {
    SCOPED_TRACE(one.need.resource);
    check(faults_.documents.front().root, one, whole);
  }
}

}  // namespace
}  // namespace kastell

#include "kube/client/watch.h"

#include <gtest/gtest.h>

#include "client/fake_machine.h"
#include "client/fake_transport.h"

namespace kastell::client {
namespace {

using tests::FakeAnswer;
using tests::FakeMachine;
using tests::FakeTransport;
using namespace std::chrono_literals;

const std::string watch = "/pods?watch=true&allowWatchBookmarks=true&timeoutSeconds=300";
const std::string watch_list = watch + "&sendInitialEvents=true&resourceVersionMatch=NotOlderThan";

std::string object(const std::string& name, const std::string& version, const std::string& more = "") {
  return R"({"metadata":{"name":")" + name + R"(","resourceVersion":")" + version + "\"" + more + "}}";
}
std::string event(const std::string& type, const std::string& name, const std::string& version) {
  return R"({"type":")" + type + R"(","object":)" + object(name, version) + "}\n";
}
std::string initial_end(const std::string& version) {
  return R"({"type":"BOOKMARK","object":)" +
         object("", version, R"(,"annotations":{"k8s.io/initial-events-end":"true"})") + "}\n";
}
const std::string expired =
    R"({"type":"ERROR","object":{"kind":"Status","code":410,"reason":"Expired","message":"old"}})"
    "\n";

// Writes down what it is told: "(" begins a list, ")" ends it, "+a ~a -a" are events, "!410" is trouble.
struct Diary final : Observer {
  std::string text;
  std::size_t enough;

  Diary(SymbolTable&, std::size_t events) : enough(events) {}
  void begin() override { text += "("; }
  void page(document::DocumentStream page) override {
    for (const auto& item : page.documents.front().root.find(symbols::items)->as_list()) add("", item);
  }
  void event(WatchEvent event) override {
    constexpr const char* signs[] = {"+", "~", "-"};
    add(signs[static_cast<std::size_t>(event.type)], event.object);
  }
  void synced() override { text += ")"; }
  void trouble(const RequestFailure& failure) override { text += "!" + std::to_string(failure.status); }
  bool wants_more() override { return text.size() < enough; }

 private:
  void add(const std::string& sign, const document::Node& node) {
    text += sign + std::string(node.find(symbols::metadata)->find(symbols::name)->as_string());
  }
};

struct World {
  FakeMachine machine;
  FakeTransport* transport;
  std::unique_ptr<ApiReader> reader;
  SymbolTable symbols;

  World() {
    auto owned = std::make_unique<FakeTransport>();
    transport = owned.get();
    reader =
        std::make_unique<ApiReader>(std::move(owned), Credentials({}, machine), "https://a", machine, ReaderOptions{});
  }
  void answer(const std::string& target, std::deque<FakeAnswer> answers) {
    transport->answers[target] = std::move(answers);
  }
  // The diary until it is so long; with the failure, if it ended in one.
  std::string follow(std::size_t length, const FollowOptions& options = {}) {
    Diary diary(symbols, length);
    const auto done = client::follow(*reader, {.path = "/pods"}, symbols, diary, options);
    return diary.text + (done ? "" : " " + done.error().error.message);
  }
};

TEST(Follow, WatchListThenEvents) {
  World world;
  world.answer(watch_list, {{200, event("ADDED", "a", "5") + event("ADDED", "b", "3") + initial_end("9") +
                                      event("MODIFIED", "a", "10") + event("DELETED", "b", "11")}});
  EXPECT_EQ(world.follow(10), "(+a+b)~a-b");
}

TEST(Follow, GoesOnFromTheLastVersion) {
  World world;
  world.answer(watch_list, {{200, initial_end("9") + event("ADDED", "a", "12")}});
  world.answer(watch + "&resourceVersion=12", {{200, R"({"type":"BOOKMARK","object":)" + object("", "20") + "}\n"}});
  world.answer(watch + "&resourceVersion=20", {{200, event("ADDED", "b", "21")}});
  EXPECT_EQ(world.follow(6), "()+a+b");
}

TEST(Follow, ListsWhereTheServerKnowsNoWatchLists) {
  World world;
  world.answer(watch_list, {{400, R"({"kind":"Status","reason":"BadRequest"})"}});
  world.answer("/pods?limit=500",
               {{200, R"({"kind":"PodList","metadata":{"resourceVersion":"7"},"items":[)" + object("a", "1") + "]}"}});
  world.answer(watch + "&resourceVersion=7", {{200, event("ADDED", "b", "8")}});
  // The attempt began a list, too.
  EXPECT_EQ(world.follow(6), "((a)+b");
}

TEST(Follow, ExpiredVersionsListAnew) {
  World world;
  world.answer(watch_list, {{200, event("ADDED", "a", "5") + initial_end("9")},
                            {200, event("ADDED", "b", "6") + initial_end("30")}});
  world.answer(watch + "&resourceVersion=9", {{200, expired}});
  EXPECT_EQ(world.follow(12), "(+a)!410(+b)");
}

TEST(Follow, ExpiryAsAStatusListsAnew) {
  World world;
  world.answer(watch_list, {{200, event("ADDED", "a", "5") + initial_end("9")},
                            {200, event("ADDED", "b", "6") + initial_end("30")}});
  world.answer(watch + "&resourceVersion=9", {{410, R"({"kind":"Status","reason":"Expired"})"}});
  EXPECT_EQ(world.follow(12), "(+a)!410(+b)");
}

TEST(Follow, WatchListCutOffIsNoList) {
  World world;
  world.answer(watch_list, {{200, event("ADDED", "a", "5")}, {200, event("ADDED", "a", "5") + initial_end("9")}});
  EXPECT_EQ(world.follow(7), "(+a(+a)");
}

TEST(Follow, PausesGrowAndFaultsAreTold) {
  World world;
  world.answer(watch_list, {{200, initial_end("9")}});
  world.answer(watch + "&resourceVersion=9",
               {{0}, {500, "boom"}, {200, "garbage\n"}, {200, event("ADDED", "a", "10")}});
  EXPECT_EQ(world.follow(13), "()!0!500!200+a");
  EXPECT_EQ(world.machine.slept, (std::vector<std::chrono::milliseconds>{800ms, 1600ms, 3200ms}));
}

TEST(Follow, EndsWhereTryingAgainCannotHelp) {
  World world;
  world.answer(watch_list, {{403, R"({"kind":"Status","reason":"Forbidden","message":"no"})"}});
  EXPECT_EQ(world.follow(100), "( GET https://a" + watch_list + ": HTTP 403, not allowed: no");
}

TEST(Follow, LongEventsAreRefused) {
  World world;
  world.answer(watch_list, {{200, initial_end("9")}});
  world.answer(watch + "&resourceVersion=9", {{200, event("ADDED", std::string(1000, 'x'), "10")}, {404, ""}});
  EXPECT_EQ(world.follow(100, {.longest_event = 500}).substr(0, 6), "()!200");
}

}  // namespace
}  // namespace kastell::client

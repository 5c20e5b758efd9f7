#include "kube/client/transport.h"

#include <gtest/gtest.h>

#include "client/fake_machine.h"
#include "kube/client/reader.h"
#include "support/fake_api_server.h"

namespace kastell::client {
namespace {

using tests::FakeApiServer;
using tests::FakeReply;
using Fault = FakeReply::Fault;
using namespace std::chrono_literals;

Access access_to(const std::string& server) {
  Access access;
  access.server = server;
  return access;
}

// A transport to a server that gives everybody the same reply.
struct World {
  FakeApiServer server;
  std::unique_ptr<Transport> transport;

  explicit World(FakeReply reply, const TransportOptions& options = {})
      : World([reply](const std::string&) { return reply; }, options) {}
  explicit World(FakeApiServer::Answer answer, const TransportOptions& options = {}) : server(std::move(answer)) {
    auto made = make_transport(access_to(server.url()), this_machine(), options);
    EXPECT_TRUE(made) << made.error().message;
    transport = std::move(*made);
  }
  Answer<Response> get(RequestBounds bounds = {}, const PieceReader& reader = {}) {
    return transport->get({.target = "/x?a=b", .headers = {{"Accept", "text/test"}}, .bounds = bounds}, reader);
  }
  std::string failure(RequestBounds bounds) {
    const auto answer = get(bounds);
    return answer ? "none" : answer.error().error.message;
  }
};

TEST(Transport, GetsABody) {
  World world(FakeReply{.body = std::string(300'000, 'x') + "!", .headers = "X-Test:  Yes \r\n"});
  const auto answer = world.get();
  ASSERT_TRUE(answer) << answer.error().error.message;
  EXPECT_EQ(answer->status, 200);
  EXPECT_EQ(answer->header("x-test"), "Yes");
  EXPECT_EQ(answer->body.size, 300'001U);
  EXPECT_EQ(answer->body.text().back(), '!');
  for (std::size_t i = 0; i < 64; ++i) EXPECT_EQ(answer->body.buffer[answer->body.size + i], 0) << "room for a parser";
  EXPECT_EQ(world.server.requests(), (std::vector<std::string>{"GET /x?a=b"}));
  EXPECT_NE(world.server.last_headers().find("Accept: text/test\r\n"), std::string::npos);
}

TEST(Transport, EveryStatusIsAnAnswer) {
  World world(FakeReply{.status = 403, .body = "no"});
  const auto answer = world.get();
  ASSERT_TRUE(answer);
  EXPECT_EQ(answer->status, 403);
  EXPECT_EQ(answer->body.text(), "no");
}

TEST(Transport, OneConnectionServesManyRequests) {
  World world(FakeReply{.body = "ok"});
  for (int i = 0; i < 20; ++i) ASSERT_TRUE(world.get());
  EXPECT_EQ(world.server.connections(), 1U);
}

TEST(Transport, ManyThreads) {
  World world([](const std::string& target) { return FakeReply{.body = target}; }, {.connections = 3});
  std::vector<std::thread> threads;
  std::atomic<int> right{0};
  for (int i = 0; i < 16; ++i) {
    threads.emplace_back([&world, &right, i] {
      for (int j = 0; j < 10; ++j) {
        const std::string target = "/" + std::to_string(i) + "/" + std::to_string(j);
        const auto answer = world.transport->get({.target = target});
        right += answer && answer->body.text() == target;
      }
    });
  }
  for (auto& thread : threads) thread.join();
  EXPECT_EQ(right, 160);
  EXPECT_LE(world.server.connections(), 3U);
}

TEST(Transport, RedirectIsNotFollowed) {
  World world(FakeReply{.status = 302, .headers = "Location: /elsewhere\r\n"});
  EXPECT_EQ(world.get()->status, 302);
  EXPECT_EQ(world.server.requests().size(), 1U);
}

TEST(Transport, HalfOpenConnectionEnds) {
  World world(FakeReply{.fault = Fault::silence});
  EXPECT_NE(world.failure({.idle = 100ms}).find("/x?a=b: no answer in time: silent for 100 ms"), std::string::npos);
}

TEST(Transport, BodyThatStopsHalfWayEnds) {
  World world(FakeReply{.body = "0123456789", .fault = Fault::stop});
  EXPECT_NE(world.failure({.idle = 100ms}).find("no answer in time"), std::string::npos);
}

TEST(Transport, BodyThatDripsEnds) {
  World world(FakeReply{.body = std::string(1000, 'x'), .fault = Fault::drip});
  EXPECT_NE(world.failure({.whole = 700ms}).find("no answer in time"), std::string::npos);
}

TEST(Transport, BodyThatIsCutOffIsNoBody) {
  World world(FakeReply{.body = "0123456789", .fault = Fault::cut});
  const auto answer = world.get();
  ASSERT_FALSE(answer);
  EXPECT_TRUE(answer.error().may_pass);
}

TEST(Transport, BoundsAreNamed) {
  World body(FakeReply{.body = std::string(2000, 'x')});
  EXPECT_NE(body.failure({.most_bytes = 1000}).find("larger than the limit of 1000 bytes"), std::string::npos);
  World headers(FakeReply{.headers = "X: " + std::string(5000, 'x') + "\r\n"}, {.most_header_bytes = 1000});
  EXPECT_NE(headers.failure({}).find("headers are larger than the limit of 1000 bytes"), std::string::npos);
}

TEST(Transport, NobodyListens) {
  const auto transport = make_transport(access_to("http://127.0.0.1:1"), this_machine());
  const auto answer = (*transport)->get({.target = "/x"});
  ASSERT_FALSE(answer);
  EXPECT_NE(answer.error().error.message.find("GET http://127.0.0.1:1/x: "), std::string::npos);
  EXPECT_TRUE(answer.error().may_pass);
}

TEST(Transport, StreamIsReadUntilTheReaderHasEnough) {
  World world(FakeReply{.body = "one\ntwo\n", .fault = Fault::keep_open});
  std::string read;
  const auto answer = world.get({.whole = 0s}, [&read](std::string_view piece) {
    read += piece;
    return read.find("two\n") == std::string::npos;
  });
  ASSERT_TRUE(answer) << answer.error().error.message;
  EXPECT_EQ(read, "one\ntwo\n");
}

TEST(Transport, StreamEndsAtItsEnd) {
  World world(FakeReply{.body = "one\n"});
  std::string read;
  ASSERT_TRUE(world.get({}, [&read](std::string_view piece) {
    read += piece;
    return true;
  }));
  EXPECT_EQ(read, "one\n");
}

TEST(Transport, StreamThatIsRefusedHasABody) {
  World world(FakeReply{.status = 410, .body = "gone"});
  bool called = false;
  const auto answer = world.get({}, [&called](std::string_view) { return called = true; });
  EXPECT_EQ(answer->body.text(), "gone");
  EXPECT_FALSE(called);
}

TEST(Transport, SilentStreamEnds) {
  World world(FakeReply{.body = "one\n", .fault = Fault::keep_open});
  const auto answer = world.get({.idle = 100ms, .whole = 0s}, [](std::string_view) { return true; });
  ASSERT_FALSE(answer);
  EXPECT_NE(answer.error().error.message.find("no answer in time"), std::string::npos);
}

TEST(Transport, AuthorityMustBeReadable) {
  Access access = access_to("https://127.0.0.1:1");
  access.cluster.authority_file = "/nowhere/ca.crt";
  const auto transport = make_transport(access, this_machine());
  ASSERT_FALSE(transport);
  EXPECT_NE(to_string(transport.error()).find("/nowhere/ca.crt"), std::string::npos);
}

TEST(ApiReader, SurvivesAServerThatWasHalfOpenOnce) {
  std::atomic<int> asked{0};
  FakeApiServer server([&asked](const std::string&) {
    return FakeReply{.body = "ok", .fault = ++asked == 1 ? Fault::silence : Fault::none};
  });
  ReaderOptions options{.first_pause = 1ms};
  options.bounds.idle = 100ms;
  const auto reader = ApiReader::connect(access_to(server.url()), this_machine(), options);
  const auto answer = (*reader)->get("/x", accept::json);
  ASSERT_TRUE(answer) << answer.error().error.message;
  EXPECT_EQ(server.connections(), 2U);
}

}  // namespace
}  // namespace kastell::client

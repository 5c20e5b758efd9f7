#include "kube/client/credentials.h"

#include <gtest/gtest.h>

#include "client/fake_machine.h"
#include "kube/client/credentials/exec_plugin.h"

namespace kastell::client {
namespace {

using tests::FakeMachine;
using namespace std::chrono_literals;

Access access_to(std::string server = "https://a") {
  Access access;
  access.server = std::move(server);
  return access;
}

std::string authorization(Credentials& credentials) {
  Request request;
  const auto applied = credentials.apply(request);
  return applied ? request.authorization.reveal() : to_string(applied.error());
}

TEST(Credentials, TokenFileIsReadAgain) {
  FakeMachine machine;
  machine.tree.add_file("/token", "first\n");
  Access access = access_to();
  access.user.token_file = "/token";
  Credentials credentials(access, machine);
  EXPECT_EQ(authorization(credentials), "Bearer first");
  machine.tree.add_file("/token", "second");
  EXPECT_EQ(authorization(credentials), "Bearer first") << "kept for a minute";
  machine.sleep(61s);
  EXPECT_EQ(authorization(credentials), "Bearer second");
  machine.tree.add_file("/token", "third");
  EXPECT_TRUE(credentials.renew()) << "after 401";
  EXPECT_EQ(authorization(credentials), "Bearer third");
}

TEST(Credentials, OrderOfClientGo) {
  FakeMachine machine;
  machine.tree.add_file("/token", "of the file");
  Access access = access_to();
  access.user.name = "me";
  access.user.password = Secret("secret");
  Credentials basic(access, machine);
  EXPECT_EQ(authorization(basic), "Basic bWU6c2VjcmV0");
  EXPECT_FALSE(basic.renew()) << "there is nothing to read again";
  access.user.token = Secret("written");
  Credentials token(access, machine);
  EXPECT_EQ(authorization(token), "Bearer written");
  access.user.token_file = "/token";
  Credentials file(access, machine);
  EXPECT_EQ(authorization(file), "Bearer of the file");
}

TEST(Credentials, NothingSecretWithoutTls) {
  FakeMachine machine;
  Access access = access_to("http://localhost:8080");
  access.user.token = Secret("geheim");
  access.user.certificate = "c";
  access.user.key = Secret("k");
  Credentials credentials(access, machine);
  Request request;
  ASSERT_TRUE(credentials.apply(request));
  EXPECT_TRUE(request.authorization.empty());
  EXPECT_EQ(request.identity, nullptr);
}

TEST(Credentials, Impersonation) {
  FakeMachine machine;
  Access access = access_to();
  access.user.impersonation = {"jane", "7", {"a", "b"}, {{"acme.com/project", {"x"}}}};
  Credentials credentials(access, machine);
  Request request;
  ASSERT_TRUE(credentials.apply(request));
  std::string text;
  for (const Header& header : request.headers) text += header.name + "=" + header.value + ";";
  EXPECT_EQ(
      text,
      "Impersonate-User=jane;Impersonate-Uid=7;Impersonate-Group=a;Impersonate-Group=b;Impersonate-Extra-acme.com%"
      "2Fproject=x;");
}

TEST(Credentials, CertificatesStayInMemory) {
  FakeMachine machine;
  machine.tree.add_file("/c", "certificate");
  machine.tree.add_file("/k", "key");
  Access access = access_to();
  access.user.certificate_file = "/c";
  access.user.key_file = "/k";
  Credentials credentials(access, machine);
  Request request;
  ASSERT_TRUE(credentials.apply(request));
  EXPECT_EQ(request.identity->certificate, "certificate");
  EXPECT_EQ(request.identity->key.reveal(), "key");
}

ExecPlugin plugin_named(std::string command) {
  return {.command = std::move(command),
          .arguments = {"get-token", "a b; rm -rf /"},
          .environment = {{"REGION", "eu"}},
          .api_version = "client.authentication.k8s.io/v1",
          .install_hint = "Install it\x1b[31m from there"};
}

std::string credential(const std::string& status) {
  return R"({"kind":"ExecCredential","apiVersion":"client.authentication.k8s.io/v1","status":)" + status + "}";
}

TEST(ExecPlugin, KeptUntilItExpires) {
  FakeMachine machine;
  int times = 0;
  machine.program = [&](const Program&) -> Result<ProgramEnd> {
    ++times;
    return ProgramEnd{
        0, credential(R"({"token":"t)" + std::to_string(times) + R"(","expirationTimestamp":"2025-12-18T00:10:00Z"})")};
  };
  machine.started = *parse_rfc3339("2025-12-18T00:00:00Z");
  Access access = access_to();
  access.user.exec = plugin_named("aws");
  access.user.exec->provide_cluster_info = true;
  access.cluster.authority = "CA";
  access.cluster.exec_config = R"({"audience":"x"})";
  Credentials credentials(access, machine);
  EXPECT_EQ(authorization(credentials), "Bearer t1");
  EXPECT_EQ(authorization(credentials), "Bearer t1");
  machine.sleep(10min);
  EXPECT_EQ(authorization(credentials), "Bearer t2");
  EXPECT_TRUE(credentials.renew()) << "after 401";
  EXPECT_EQ(authorization(credentials), "Bearer t3");

  const Program& run = machine.ran.front();
  EXPECT_EQ(run.arguments, (std::vector<std::string>{"get-token", "a b; rm -rf /"})) << "no shell";
  EXPECT_EQ(run.environment[0], std::pair(std::string("REGION"), std::string("eu")));
  EXPECT_EQ(run.environment[1].first, "KUBERNETES_EXEC_INFO");
  EXPECT_EQ(run.environment[1].second,
            R"({"kind":"ExecCredential","apiVersion":"client.authentication.k8s.io/v1","spec":{"interactive":false,)"
            R"("cluster":{"server":"https://a","certificate-authority-data":"Q0E=","config":{"audience":"x"}}}})");
}

TEST(ExecPlugin, WhatItMayNotAnswer) {
  const ExecPlugin plugin = plugin_named("aws");
  const std::vector<std::pair<std::string, std::string>> cases = {
      {"no json geheim", "something else than one JSON object"},
      {R"({"kind":"Pod"})", "no object of kind ExecCredential"},
      {R"({"kind":"ExecCredential","apiVersion":"client.authentication.k8s.io/v1beta1"})", "in another version"},
      {R"({"kind":"ExecCredential","apiVersion":"client.authentication.k8s.io/v1"})", "without a status"},
      {credential("{}"), "neither token nor certificate"},
      {credential(R"({"clientKeyData":"geheim"})"), "only one of certificate and key"},
      {credential(R"({"token":"geheim","expirationTimestamp":"tomorrow"})"), "no time"},
  };
  for (const auto& [output, expected] : cases) {
    const auto parsed = parse_exec_credential(output, plugin);
    ASSERT_FALSE(parsed) << output;
    EXPECT_NE(parsed.error().message.find(expected), std::string::npos) << parsed.error().message;
    EXPECT_EQ(parsed.error().message.find("geheim"), std::string::npos) << "an answer may hold secrets";
  }
}

TEST(ExecPlugin, MissingOneComesWithItsHint) {
  FakeMachine machine;
  Access access = access_to();
  access.user.exec = plugin_named("aws");
  Credentials credentials(access, machine);
  EXPECT_NE(authorization(credentials).find("Install it [31m from there"), std::string::npos)
      << "without escape sequences: " << authorization(credentials);
}

TEST(ExecPlugin, WhoMustAskNeedsATerminal) {
  FakeMachine machine;
  machine.program = [](const Program&) -> Result<ProgramEnd> { return ProgramEnd{0, credential(R"({"token":"t"})")}; };
  Access access = access_to();
  access.user.exec = plugin_named("login");
  access.user.exec->interactive_mode = ExecPlugin::InteractiveMode::always;
  Credentials without(access, machine);
  EXPECT_NE(authorization(without).find("standard input is no terminal"), std::string::npos);
  machine.terminal = true;
  Credentials with(access, machine);
  EXPECT_EQ(authorization(with), "Bearer t");
  EXPECT_TRUE(machine.ran.back().may_ask);
}

TEST(ExecPlugin, RealPrograms) {
  const auto run = [](const char* command, std::vector<std::string> arguments, std::chrono::milliseconds longest = 5s) {
    return run_program({.command = command,
                        .arguments = std::move(arguments),
                        .environment = {{"GREETING", "hello $HOME"}},
                        .most_output = 1000,
                        .longest = longest});
  };
  EXPECT_EQ(run("printenv", {"GREETING"})->output, "hello $HOME\n");
  EXPECT_EQ(run("cat", {})->output, "") << "standard input is empty";
  EXPECT_EQ(run("sh", {"-c", "exit 7"})->exit_code, 7);
  EXPECT_EQ(run("kastell-no-such-program", {}).error().code, ErrorCode::not_found);
  EXPECT_NE(run("sleep", {"60"}, 50ms).error().message.find("limit of 50 ms"), std::string::npos);
  EXPECT_NE(run("yes", {}).error().message.find("limit of 1000 bytes"), std::string::npos);
  EXPECT_NE(run("sh", {"-c", "exec >&-; sleep 60"}, 50ms).error().message.find("limit of 50 ms"), std::string::npos);
}

TEST(Rfc3339, Times) {
  const auto seconds = [](std::string_view text) -> std::int64_t {
    const auto time = parse_rfc3339(text);
    return time ? std::chrono::duration_cast<std::chrono::seconds>(time->time_since_epoch()).count() : -1;
  };
  EXPECT_EQ(seconds("1970-01-02T00:00:01Z"), 86401);
  EXPECT_EQ(seconds("1970-01-02T01:00:01.123456+01:00"), 86401);
  EXPECT_EQ(seconds("1970-01-01T23:30:01-00:30"), 86401);
  for (const char* wrong : {"", "1970-01-02", "1970-13-02T00:00:01Z", "1970-01-02T00:00:01", "1970-01-02T00:00:01Zx"}) {
    EXPECT_EQ(seconds(wrong), -1) << wrong;
  }
}

}  // namespace
}  // namespace kastell::client

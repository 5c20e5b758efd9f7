// Running renderers: what a program gets, and what happens when it hangs, floods, fails or is not there. The programs
// are small shell scripts; the real ones are tested by tests/render.
#include <gtest/gtest.h>

#include <chrono>
#include <thread>

#include "support/process.h"

namespace kastell {
namespace {

using tests::TemporaryFolder;

class Rendering : public testing::Test {
 protected:
  void SetUp() override {
    ASSERT_NE(tests::program_under_test(), "") << "KASTELL names no program";
    folder_.add("web/Chart.yaml", "name: web\n");
    folder_.add("web/templates/pod.yaml", "kind: {{ .Values.kind }}\n");
  }

  void helm_is(const std::string& script) const {
    folder_.add("helm", "#!/bin/sh\n" + script);
    std::filesystem::permissions(folder_.path() / "helm", std::filesystem::perms::owner_all);
  }

  tests::Finished scan(std::vector<std::string> more = {}) const {
    std::vector<std::string> arguments = {"scan", "--helm", "./helm", "--format", "json", "web"};
    arguments.insert(arguments.end(), more.begin(), more.end());
    return tests::run_program({.arguments = std::move(arguments), .folder = folder_.path()});
  }

  const TemporaryFolder folder_;
};

bool holds(const std::string& text, std::string_view fragment) {
  return text.find(fragment) != std::string::npos;
}

TEST_F(Rendering, FindingsPointAtTheTemplate) {
  helm_is(R"(cat <<'END'
---
# Source: web/templates/pod.yaml
apiVersion: v1
kind: Pod
metadata: {name: a}
spec:
  hostPID: true
END
)");
  folder_.add(
      "web/templates/pod.yaml",
      "apiVersion: v1\nkind: Pod\nmetadata: {name: a}\nspec:\n  {{- if true }}\n  hostPID: true\n  {{- end }}\n");
  const auto finished = scan({"--control", "pod.host-pid"});
  EXPECT_EQ(finished.exit_code, 1) << finished.err;
  EXPECT_TRUE(holds(finished.out, R"("location":{"file":"web","line":7,"column":3},"template":{"file":)"
                                  R"("web/templates/pod.yaml","line":6,"column":3,"nearness":"exact"})"))
      << finished.out;
  const auto sarif =
      tests::run_program({.arguments = {"scan", "--helm", "./helm", "-f", "sarif", "--control", "pod.host-pid", "web"},
                          .folder = folder_.path()});
  EXPECT_TRUE(holds(sarif.out, R"("uri":"web/templates/pod.yaml"},"region":{"startLine":6)")) << sarif.out;
  EXPECT_TRUE(holds(sarif.out, "line 7 of web as rendered")) << sarif.out;
}

// No shell in between, nothing of the user's environment, no standard input.
TEST_F(Rendering, GetsArgumentsAsTheyAreAndAnEnvironmentOfItsOwn) {
  folder_.add("v a l.yaml", "a: b\n");
  setenv("AWS_SECRET_ACCESS_KEY", "do not hand on", 1);
  helm_is(R"(for a in "$@"; do echo "[$a]" >> seen; done
env >> seen
cat >> seen
)");
  const auto finished = scan({"--values", "v a l.yaml", "--set", "a=$(touch broken);b"});
  unsetenv("AWS_SECRET_ACCESS_KEY");
  const std::string seen = tests::read_text(folder_.path() / "seen");
  EXPECT_TRUE(
      holds(seen, "[template]\n[web]\n[web]\n[--include-crds]\n[--values=v a l.yaml]\n[--set=a=$(touch broken);b]\n"))
      << seen;
  EXPECT_TRUE(holds(seen, "\nHTTPS_PROXY=http://127.0.0.1:9\n")) << seen;
  EXPECT_TRUE(holds(seen, "\nKUBECONFIG=/dev/null\n")) << seen;
  EXPECT_FALSE(holds(seen, "AWS_SECRET_ACCESS_KEY")) << seen;
  EXPECT_FALSE(std::filesystem::exists(folder_.path() / "broken"));
}

TEST_F(Rendering, TheTemporaryHomeIsGoneAfterwards) {
  helm_is("echo $HOME > seen; mkdir -p $HELM_CACHE_HOME; touch $HELM_CACHE_HOME/x\n");
  scan();
  std::string home = tests::read_text(folder_.path() / "seen");
  ASSERT_TRUE(home.ends_with('\n'));
  home.pop_back();
  EXPECT_NE(home, "");
  EXPECT_FALSE(std::filesystem::exists(home)) << home;
}

TEST_F(Rendering, AFailureIsCoverageWithWhatTheProgramSaid) {
  helm_is("echo 'Error: no such key' >&2; exit 1\n");
  const auto finished = scan();
  EXPECT_EQ(finished.exit_code, 3);
  EXPECT_TRUE(holds(finished.out, R"("input":"web","status":"unreadable")")) << finished.out;
  EXPECT_TRUE(holds(finished.out, "ended with exit code 1: Error: no such key")) << finished.out;
}

// Warnings are no failure, and however many there are nobody waits for their reader.
TEST_F(Rendering, StandardErrorMayBeLong) {
  helm_is(R"(yes 'WARNING: a deprecated API' | head -c 3000000 >&2
printf 'apiVersion: v1\nkind: Pod\nmetadata: {name: a}\nspec: {hostPID: true}\n'
)");
  const auto finished = scan({"--control", "pod.host-pid"});
  EXPECT_EQ(finished.exit_code, 1) << finished.out;
  EXPECT_EQ(finished.err, "");
}

TEST_F(Rendering, AFloodEndsAtTheLimit) {
  helm_is("yes 'a: b' | head -c 1073741824\n");
  const auto finished = scan();
  EXPECT_EQ(finished.exit_code, 3);
  EXPECT_TRUE(holds(finished.out, "wrote more than the limit of 67108864 bytes")) << finished.out;
}

TEST_F(Rendering, AProgramThatHangsIsEndedWithWhatItStarted) {
  helm_is("echo $$ > pid; sleep 600 & echo $! >> pid; wait\n");
  const auto started = std::chrono::steady_clock::now();
  const auto finished = scan({"--render-timeout", "1"});
  EXPECT_LT(std::chrono::steady_clock::now() - started, std::chrono::seconds(30));
  EXPECT_EQ(finished.exit_code, 3);
  EXPECT_TRUE(holds(finished.out, "took longer than the limit of 1000 ms")) << finished.out;
  const std::string pids = tests::read_text(folder_.path() / "pid");
  const std::string child = pids.substr(pids.find('\n') + 1);
  std::this_thread::sleep_for(std::chrono::milliseconds(200));
  const std::string status = tests::read_text("/proc/" + child.substr(0, child.size() - 1) + "/status");
  EXPECT_TRUE(status.empty() || holds(status, "State:\tZ")) << status;
}

TEST_F(Rendering, NoProgramIsSaidAndIncomplete) {
  const auto finished = scan();
  EXPECT_EQ(finished.exit_code, 3);
  EXPECT_TRUE(holds(finished.out, "no program ./helm to be found")) << finished.out;
}

TEST_F(Rendering, WrongUsage) {
  helm_is("exit 0\n");
  EXPECT_EQ(scan({"--values", "gone.yaml"}).exit_code, 2);
  EXPECT_EQ(scan({"--no-render"}).exit_code, 2) << "--helm beside --no-render";
}

}  // namespace
}  // namespace kastell

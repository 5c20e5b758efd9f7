// Evidence: the fields that decide an outcome. Each case is an expression over one pod and the paths
// expected, below the variable object.
#include <gtest/gtest.h>

#include <chrono>

#include "cel/evaluate/engines.h"
#include "document/path.h"

namespace kastell::cel::tests {
namespace {

constexpr const char* pod = R"({
  "kind": "Pod", "metadata": {"name": "p"},
  "spec": {"hostNetwork": true, "containers": [
    {"name": "a", "image": "x", "securityContext": {"privileged": false}},
    {"name": "b", "image": "y", "securityContext": {"privileged": true}},
    {"name": "c", "image": "z"}], "initContainers": [{"name": "i"}]}})";

struct ReadsCase {
  const char* expression;
  const char* paths;  // separated by a space
};

constexpr ReadsCase cases[] = {
    {"object.kind == 'Pod'", "kind"},
    {"has(object.spec.hostPID)", "spec.hostPID"},
    {"!has(object.spec.hostPID) || !object.spec.hostPID", "spec.hostPID"},
    {"object.kind == 'Pod' && object.spec.hostNetwork == false", "spec.hostNetwork"},
    {"object.kind == 'Pod' && object.spec.hostNetwork", "kind spec.hostNetwork"},
    {"object.kind == 'Job' || object.spec.hostNetwork", "spec.hostNetwork"},
    {"object.kind == 'Job' || object.spec.hostNetwork == false", "kind spec.hostNetwork"},
    {"object.spec.absent == 1 && object.kind == 'Pod'", "spec.absent"},
    {"object.kind == 'Pod' ? object.metadata.name : object.metadata.uid", "kind metadata.name"},
    {"object.?spec.?hostPID.orValue(false)", "spec.hostPID"},
    {"object.spec.containers[1].image", "spec.containers[1].image"},
    {"object.spec.containers.all(c, c.image != 'y')", "spec.containers[1].image"},
    {"object.spec.containers.all(c, has(c.securityContext))", "spec.containers[2].securityContext"},
    {"object.spec.containers.exists(c, c.name == 'b')", "spec.containers[1].name"},
    {"object.spec.containers.exists(c, c.name == 'n')",
     "spec.containers[0].name spec.containers[1].name spec.containers[2].name"},
    {"object.spec.containers.all(c, !has(c.securityContext.privileged) || !c.securityContext.privileged)",
     "spec.containers[1].securityContext.privileged"},
    {"object.spec.containers.all(i, c, i < 1 || c.name == 'a')", "spec.containers[1].name"},
    {"(object.spec.containers + object.spec.initContainers).all(c, has(c.image))",
     "spec.initContainers[0].image spec.containers"},
    {"object.spec.containers.filter(c, c.image != 'x').all(c, c.name == 'z')",
     "spec.containers[1].name spec.containers[2].image spec.containers[1].image spec.containers[0].image"},
    {"object.?spec.?ephemeralContainers.orValue([]).all(c, has(c.image))", "spec.ephemeralContainers"},
    {"object.metadata.all(k, k != 'name')", "metadata.name"},
    {"cel.bind(s, object.spec, s.hostNetwork && s.hostPID)", "spec.hostPID"},
};

std::string read_paths(const char* expression) {
  auto symbols = std::make_shared<SymbolTable>();
  const auto environment = test_environment(Dialect::kubernetes, symbols);
  const World world(symbols, pod);
  auto ast = parse(*environment, expression);
  if (!ast) return "does not parse";
  Evaluation evaluation(*symbols);
  std::string text;
  for (const FieldRead& read : deciding_reads(*environment, *ast, evaluation, world.variables())) {
    if (read.variable == 0) text += (text.empty() ? "" : " ") + document::to_string(read.path, *symbols);
  }
  return text;
}

TEST(DecidingReads, AreTheFieldsThatMadeTheOutcome) {
  for (const ReadsCase& c : cases) EXPECT_EQ(read_paths(c.expression), c.paths) << c.expression;
}

// Each round of a fold hands over what all rounds before it read. When every read moved each time, this took minutes.
TEST(DecidingReads, TakeTimeInProportionToTheRoundsOfAFold) {
  constexpr std::size_t rounds = 100'000;
  std::string text = R"({"items": [)";
  for (std::size_t i = 0; i < rounds; ++i) text += i == 0 ? R"({"a": 1})" : R"(,{"a": 1})";
  auto symbols = std::make_shared<SymbolTable>();
  const auto environment = test_environment(Dialect::kubernetes, symbols);
  const World world(symbols, text + "]}");
  const auto ast = parse(*environment, "object.items.all(i, i.a == 1)");
  ASSERT_TRUE(ast);
  Evaluation evaluation(*symbols);
  const auto begin = std::chrono::steady_clock::now();
  const auto reads = deciding_reads(*environment, *ast, evaluation, world.variables());
  EXPECT_LT(std::chrono::steady_clock::now() - begin, std::chrono::seconds(20));
  EXPECT_EQ(reads.size(), rounds);
}

}  // namespace
}  // namespace kastell::cel::tests

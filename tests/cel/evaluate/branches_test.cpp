// Which way conditions went: expressions over one pod, and each condition with how often it was true and false.
#include <gtest/gtest.h>

#include "cel/branches.h"
#include "cel/evaluate/engines.h"

namespace kastell::cel::tests {
namespace {

constexpr const char* pod = R"({"kind": "Pod", "spec": {"hostNetwork": true, "containers": [
    {"name": "a", "image": "x"}, {"name": "b", "image": "y"}, {"name": "c"}]}})";

struct BranchCase {
  const char* expression;
  const char* branches;  // "text true/false", separated by "; "
};

constexpr BranchCase cases[] = {
    {"object.kind == 'Pod'", ""},
    {"object.kind == 'Pod' && object.spec.hostNetwork", "object.kind == 'Pod' 1/0; object.spec.hostNetwork 1/0"},
    {"object.kind == 'Job' && object.spec.hostNetwork", "object.kind == 'Job' 0/1; object.spec.hostNetwork 0/0"},
    {"yes || (n == 1 && n == 2)", "yes 1/0; n == 1 0/0; n == 2 0/0"},
    {"object.kind == 'Job' ? n == 1 : s == ''", "object.kind == 'Job' 0/1"},
    {"object.spec.containers.all(c, has(c.image))", "has(c.image) 2/1"},
    {"object.spec.containers.exists(c, c.name == 'b' || c.name == 'z')", "c.name == 'b' 1/1; c.name == 'z' 0/1"},
    {"object.spec.containers.filter(c, c.name == 'a').size() == 1", "c.name == 'a' 1/2"},
    {"object.spec.containers.map(c, c.name == 'a', c.name) == []", "c.name == 'a' 1/2"},  // taken or not as that says
    {"object.spec.containers.map(c, c.name + 'x') == []", "c.name + 'x' 3"},
    {"[].map(c, c) == []", "c 0"},
    {"true || yes", "yes 0/0"},
    {"object.absent == 1 || yes", "object.absent == 1 0/0; yes 1/0"},
    {"!(yes && n == 100)", "yes 1/0; n == 100 0/1"},
};

std::string counted(const char* expression) {
  auto symbols = std::make_shared<SymbolTable>();
  const auto environment = test_environment(Dialect::kubernetes, symbols);
  const World world(symbols, pod);
  auto ast = compile(*environment, expression);
  if (!ast) return "does not compile";
  auto program = Program::make(environment, *ast);
  BranchCounts counts(program->ast());
  Evaluation evaluation(*symbols);
  const std::string observed = to_text(program->observe(evaluation, world.variables(), counts), *symbols);
  const auto cost = evaluation.cost();
  EXPECT_EQ(observed, to_text(program->evaluate(evaluation, world.variables()), *symbols)) << expression;
  EXPECT_EQ(cost, evaluation.cost()) << expression;
  std::string text;
  for (const Branch& branch : counts.branches()) {
    text += (text.empty() ? "" : "; ") + ast->text.substr(branch.begin, branch.end - branch.begin) + " " +
            std::to_string(branch.was_true);
    if (branch.type == Branch::Type::condition) text += "/" + std::to_string(branch.was_false);
  }
  return text;
}

TEST(Branches, AreCountedByTheWayTheyWent) {
  for (const BranchCase& c : cases) EXPECT_EQ(counted(c.expression), c.branches) << c.expression;
}

}  // namespace
}  // namespace kastell::cel::tests

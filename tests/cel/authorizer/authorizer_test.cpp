// The authorizer library with an authorizer behind it: what is asked, what comes back, what it costs (cases.yaml).
#include <gtest/gtest.h>

#include <fstream>
#include <map>
#include <sstream>
#include <vector>

#include "cel/batch.h"
#include "cel/compile.h"
#include "cel/evaluate.h"
#include "cel/kubernetes_libraries.h"
#include "document/document.h"

namespace kastell::cel {
namespace {

using document::Node;

// Only what is set, but for the group, which may be set to "".
std::string to_text(const AuthorizerQuery& query) {
  std::string text = "verb=" + query.verb;
  if (query.path.empty()) text += " group=" + query.group;
  const std::pair<std::string_view, const std::string&> others[] = {{"path", query.path},
                                                                    {"resource", query.resource},
                                                                    {"subresource", query.subresource},
                                                                    {"namespace", query.name_space},
                                                                    {"name", query.name},
                                                                    {"user", query.user_or_service_account},
                                                                    {"fields", query.field_selector},
                                                                    {"labels", query.label_selector}};
  for (const auto& [name, value] : others) {
    if (!value.empty()) text.append(" ").append(name).append("=").append(value);
  }
  return text;
}

class Authorizer : public AuthorizerAnswers {
 public:
  std::map<std::string, AuthorizerAnswer, std::less<>> answers;
  std::vector<std::string> asked;

  AuthorizerAnswer check(const AuthorizerQuery& query) override {
    asked.push_back(to_text(query));
    const auto found = answers.find(asked.back());
    return found == answers.end() ? AuthorizerAnswer{} : found->second;
  }
};

// The file, and the environment of an admission policy.
class AuthorizerTest : public testing::Test {
 protected:
  void SetUp() override {
    std::ostringstream text;
    text << std::ifstream(KASTELL_SOURCE_DIR "/tests/cel/authorizer/cases.yaml").rdbuf();
    stream_ = document::parse(std::make_shared<document::Source>("cases.yaml", text.str()), *symbols_);
    ASSERT_TRUE(stream_.errors.empty());
    auto environment = Environment::make(admission_dialect(newest_kubernetes, true).value(), symbols_);
    ASSERT_TRUE(environment);
    environment_ = *environment;
    const Node& answers = member(stream_.documents.at(0).root, "answers");
    for (std::size_t i = 0; i < answers.member_keys().size(); ++i) {
      authorizer_.answers.emplace(symbols_->text(answers.member_keys()[i]), read_answer(answers.member_values()[i]));
    }
  }

  const Node& member(const Node& node, std::string_view name) const {
    static const Node absent{};
    const auto symbol = symbols_->find(name);
    const Node* found = symbol ? node.find(*symbol) : nullptr;
    return found == nullptr ? absent : *found;
  }

  AuthorizerAnswer read_answer(const Node& node) const {
    const std::string_view decision = member(node, "decision").as_string();
    AuthorizerAnswer answer;
    if (decision == "allow") answer.decision = AuthorizerAnswer::Decision::allow;
    if (decision == "deny") answer.decision = AuthorizerAnswer::Decision::deny;
    answer.reason = member(node, "reason").as_string();
    answer.error = member(node, "error").as_string();
    return answer;
  }

  std::vector<Value> variables(Arena& arena) const {
    std::vector<Value> values(environment_->variables().size());
    values[*environment_->find_variable("authorizer")] = make_authorizer(arena);
    values[*environment_->find_variable("authorizer.requestResource")] = make_resource_check(
        arena,
        {.group = "apps", .resource = "deployments", .subresource = "scale", .name_space = "shop", .name = "web"});
    return values;
  }

  template <typename Run>
  std::string answer(Run run) {
    authorizer_.asked.clear();
    Evaluation evaluation(*symbols_);
    evaluation.budget.cost = 1'000'000;
    evaluation.authorizer = &authorizer_;
    const Value value = run(evaluation);
    if (is_error(value)) return "error: " + std::string(as_error(value).message);
    std::string text;
    append_value_json(text, value, *symbols_);
    return text + " cost " + std::to_string(evaluation.cost());
  }

  std::shared_ptr<SymbolTable> symbols_ = std::make_shared<SymbolTable>();
  std::shared_ptr<const Environment> environment_;
  document::DocumentStream stream_;
  Authorizer authorizer_;
};

TEST_F(AuthorizerTest, AnswersAsTheApiServerDoes) {
  Arena arena;
  const std::vector<Value> values = variables(arena);
  const auto cases = member(stream_.documents.at(0).root, "cases").as_list();
  ASSERT_FALSE(cases.empty());
  for (const Node& one : cases) {
    const std::string_view text = member(one, "expr").as_string();
    SCOPED_TRACE(text);
    std::vector<std::string> asks;
    for (const Node& question : member(one, "asks").as_list()) asks.emplace_back(question.as_string());
    auto ast = compile(*environment_, text);
    ASSERT_TRUE(ast) << cel::to_text(text, ast.error());
    EXPECT_EQ(answer([&](Evaluation& e) { return evaluate_naively(*environment_, *ast, e, values); }),
              member(one, "gives").as_string());
    EXPECT_EQ(authorizer_.asked, asks);
    const auto program = Program::make(environment_, std::move(*ast));
    ASSERT_TRUE(program);
    EXPECT_EQ(answer([&](Evaluation& e) { return program->evaluate(e, values); }), member(one, "gives").as_string());
    EXPECT_EQ(authorizer_.asked, asks);
  }
}

// The fast engine has the naive one say where the budget was spent; that is no second question.
TEST_F(AuthorizerTest, IsAskedOnceThoughTheBudgetIsSpent) {
  Arena arena;
  const std::vector<Value> values = variables(arena);
  constexpr std::string_view text = "[1, 2, 3].all(i, authorizer.group('').resource('pods').check('create').allowed())";
  auto ast = compile(*environment_, text);
  ASSERT_TRUE(ast);
  const std::string naive = answer([&](Evaluation& e) { return evaluate_naively(*environment_, *ast, e, values); });
  const std::vector<std::string> asked = authorizer_.asked;
  const auto program = Program::make(environment_, std::move(*ast));
  ASSERT_TRUE(program);
  EXPECT_EQ(answer([&](Evaluation& e) { return program->evaluate(e, values); }), naive);
  EXPECT_TRUE(naive.ends_with("cost limit exceeded")) << naive;
  EXPECT_EQ(authorizer_.asked, asked);
}

}  // namespace
}  // namespace kastell::cel

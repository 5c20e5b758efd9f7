// The cases of tests/custom/cases/*.yaml: documents {schema, cases: [{object, problems}]}, `minor` of a document or a
// case if it is not that of Kubernetes 1.37. A problem reads
// "path: explanation", one that is undecided "path? explanation"; a path that is missing "(object)".

#include "custom/resource_check.h"

#include <gtest/gtest.h>

#include <algorithm>
#include <fstream>
#include <sstream>

#include "document/document.h"
#include "document/path.h"

namespace kastell::custom {
namespace {

using document::Node;

class Cases {
 public:
  explicit Cases(const std::string& name) {
    const std::string path = std::string(KASTELL_SOURCE_DIR "/tests/custom/cases/") + name;
    std::stringstream text;
    text << std::ifstream(path).rdbuf();
    stream_ = document::parse(std::make_shared<document::Source>(path, text.str()), *symbols_);
    for (const Error& error : stream_.errors) ADD_FAILURE() << to_string(error);
  }

  void run() {
    ASSERT_FALSE(stream_.documents.empty());
    for (const document::Document& one : stream_.documents) {
      const auto usual = minor_of(one.root, 37);
      const Node& cases = member(one.root, "cases");
      for (std::size_t i = 0; i < cases.size; ++i) {
        check_ = std::make_unique<ResourceCheck>(symbols_, minor_of(cases.items[i], usual));
        SCOPED_TRACE(to_string(Error{{}, "", stream_.source->place_of(cases.value_offsets()[i])}));
        EXPECT_EQ(found(member(cases.items[i], "object"), member(one.root, "schema")), expected(cases.items[i]));
        ++count_;
      }
    }
    EXPECT_GT(count_, 0U);
  }

 private:
  const Node& member(const Node& object, std::string_view key) {
    static const Node nothing{};
    const Node* value = object.find(symbols_->intern(key));
    return value == nullptr ? nothing : *value;
  }

  std::uint8_t minor_of(const Node& object, std::uint8_t usual) {
    const Node& minor = member(object, "minor");
    return minor.kind == document::Kind::integer ? static_cast<std::uint8_t>(minor.integer) : usual;
  }

  std::vector<std::string> expected(const Node& one) {
    std::vector<std::string> texts;
    for (const Node& problem : member(one, "problems").as_list()) texts.emplace_back(problem.as_string());
    return texts;
  }

  std::vector<std::string> found(const Node& written, const Node& schema) {
    arena_.reset();
    const Node object = document::without_null_members(written, arena_);
    const ResourceCheck::Object known{.had_nulls = object.items != written.items};
    std::vector<std::string> texts;
    for (const kube::FieldProblem& problem : check_->check(object, schema, known, arena_)) {
      std::string path = document::to_string(problem.path, *symbols_);
      texts.push_back((path.empty() ? "(object)" : path) + (problem.is_undecided ? "? " : ": ") +
                      std::string(problem.explanation));
    }
    return texts;
  }

  std::shared_ptr<SymbolTable> symbols_ = std::make_shared<SymbolTable>();
  document::DocumentStream stream_;
  std::unique_ptr<ResourceCheck> check_;
  Arena arena_;
  std::size_t count_ = 0;
};

TEST(ResourceCheck, Values) {
  Cases("values.yaml").run();
}

TEST(ResourceCheck, Branches) {
  Cases("branches.yaml").run();
}

TEST(ResourceCheck, Formats) {
  Cases("formats.yaml").run();
}

TEST(ResourceCheck, Rules) {
  Cases("rules.yaml").run();
}

TEST(ResourceCheck, RulesAboutSetsAndMaps) {
  Cases("sets_and_maps.yaml").run();
}

TEST(ResourceCheck, DefinitionsThatCannotBeRead) {
  Cases("unreadable.yaml").run();
}

// Both resources cost too much, and say so: values without end, and patterns without end.
class Bounds : public ::testing::Test {
 protected:
  std::span<const kube::FieldProblem> check(const std::string& object, const std::string& schema) {
    const auto parse = [this](const std::string& text) {
      streams_.push_back(document::parse(std::make_shared<document::Source>("a.yaml", text), *symbols_));
      return streams_.back().documents.at(0).root;
    };
    const Node value = parse(object), definition = parse(schema);
    return ResourceCheck(symbols_, 37).check(value, definition, {}, arena_);
  }

  static void expect_too_costly(std::span<const kube::FieldProblem> problems) {
    ASSERT_EQ(problems.size(), 2U);
    EXPECT_EQ(problems[0].type, kube::FieldProblemType::invalid_value);
    EXPECT_EQ(problems[1].type, kube::FieldProblemType::broken_rule);
    EXPECT_TRUE(problems[0].is_undecided && problems[1].is_undecided);
    EXPECT_TRUE(problems[0].explanation.starts_with("its definition asks for more than 1,000,000 steps"));
  }

  std::shared_ptr<SymbolTable> symbols_ = std::make_shared<SymbolTable>();
  std::vector<document::DocumentStream> streams_;
  Arena arena_;
};

TEST_F(Bounds, AlternativesOfManyItems) {
  std::string items, branches;
  for (int i = 0; i < 2000; ++i) items += "a, ";
  for (int i = 0; i < 1000; ++i) branches += "{minLength: 2}, ";
  expect_too_costly(check("{a: [" + items + "]}",
                          "{properties: {a: {type: array, items: {type: string, not: {anyOf: [" + branches + "]}}}}}"));
}

TEST_F(Bounds, PatternsWithoutEnd) {
  std::string patterns;
  for (int i = 0; i < 4000; ++i) patterns += "{pattern: '(a{1,500}){1,2}'}, ";
  expect_too_costly(check("{a: aaa}", "{properties: {a: {type: string, allOf: [" + patterns + "]}}}"));
}

TEST_F(Bounds, ProblemsOfOneObject) {
  std::string items;
  for (int i = 0; i < 3000; ++i) items += "a, ";
  const auto problems = check("{a: [" + items + "]}", "{properties: {a: {items: {minLength: 2}}}}");
  ASSERT_EQ(problems.size(), ResourceCheck::most_problems + 3);
  for (const auto& problem : problems.subspan(ResourceCheck::most_problems)) {
    EXPECT_TRUE(problem.is_undecided);
    EXPECT_EQ(problem.explanation, kube::too_many_problems);
  }
}

// A rule that does not hold was dropped behind 1,000 values, and the control about rules passed.
TEST_F(Bounds, RulesBehindManyProblemsDoNotPass) {
  std::string items;
  for (int i = 0; i < 3000; ++i) items += "a, ";
  const auto problems = check("{a: [" + items + "]}",
                              "{type: object, properties: {a: {type: array, items: {type: string, minLength: 2}}}, "
                              "x-kubernetes-validations: [{rule: 'size(self.a) < 3'}]}");
  EXPECT_TRUE(std::ranges::any_of(problems, [](const kube::FieldProblem& problem) {
    return problem.type == kube::FieldProblemType::broken_rule && problem.is_undecided;
  }));
}

}  // namespace
}  // namespace kastell::custom

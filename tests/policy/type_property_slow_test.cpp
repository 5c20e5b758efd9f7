// A value of a type that Kubernetes refuses never becomes a pass: in every example of the catalogue that passes or
// fails, every field and list item is replaced by a value of every other type. What failed must not pass then, and what
// passes must not rest on the object that was changed: the API server would not have taken it. Fields that Kubernetes
// takes in several types, and those that no control reads, stand with their reason in type_exceptions.yaml.

#include <gtest/gtest.h>

#include <algorithm>
#include <map>

#include "kube/object_types.h"
#include "policy/mutation.h"
#include "policy/world.h"

namespace kastell::policy {
namespace {

using document::Kind;
using document::Node;
using document::Path;
using document::Step;

// Values of every type; empty ones too, for they look most like nothing.
std::vector<Node> replacements(Arena& arena) {
  const Node text = Node::make_string("x");
  const Node items[] = {text};
  const document::Member members[] = {{symbols::name, text}};
  return {Node::make_null(),
          Node::make_boolean(true),
          Node::make_boolean(false),
          Node::make_integer(7),
          Node::make_integer(0),
          Node::make_floating(1.5),
          text,
          Node::make_string(""),
          document::make_list(arena, std::span<const Node>{}),
          document::make_list(arena, items),
          document::make_object(arena, {}, false),
          document::make_object(arena, members, false)};
}

std::string name_of(const Node& value) {
  constexpr std::string_view names[] = {"null", "boolean", "integer", "floating", "string", "list", "object"};
  return std::string(names[static_cast<std::size_t>(value.kind)]);
}

// A subject, whatever is changed in its object: object number, pod, member.
using SubjectId = std::tuple<std::uint32_t, std::uint16_t, std::uint32_t>;
struct Outcome {
  bool passes = false, fails = false, undecided = false;
  Path field;  // of the pass
  bool is_pass() const { return passes && !fails && !undecided; }
};
using Outcomes = std::map<SubjectId, Outcome>;

class TypeProperty : public ::testing::Test {
 protected:
  Outcomes judge(const Control& control, const Example& example, const Node& objects) {
    const auto world = testing::make_world(objects, symbols_, example.closed_world);
    const auto result = scan(world, catalog_, testing::options_for(control, example)).value();
    Describer describer(result);
    Outcomes outcomes;
    for (const Finding& finding : result.findings) {
      const FindingDetail& detail = describer.describe(finding);
      // An object a line; their numbers in the snapshot change when one is no object any more.
      Outcome& outcome = outcomes[{detail.place.line - 1, finding.pod, finding.member}];
      outcome.passes |= finding.verdict == Verdict::pass;
      outcome.fails |= finding.verdict == Verdict::fail;
      outcome.undecided |= finding.verdict == Verdict::not_evaluated || finding.verdict == Verdict::error;
      if (finding.verdict == Verdict::pass) outcome.field = *document::parse_path(detail.field, *symbols_);
    }
    return outcomes;
  }

  void check_example(const Control& control, const Example& example) {
    const Outcomes before = judge(control, example, example.objects);
    for (const Path& path : testing::paths_below(example.objects)) {
      if (path.size() == 1) {
        Arena arena;
        without_object_ =
            judge(control, example, replaced(example, path, document::make_object(arena, {}, false), arena));
        continue;
      }
      check_path(control, example, path, before);
    }
  }

  static Node replaced(const Example& example, const Path& path, const Node& value, Arena& arena) {
    return testing::with_value(example.objects, path, value, arena);
  }

  void check_path(const Control& control, const Example& example, const Path& path, const Outcomes& before) {
    Arena arena;
    const Kind kind = document::find(example.objects, path)->kind;
    for (const Node& value : replacements(arena)) {
      // A field that is null is absent: that is the removal property's.
      if (value.kind == kind || (value.is_null() && !path.back().is_index)) continue;
      const Node objects = replaced(example, path, value, arena);
      ++changes_;
      for (const auto& [subject, outcome] : judge(control, example, objects)) {
        if (!outcome.is_pass() || is_allowed(path, subject, outcome, before)) continue;
        const bool elsewhere = std::get<0>(subject) != path[0].number;
        const auto was = before.find(subject);
        const bool failed = was != before.end() && was->second.fails;
        if (elsewhere && !failed && exceptions_.contains(std::string(control.id), "another object")) continue;
        const std::string text = document::to_string(std::span(path).subspan(1), *symbols_) + ": " + name_of(value);
        EXPECT_TRUE(exceptions_.contains(std::string(control.id), text))
            << control.id << ", example «" << example.name << "»: passes with object " << path[0].number << " " << text;
      }
    }
  }

  bool is_allowed(const Path& path, const SubjectId& subject, const Outcome& outcome, const Outcomes& before) const {
    const auto was = before.find(subject);
    if (was != before.end() && was->second.fails) return false;
    const std::uint32_t object = std::get<0>(subject);
    if (object == path[0].number) return is_in_another_member(std::span(path).subspan(1), outcome.field);
    const auto without = without_object_.find(subject);
    return without != without_object_.end() && without->second.is_pass();
  }

  // What is wrong in one rule, subject or container says nothing about the others.
  bool is_in_another_member(std::span<const Step> path, std::span<const Step> field) const {
    constexpr Symbol lists[] = {symbols::rules, symbols::subjects, symbols::containers, symbols::initContainers,
                                symbols::ephemeralContainers};
    const auto is_list = [&lists](const Step& step) {
      return !step.is_index && std::ranges::find(lists, step.symbol()) != std::end(lists);
    };
    if (std::ranges::none_of(field, is_list)) return false;
    const auto list = std::ranges::find_if(path, is_list);
    if (path.end() - list < 2) return false;
    return !testing::is_prefix(path.first(static_cast<std::size_t>(list - path.begin()) + 2), field);
  }

  std::shared_ptr<SymbolTable> symbols_ = std::make_shared<SymbolTable>();
  Catalog catalog_ = Catalog::embedded(symbols_).value();
  testing::ExceptionList exceptions_{"type_exceptions.yaml", *symbols_};
  Outcomes without_object_;  // of the object that is being changed
  std::size_t changes_ = 0;
};

TEST_F(TypeProperty, NothingPassesForAValueOfTheWrongType) {
  for (const Control& control : catalog_.controls()) {
    if (testing::is_about_exceptions(control)) continue;
    for (const Example& example : control.examples) {
      if (example.verdict == "pass" || example.verdict == "fail") check_example(control, example);
    }
  }
  EXPECT_GT(changes_, 20000U);
  EXPECT_EQ(exceptions_.unused(), std::vector<std::string>{}) << "exceptions no longer needed";
}

// Whether an expression reads more of an object than its metadata.
bool reads_past_metadata(const std::string& expression) {
  constexpr std::string_view object = "object.";
  constexpr std::string_view harmless[] = {"metadata", "?metadata", "kind"};
  for (std::size_t at = expression.find(object); at != std::string::npos; at = expression.find(object, at + 1)) {
    const std::string_view rest = std::string_view(expression).substr(at + object.size());
    if (std::ranges::none_of(harmless, [rest](std::string_view field) { return rest.starts_with(field); })) return true;
  }
  return false;
}

// A control of a new kind needs the types of that kind.
TEST_F(TypeProperty, EveryKindThatIsJudgedHasDeclaredTypes) {
  for (const Control& control : catalog_.controls()) {
    const bool reads = std::ranges::any_of(control.rules, [](const Rule& rule) {
      return rule.scope == Scope::object &&
             reads_past_metadata(std::string(rule.expression_text) + std::string(rule.when_text));
    });
    for (const std::string_view kind : control.kinds) {
      const std::size_t slash = kind.find('/');
      const bool core = slash == std::string::npos;
      EXPECT_TRUE(!reads ||
                  kube::has_declared_types(core ? "" : kind.substr(0, slash), core ? kind : kind.substr(slash + 1)))
          << control.id << " " << kind;
    }
  }
}

}  // namespace
}  // namespace kastell::policy

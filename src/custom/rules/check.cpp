#include "custom/rules/check.h"

#include <algorithm>
#include <array>

namespace kastell::custom {

using document::Node;
using document::Step;
using kube::FieldProblemType;

namespace {

std::string joined_lines(std::string_view text) {
  std::string line(text);
  std::ranges::replace(line, '\n', ' ');
  return line;
}

}  // namespace

void RuleWalk::check(const Node& value, const cel::Value& self, const Node& schema, bool is_resource) {
  if (is_stopped_ || value.is_null() || !rules_.has_rules(schema)) return;
  for (const CompiledRule& rule : rules_.of(schema, is_resource)) {
    if (!is_stopped_) ask(rule, self);
  }
  check_members(value, self, schema);
}

void RuleWalk::check_below(Step step, const Node& value, const cel::Value& self, const Node& schema) {
  path_.push_back(step);
  check(value, self, schema, is_true(schema, words_.embedded_resource));
  path_.pop_back();
}

void RuleWalk::check_members(const Node& value, const cel::Value& self, const Node& schema) {
  const Node* items = schema.find(words_.items);
  for (std::uint32_t i = 0; value.is_list() && items != nullptr && i < value.size && i < self.size; ++i) {
    check_below(Step::index(i), value.items[i], self.items[i], *items);
  }
  const Node* others = schema.find(words_.additional_properties);
  const bool is_map = others != nullptr && others->is_object();
  const Node* properties = schema.find(words_.properties);
  for (std::uint32_t i = 0; value.is_object() && i < value.size; ++i) {
    const Symbol name = value.member_keys()[i];
    const Node* declared = is_map ? others : properties == nullptr ? nullptr : properties->find(name);
    if (declared == nullptr || !rules_.has_rules(*declared)) continue;
    const auto escaped = is_map ? std::optional(name) : values_.escaped(name);
    const cel::Value* part = escaped ? self.find(*escaped) : nullptr;
    if (part != nullptr) check_below(Step::key(name), value.items[i], *part, *declared);
  }
}

// Nothing if it cost too much.
std::optional<cel::Value> RuleWalk::run(const cel::Program& program, const cel::Value& self) {
  const std::array variables{self, cel::make_none()};
  const std::uint64_t limit = std::min(left_, most_cost_of_call);
  evaluation_.reset();
  rules_.lists().begin();
  evaluation_.budget.cost = limit;
  const cel::Value answer = program.evaluate(evaluation_, variables);
  left_ -= std::min(left_, evaluation_.cost());
  if (evaluation_.cost() > limit) return std::nullopt;
  return answer;
}

void RuleWalk::ask(const CompiledRule& rule, const cel::Value& self) {
  if (rule.concerns_change) return;
  if (!rule.program) {
    return sink_.doubt(FieldProblemType::broken_rule, path_,
                       "a rule of its definition cannot be asked: " + joined_lines(rule.error), !rule.is_beyond_us);
  }
  const auto answer = run(*rule.program, self);
  if (answer && rules_.lists().met_unknown()) {
    const std::string doubt = "what an API server makes of a rule that compares or adds lists is not known";
    return sink_.doubt(FieldProblemType::broken_rule, path_, joined_lines(doubt + " (" + rule.words + ")"), false);
  }
  if (answer) return judge(rule, self, *answer);
  is_stopped_ = true;
  sink_.doubt(
      FieldProblemType::broken_rule, path_,
      "the rules of its definition cost more than an API server allows: 1,000,000 units for one, 10,000,000 for all",
      true);
}

// One whose expression fails refuses the object too.
void RuleWalk::judge(const CompiledRule& rule, const cel::Value& self, const cel::Value& answer) {
  if (cel::is_true(answer)) return;
  if (cel::is_error(answer)) {
    const std::string failure = "the rule fails: " + std::string(cel::as_error(answer).message);
    return sink_.fail(FieldProblemType::broken_rule, path_, joined_lines(failure + " (" + rule.words + ")"));
  }
  std::vector<Step> place = path_;
  place.insert(place.end(), rule.field.begin(), rule.field.end());
  sink_.fail(FieldProblemType::broken_rule, place, joined_lines(message_of(rule, self)));
}

std::string RuleWalk::message_of(const CompiledRule& rule, const cel::Value& self) {
  if (!rule.message) return rule.words;
  const auto computed = run(*rule.message, self);
  const bool is_known = computed && !rules_.lists().met_unknown();
  const bool is_said = is_known && computed->is_string() && computed->size > 0;
  return is_said ? std::string(computed->as_string()) : rule.words;
}

}  // namespace kastell::custom

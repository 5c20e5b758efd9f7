#include "admission/evaluate/validate.h"

#include <algorithm>

#include "admission/evaluate/group.h"
#include "admission/evaluate/limits.h"

namespace kastell::admission {

namespace {

using Expressions = std::vector<const CompiledExpression*>;

Expressions pointers(const std::vector<CompiledExpression>& expressions) {
  Expressions all;
  for (const CompiledExpression& expression : expressions) all.push_back(&expression);
  return all;
}

Expressions pointers(const std::vector<std::optional<CompiledExpression>>& expressions) {
  Expressions all;
  for (const auto& expression : expressions) all.push_back(expression ? &*expression : nullptr);
  return all;
}

// Go's strings.TrimSpace, for ASCII and the two Latin-1 spaces it knows.
std::string_view trim(std::string_view text) {
  constexpr std::string_view spaces = " \t\n\v\f\r";
  const auto begin = text.find_first_not_of(spaces);
  if (begin == std::string_view::npos) return {};
  return text.substr(begin, text.find_last_not_of(spaces) - begin + 1);
}

// utilerrors.Aggregate: repeated messages once, several in brackets.
std::string aggregate(const std::vector<std::string>& errors) {
  std::vector<std::string_view> distinct;
  for (const std::string& error : errors) {
    if (std::ranges::find(distinct, error) == distinct.end()) distinct.emplace_back(error);
  }
  std::string joined;
  for (const std::string_view error : distinct) joined.append(joined.empty() ? "" : ", ").append(error);
  return distinct.size() == 1 ? joined : '[' + joined + ']';
}

// `authorizer` is declared for these but not given.
Inputs without_authorizer(Inputs inputs, EvaluationStack& stack) {
  inputs.authorizer = cel::make_error(stack.arena(), "no such attribute(s): authorizer");
  inputs.request_resource = cel::make_error(stack.arena(), "no such attribute(s): authorizer.requestResource");
  return inputs;
}

class Validator {
 public:
  Validator(const CompiledPolicy& policy, EvaluationStack& stack) : policy_(policy), stack_(stack) {}

  PolicyDecision decide(const Inputs& for_conditions, const Inputs& inputs) {
    if (!policy_.match_conditions.empty()) {
      if (auto ended = check_conditions(for_conditions)) return *ended;
    }
    const auto expressions = pointers(policy_.validations);
    const GroupOutcome results =
        run_group(policy_, expressions, policy_.declared(true), inputs, policy_cost_limit, stack_);
    if (!results.failure.empty()) return as_a_whole(results.failure);
    const Inputs unauthorized = without_authorizer(inputs, stack_);
    PolicyDecision decision{.reached = !policy_.validations.empty() || !policy_.audit_annotations.empty()};
    decide_validations(results, unauthorized, decision);
    return decide_annotations(unauthorized, std::move(decision));
  }

 private:
  bool fails() const { return policy_.policy.failure_policy == FailurePolicy::fail; }

  ValidationDecision error(std::string message) const {
    return {.kind = ValidationDecision::Kind::error, .denies = fails(), .message = std::move(message)};
  }

  PolicyDecision as_a_whole(std::string message) const {
    return {.is_of_policy = true, .reached = true, .validations = {error(std::move(message))}};
  }

  // What ends the evaluation, if something does. One false condition outweighs any number of errors.
  std::optional<PolicyDecision> check_conditions(const Inputs& inputs) {
    const auto expressions = pointers(policy_.match_conditions);
    const GroupOutcome results =
        run_group(policy_, expressions, policy_.declared(true), inputs, match_conditions_cost_limit, stack_);
    std::vector<std::string> errors;
    if (!results.failure.empty()) errors.push_back(results.failure);
    for (const Outcome& outcome : results.outcomes) {
      if (!outcome.error.empty()) {
        errors.push_back(outcome.error);
      } else if (!cel::is_true(outcome.value)) {
        return PolicyDecision{.conditions_met = false};
      }
    }
    if (errors.empty()) return std::nullopt;
    if (!fails()) return PolicyDecision{.conditions_met = false};
    return as_a_whole(aggregate(errors));
  }

  void decide_validations(const GroupOutcome& results, const Inputs& inputs, PolicyDecision& decision) {
    const auto expressions = pointers(policy_.messages);
    const GroupOutcome messages =
        run_group(policy_, expressions, policy_.declared(false), inputs, results.remaining, stack_);
    for (std::size_t i = 0; i < results.outcomes.size(); ++i) {
      const Outcome& result = results.outcomes[i];
      if (!result.error.empty()) {
        decision.validations.push_back(error(result.error));
      } else if (!messages.failure.empty()) {
        decision.validations.push_back(error("failed messageExpression: " + messages.failure));
      } else if (cel::is_true(result.value)) {
        decision.validations.emplace_back();
      } else {
        decision.validations.push_back(deny(policy_.policy.validations[i], messages.outcomes[i]));
      }
    }
  }

  static ValidationDecision deny(const Validation& validation, const Outcome& message) {
    return {.kind = ValidationDecision::Kind::deny,
            .denies = true,
            .message = message_of(validation, message),
            .reason = validation.reason.empty() ? "Invalid" : validation.reason};
  }

  static std::string message_of(const Validation& validation, const Outcome& computed) {
    std::string_view message;
    if (computed.was_asked && computed.error.empty()) message = trim(computed.value.as_string());
    if (message.size() > longest_message || message.contains('\n')) message = {};
    if (message.empty()) message = trim(validation.message);
    if (message.empty()) return "failed expression: " + std::string(trim(validation.expression));
    return std::string(message);
  }

  PolicyDecision decide_annotations(const Inputs& inputs, PolicyDecision decision) {
    const auto expressions = pointers(policy_.audit_annotations);
    const GroupOutcome results =
        run_group(policy_, expressions, policy_.declared(true), inputs, policy_cost_limit, stack_);
    if (!results.failure.empty()) return as_a_whole(results.failure);
    for (std::size_t i = 0; i < results.outcomes.size(); ++i) {
      decision.annotations.push_back(annotate(policy_.policy.audit_annotations[i].key, results.outcomes[i]));
    }
    return decision;
  }

  AnnotationDecision annotate(std::string_view key, const Outcome& outcome) const {
    using Kind = AnnotationDecision::Kind;
    if (!outcome.error.empty()) return {fails() ? Kind::error : Kind::exclude, key, outcome.error};
    const std::string_view value = trim(outcome.value.as_string());  // null is no text either
    return {value.empty() ? Kind::exclude : Kind::publish, key, std::string(value)};
  }

  const CompiledPolicy& policy_;
  EvaluationStack& stack_;
};

}  // namespace

PolicyDecision validate(const CompiledPolicy& policy, const Inputs& for_conditions, const Inputs& inputs,
                        EvaluationStack& stack) {
  return Validator(policy, stack).decide(for_conditions, inputs);
}

}  // namespace kastell::admission

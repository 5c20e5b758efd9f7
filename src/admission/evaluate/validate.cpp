#include "admission/evaluate/validate.h"

#include "admission/evaluate/conditions.h"
#include "admission/evaluate/limits.h"

namespace kastell::admission {

namespace {

// Go's strings.TrimSpace, for ASCII and the two Latin-1 spaces it knows.
std::string_view trim(std::string_view text) {
  constexpr std::string_view spaces = " \t\n\v\f\r";
  const auto begin = text.find_first_not_of(spaces);
  if (begin == std::string_view::npos) return {};
  return text.substr(begin, text.find_last_not_of(spaces) - begin + 1);
}

class Validator {
 public:
  Validator(const CompiledPolicy& policy, EvaluationStack& stack, ValidationScratch& scratch)
      : policy_(policy), stack_(stack), scratch_(scratch), decision_(scratch.decision) {
    decision_.conditions_met = true;
    decision_.is_of_policy = decision_.reached = false;
    decision_.validations.clear();
    decision_.annotations.clear();
  }

  void decide(const Inputs& for_conditions, const Inputs& inputs) {
    if (!policy_.match_conditions.empty() && !passes_conditions(for_conditions)) return;
    run_group(policy_, ExpressionGroup::validations, inputs, policy_cost_limit, stack_, scratch_.validations);
    if (!scratch_.validations.failure.empty()) return decide_as_a_whole(scratch_.validations.failure);
    decision_.reached = !policy_.validations.empty() || !policy_.audit_annotations.empty();
    decide_validations(inputs);
    if (!policy_.audit_annotations.empty()) decide_annotations(inputs);
  }

 private:
  bool fails() const { return policy_.policy.failure_policy == FailurePolicy::fail; }

  ValidationDecision error(std::string_view message) const {
    return {.kind = ValidationDecision::Kind::error, .denies = fails(), .message = message};
  }

  void decide_as_a_whole(std::string_view message) {
    decision_.is_of_policy = decision_.reached = true;
    decision_.validations.assign(1, error(message));
    decision_.annotations.clear();
  }

  // False if they end the evaluation.
  bool passes_conditions(const Inputs& inputs) {
    const Conditions conditions = check_conditions(policy_, inputs, stack_, scratch_.conditions);
    decision_.conditions_met = conditions.met;
    if (!conditions.error.empty()) decide_as_a_whole(stack_.arena().copy(conditions.error));
    return conditions.met && conditions.error.empty();
  }

  void decide_validations(const Inputs& inputs) {
    const GroupOutcome& results = scratch_.validations;
    const GroupOutcome& messages = compute_messages(inputs);
    for (std::size_t i = 0; i < results.outcomes.size(); ++i) {
      const Outcome& result = results.outcomes[i];
      if (!result.error.empty()) {
        decision_.validations.push_back(error(result.error));
      } else if (!messages.failure.empty()) {
        std::string message = "failed messageExpression: ";
        decision_.validations.push_back(error(stack_.arena().copy(message.append(messages.failure))));
      } else if (cel::is_true(result.value)) {
        decision_.validations.emplace_back();
      } else {
        const Outcome message = messages.outcomes.empty() ? Outcome{} : messages.outcomes[i];
        decision_.validations.push_back(deny(policy_.policy.validations[i], message));
      }
    }
  }

  // All of them, whether a validation failed or not: what they cost may end the evaluation.
  const GroupOutcome& compute_messages(const Inputs& inputs) {
    GroupOutcome& messages = scratch_.messages;
    messages.failure = {};
    if (policy_.computes_messages) {
      run_group(policy_, ExpressionGroup::messages, without_authorizer(inputs), scratch_.validations.remaining, stack_,
                messages);
    } else {
      messages.outcomes.clear();
    }
    return messages;
  }

  ValidationDecision deny(const Validation& validation, const Outcome& message) const {
    return {.kind = ValidationDecision::Kind::deny,
            .denies = true,
            .message = message_of(validation, message),
            .reason = validation.reason.empty() ? "Invalid" : validation.reason};
  }

  std::string_view message_of(const Validation& validation, const Outcome& computed) const {
    std::string_view message;
    if (computed.was_asked && computed.error.empty()) message = trim(computed.value.as_string());
    if (message.size() > longest_message || message.contains('\n')) message = {};
    if (message.empty()) message = trim(validation.message);
    if (!message.empty()) return message;
    return stack_.arena().copy("failed expression: " + std::string(trim(validation.expression)));
  }

  void decide_annotations(const Inputs& inputs) {
    GroupOutcome& results = scratch_.annotations;
    run_group(policy_, ExpressionGroup::audit_annotations, without_authorizer(inputs), policy_cost_limit, stack_,
              results);
    if (!results.failure.empty()) return decide_as_a_whole(results.failure);
    for (std::size_t i = 0; i < results.outcomes.size(); ++i) {
      decision_.annotations.push_back(annotate(policy_.policy.audit_annotations[i].key, results.outcomes[i]));
    }
  }

  AnnotationDecision annotate(std::string_view key, const Outcome& outcome) const {
    using Kind = AnnotationDecision::Kind;
    if (!outcome.error.empty()) return {fails() ? Kind::error : Kind::exclude, key, outcome.error};
    const std::string_view value = trim(outcome.value.as_string());  // null is no text either
    return {value.empty() ? Kind::exclude : Kind::publish, key, value};
  }

  // `authorizer` is declared for audit annotations and for variables that messages read, but not given.
  Inputs without_authorizer(Inputs inputs) const {
    inputs.authorizer = unbound("no such attribute(s): authorizer");
    inputs.request_resource = unbound("no such attribute(s): authorizer.requestResource");
    return inputs;
  }

  cel::Value unbound(std::string_view message) const { return cel::make_error(stack_.arena(), message); }

  const CompiledPolicy& policy_;
  EvaluationStack& stack_;
  ValidationScratch& scratch_;
  PolicyDecision& decision_;
};

}  // namespace

const PolicyDecision& validate(const CompiledPolicy& policy, const Inputs& for_conditions, const Inputs& inputs,
                               EvaluationStack& stack, ValidationScratch& scratch) {
  Validator(policy, stack, scratch).decide(for_conditions, inputs);
  return scratch.decision;
}

}  // namespace kastell::admission

// The order of everything here is that of apiserver policy/validating/dispatcher.go.
#include <algorithm>
#include <array>

#include "admission/admission.h"
#include "admission/decide/annotations.h"
#include "admission/decide/mutate.h"
#include "admission/decide/select.h"
#include "admission/decide/times.h"
#include "admission/evaluate/limits.h"
#include "admission/evaluate/validate.h"
#include "cel/admission_variables.h"

namespace kastell::admission {

// Memory that one request leaves to the next.
struct JudgeScratch {
  ContextMemory context;
  ValidationScratch validation;
  std::vector<const PolicySet::Entry*> candidates;
};

namespace {

// Requests for these are never judged: policies must not lock out their own repair, and reviews are no objects.
constexpr std::array<GroupVersionResource, 10> exempt_resources{{
    {"admissionregistration.k8s.io", "", "validatingadmissionpolicies"},
    {"admissionregistration.k8s.io", "", "validatingadmissionpolicybindings"},
    {"admissionregistration.k8s.io", "", "mutatingadmissionpolicies"},
    {"admissionregistration.k8s.io", "", "mutatingadmissionpolicybindings"},
    {"authentication.k8s.io", "", "tokenreviews"},
    {"authentication.k8s.io", "", "selfsubjectreviews"},
    {"authorization.k8s.io", "", "localsubjectaccessreviews"},
    {"authorization.k8s.io", "", "selfsubjectaccessreviews"},
    {"authorization.k8s.io", "", "selfsubjectrulesreviews"},
    {"authorization.k8s.io", "", "subjectaccessreviews"},
}};

bool is_exempt(const GroupVersionResource& resource) {
  return std::ranges::any_of(exempt_resources, [&](const GroupVersionResource& exempt) {
    return exempt.group == resource.group && exempt.resource == resource.resource;
  });
}

int code_of(std::string_view reason) {
  if (reason == "Forbidden") return 403;
  if (reason == "Unauthorized") return 401;
  return reason == "RequestEntityTooLarge" ? 413 : 422;
}

class RequestJudge final : public Selection {
 public:
  // `decision` is what the mutating policies left.
  RequestJudge(RequestContext& context, JudgeScratch& scratch, Decision decision)
      : context_(context), options_(context.options()), scratch_(scratch), decision_(std::move(decision)) {}

  Decision decide(const PolicySet& policies) {
    // Who is shown results sees also which policies do not match.
    if (options_.results) {
      for (const auto& entry : policies.entries()) judge_unless_over(*entry);
    } else {
      policies.find_candidates(context_.request().resource.resource, scratch_.candidates);
      for (const PolicySet::Entry* entry : scratch_.candidates) judge_unless_over(*entry);
    }
    publish_failures(failures_, decision_.audit_annotations);
    if (!failed_ && !failures_.empty()) raise(Verdict::audit);
    return std::move(decision_);
  }

 private:
  void judge_unless_over(const PolicySet::Entry& entry) {
    if (failed_ || entry.bindings.empty()) return;
    if (!options_.results && holds(entry)) {
      decision_.matched = decision_.matched || !entry.compiled.validations.empty();
    } else {
      judge(entry);
    }
  }

  // Whether it is seen at once that the policy has nothing to say.
  bool holds(const PolicySet::Entry& entry) {
    const CompiledPolicy& policy = entry.compiled;
    if (!policy.is_plain || context_.stack().coverage != nullptr) return false;
    if (std::ranges::any_of(entry.bindings, [](const Binding& one) { return one.resources.has_value(); })) return false;
    const Match& match = context_.match(*policy.policy.constraints);
    if (!match.matches || !match.error.empty()) return false;
    const Slots* slots = context_.plain_slots(match);
    return slots != nullptr && all_hold(policy, *slots, context_.stack());
  }

  void judge(const PolicySet::Entry& entry) {
    annotations_.clear();
    evaluated_ = nullptr;
    select(entry, context_, *this);
    annotations_.publish(entry.compiled.policy.name, decision_.audit_annotations);
  }

  bool is_over() const override { return failed_; }

  void not_matched(const AdmissionPolicy& policy, const Binding* binding) override {
    add_result(policy, binding, PolicyResult::State::not_matched);
  }

  void misconfigured(const AdmissionPolicy& policy, const Binding* binding, std::string_view why) override {
    std::string message = binding == nullptr ? "failed to configure policy: " : "failed to configure binding: ";
    message += why;
    add_result(policy, binding, PolicyResult::State::error);
    if (options_.results) decision_.results.back().message = message;
    if (policy.failure_policy == FailurePolicy::fail) deny(policy, binding, message, {});
  }

  void matched(const CompiledPolicy& policy, const Binding& binding, const Match& match,
               const std::optional<Params>& params) override {
    const auto& inputs = context_.inputs_for(match);
    if (!inputs && (!params || !params->empty())) {
      return misconfigured(policy.policy, &binding, inputs.error().message);
    }
    const auto& name_space = context_.name_space();
    if (!name_space) return fail(name_space.error());
    if (!inputs) return;
    if (!params) {
      // All bindings without parameters evaluate the same.
      if (&policy != evaluated_) validate(policy, *inputs);
      evaluated_ = &policy;
      return act(policy.policy, binding, nullptr, scratch_.validation.decision);
    }
    evaluated_ = nullptr;
    for (const snapshot::Object* param : *params) evaluate(policy, binding, *inputs, *param);
  }

  void fail(const Error& error) {
    failed_ = true;
    raise(Verdict::error);
    decision_.status = {error.message, "NotFound", 404};
  }

  void evaluate(const CompiledPolicy& policy, const Binding& binding, Inputs inputs, const snapshot::Object& param) {
    inputs.params = cel::make_params(context_.stack().arena(), param.root);
    validate(policy, inputs);
    act(policy.policy, binding, &param, scratch_.validation.decision);
  }

  // Leaves the decision in the scratch.
  void validate(const CompiledPolicy& policy, const Inputs& inputs) {
    EvaluationStack& stack = context_.stack();
    if (policy.match_conditions.empty()) {
      admission::validate(policy, inputs, inputs, stack, scratch_.validation);
      return;
    }
    const Inputs own = inputs;  // the conditions' inputs may move those that the context keeps
    admission::validate(policy, context_.inputs_for_conditions(policy, own), own, stack, scratch_.validation);
  }

  void act(const AdmissionPolicy& policy, const Binding& binding, const snapshot::Object* param,
           const PolicyDecision& decision) {
    decision_.matched = decision_.matched || decision.reached;
    if (options_.results) add_result(policy, binding, param, decision);
    for (std::size_t i = 0; i < decision.validations.size(); ++i) act(policy, binding, decision.validations[i], i);
    for (const AnnotationDecision& annotation : decision.annotations) annotate(policy, binding, annotation);
  }

  void add_result(const AdmissionPolicy& policy, const Binding& binding, const snapshot::Object* param,
                  const PolicyDecision& decision) {
    PolicyResult& result = decision_.results.emplace_back();
    result.policy = policy.name;
    result.binding = binding.name;
    if (param != nullptr) result.param = std::string(param->name_space).append("/").append(param->name);
    if (!decision.conditions_met) result.state = PolicyResult::State::condition_false;
    if (decision.is_of_policy) {
      result.state = PolicyResult::State::error;
      result.message = decision.validations.front().message;
      return;
    }
    for (std::size_t i = 0; i < decision.validations.size(); ++i) {
      result.validations.push_back(result_of(decision.validations[i], i));
    }
  }

  static ExpressionResult result_of(const ValidationDecision& validation, std::size_t index) {
    using Kind = ValidationDecision::Kind;
    using State = ExpressionResult::State;
    const State state = validation.kind == Kind::admit  ? State::passed
                        : validation.kind == Kind::deny ? State::failed
                                                        : State::error;
    return {state, index, std::string(validation.message), std::string(validation.reason)};
  }

  void act(const AdmissionPolicy& policy, const Binding& binding, const ValidationDecision& validation,
           std::size_t index) {
    if (!validation.denies) return;
    for (const Action action : binding.actions) {
      switch (action) {
        case Action::deny: deny(policy, &binding, validation.message, validation.reason); break;
        case Action::warn: warn(policy, binding, validation.message); break;
        case Action::audit:
          failures_.push_back(
              {index, std::string(validation.message), binding.policy_name, binding.name, binding.actions});
          break;
      }
    }
  }

  void warn(const AdmissionPolicy& policy, const Binding& binding, std::string_view message) {
    raise(Verdict::warn);
    std::string text = "Validation failed for ValidatingAdmissionPolicy '";
    text.append(policy.name).append("' with binding '").append(binding.name).append("': ").append(message);
    if (std::ranges::find(decision_.warnings, text) == decision_.warnings.end()) {
      decision_.warnings.push_back(std::move(text));  // the API server says each but once
    }
  }

  void annotate(const AdmissionPolicy& policy, const Binding& binding, const AnnotationDecision& annotation) {
    using Kind = AnnotationDecision::Kind;
    if (annotation.kind == Kind::error) deny(policy, &binding, annotation.value, {});
    if (annotation.kind == Kind::publish) {
      annotations_.add(annotation.key, annotation.value.substr(0, longest_audit_annotation));
    }
  }

  void deny(const AdmissionPolicy& policy, const Binding* binding, std::string_view message, std::string_view reason) {
    const bool is_first = decision_.allowed;
    raise(Verdict::deny);
    if (!is_first) return;
    std::string why = "ValidatingAdmissionPolicy '" + std::string(policy.name) + "'";
    if (binding != nullptr) why += " with binding '" + std::string(binding->name) + "'";
    why.append(" denied request: ").append(message);
    const std::string_view shown = reason.empty() ? "Invalid" : reason;
    decision_.status = {context_.forbidden(why), std::string(shown), code_of(shown)};
  }

  void add_result(const AdmissionPolicy& policy, const Binding* binding, PolicyResult::State state) {
    if (!options_.results) return;
    decision_.results.push_back(
        {.state = state, .policy = policy.name, .binding = binding == nullptr ? std::string_view{} : binding->name});
  }

  void raise(Verdict verdict) {
    decision_.verdict = std::max(decision_.verdict, verdict);
    if (verdict >= Verdict::deny) decision_.allowed = false;
  }

  RequestContext& context_;
  const JudgeOptions& options_;
  JudgeScratch& scratch_;
  AnnotationCollector annotations_;
  Decision decision_;
  std::vector<AuditedFailure> failures_;
  const CompiledPolicy* evaluated_ = nullptr;  // without parameters; the scratch has its decision
  bool failed_ = false;
};

// An API server answers so before it asks any policy.
Decision unreadable(const Request& request, const Error& error) {
  const std::string kind(request.kind.kind);
  return {.verdict = Verdict::error,
          .allowed = false,
          .status = {kind + " in version \"" + std::string(request.kind.version) + "\" cannot be handled as a " + kind +
                         ": " + error.message,
                     "BadRequest", 400}};
}

}  // namespace

std::string_view name_of(Verdict verdict) {
  static constexpr std::array<std::string_view, 5> names{"allow", "audit", "warn", "deny", "error"};
  return names[static_cast<std::size_t>(verdict)];
}

Judge::Judge(const World& world, SymbolTable& symbols, const JudgeOptions& options)
    : world_(world), symbols_(symbols), options_(options), stack_(symbols), scratch_(std::make_unique<JudgeScratch>()) {
  stack_.coverage = options.coverage;
}
Judge::~Judge() = default;

Decision Judge::decide(const PolicySet& policies, const Request& request) {
  if (is_exempt(request.resource)) return {};
  stack_.reset();
  RequestContext context(world_, symbols_, options_, request, stack_, scratch_->context,
                         policies.different_constraints());
  if (const auto taken = context.take_objects(); !taken) return unreadable(request, taken.error());
  Decision decision = mutate(policies, context);
  context.create_object();
  write_times(context);
  if (decision.allowed) decision = RequestJudge(context, *scratch_, std::move(decision)).decide(policies);
  decision.unanswered = stack_.unanswered;
  return decision;
}

}  // namespace kastell::admission

// The order of everything here is that of apiserver policy/validating/dispatcher.go.
#include <algorithm>
#include <array>

#include "admission/admission.h"
#include "admission/authorize/role_based.h"
#include "admission/decide/annotations.h"
#include "admission/decide/inputs.h"
#include "admission/decide/params.h"
#include "admission/evaluate/limits.h"
#include "admission/evaluate/validate.h"
#include "admission/match/match.h"
#include "admission/read/fields.h"
#include "cel/admission_variables.h"

namespace kastell::admission {

using document::Node;

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

// What an error message calls the object: its name may not be made yet.
std::string object_name(const Request& request, const SymbolTable& symbols) {
  if (!request.name.empty()) return std::string(request.name);
  if (!request.object.is_object()) return "Unknown";
  Fields object(request.object, symbols);
  const Node* metadata = object.object("metadata");
  if (metadata == nullptr) return "Unknown";
  Fields fields = object.below(*metadata, "metadata");
  const std::string_view name = fields.text("name").empty() ? fields.text("generateName") : fields.text("name");
  return name.empty() ? "Unknown" : std::string(name);
}

std::string forbidden(const Request& request, const SymbolTable& symbols, std::string_view why) {
  std::string message(request.resource.resource);
  if (!request.resource.group.empty()) message.append(".").append(request.resource.group);
  message.append(" \"").append(object_name(request, symbols)).append("\" is forbidden: ").append(why);
  return message;
}

class RequestJudge {
 public:
  RequestJudge(const World& world, SymbolTable& symbols, const JudgeOptions& options, const Request& request,
               EvaluationStack& stack, ValidationScratch& scratch)
      : world_(world),
        symbols_(symbols),
        options_(options),
        request_(request),
        stack_(stack),
        scratch_(scratch),
        authorizer_(world, request.user) {
    stack_.authorizer = &authorizer_;
  }
  ~RequestJudge() { stack_.authorizer = nullptr; }

  Decision decide(const PolicySet& policies) {
    for (const auto& entry : policies.entries()) {
      if (failed_) break;
      if (!entry->bindings.empty()) judge(*entry);
    }
    publish_failures(failures_, decision_.audit_annotations);
    if (!failed_ && !failures_.empty()) raise(Verdict::audit);
    return std::move(decision_);
  }

 private:
  bool shows_structs() const { return options_.typed && options_.version >= cel::KubernetesVersion{1, 37}; }

  void judge(const PolicySet::Entry& entry) {
    const ValidatingPolicy& policy = entry.compiled.policy;
    if (!policy.constraints) {
      return fail_configuration(policy, nullptr, "policy contained no match constraints, a required field");
    }
    const Match match = match_request(*policy.constraints, request_, world_);
    if (!match.error.empty()) return fail_configuration(policy, nullptr, match.error);
    if (!match.matches) return add_result(policy, nullptr, PolicyResult::State::not_matched);
    if (const auto unknown = unknown_param_kind(policy)) return fail_configuration(policy, nullptr, *unknown);
    AnnotationCollector annotations;
    for (const Binding& binding : entry.bindings) {
      if (!failed_) judge(entry.compiled, binding, match, annotations);
    }
    annotations.publish(policy.name, decision_.audit_annotations);
  }

  std::optional<std::string> unknown_param_kind(const ValidatingPolicy& policy) const {
    if (!policy.param_kind) return std::nullopt;
    const ParamKind& kind = *policy.param_kind;
    if (world_.is_namespaced(kind.group(), kind.kind)) return std::nullopt;
    return "failed to find resource referenced by paramKind: '" + std::string(kind.group()) + '/' +
           std::string(kind.version()) + ", Kind=" + std::string(kind.kind) + "'";
  }

  void judge(const CompiledPolicy& policy, const Binding& binding, const Match& match,
             AnnotationCollector& annotations) {
    if (binding.resources) {
      const Match bound = match_request(*binding.resources, request_, world_);
      if (!bound.error.empty()) return fail_configuration(policy.policy, &binding, bound.error);
      if (!bound.matches) return add_result(policy.policy, &binding, PolicyResult::State::not_matched);
    }
    const bool has_params = policy.policy.param_kind && binding.params;
    Result<Params> params{};
    if (has_params) {
      params = collect_params(*policy.policy.param_kind, *binding.params, request_.name_space, world_);
      if (!params) return fail_configuration(policy.policy, &binding, params.error().message);
    }
    const auto& inputs = inputs_for(match);
    if (!inputs && (!has_params || !params->empty())) {
      return fail_configuration(policy.policy, &binding, inputs.error().message);
    }
    if (!find_name_space() || !inputs) return;
    Inputs complete = *inputs;
    complete.name_space = *name_space_;
    if (!has_params) return evaluate(policy, binding, complete, nullptr, annotations);
    for (const snapshot::Object* param : *params) evaluate(policy, binding, complete, param, annotations);
  }

  // Policies mostly match by the same resource: its variables are made once.
  struct MatchedInputs {
    GroupVersionResource resource;
    GroupVersionKind kind;
    Result<Inputs> inputs;
  };
  const Result<Inputs>& inputs_for(const Match& match) {
    for (const MatchedInputs& known : inputs_) {
      if (known.resource == match.resource && known.kind == match.kind) return known.inputs;
    }
    return inputs_.emplace_back(match.resource, match.kind, build_inputs(match)).inputs;
  }

  Result<Inputs> build_inputs(const Match& match) const {
    const bool custom = world_.is_custom(match.kind.group, match.kind.kind);
    if (match.kind != request_.kind && !custom) {
      return failure(ErrorCode::unsupported, "failed to convert object version: not supported for " +
                                                 std::string(request_.kind.kind) + " to " +
                                                 std::string(match.kind.group) + '/' + std::string(match.kind.version));
    }
    return InputBuilder(request_, stack_.arena(), symbols_)
        .build(match.resource, match.kind, shows_structs() && !custom);
  }

  // A Namespace itself has no namespaceObject. False if the request fails, for there is no such namespace.
  bool find_name_space() {
    if (name_space_) return true;
    const bool is_namespace = request_.kind == GroupVersionKind{"", "v1", "Namespace"};
    if (is_namespace || request_.name_space.empty()) {
      name_space_ = cel::make_null();
      return true;
    }
    const Node* found = world_.find_namespace(request_.name_space);
    if (found == nullptr && !options_.assume_namespaces) {
      failed_ = true;
      raise(Verdict::error);
      decision_.status = {"namespaces \"" + std::string(request_.name_space) + "\" not found", "NotFound", 404};
      return false;
    }
    name_space_ = cel::make_namespace_object(stack_.arena(), symbols_, found != nullptr ? *found : assumed_namespace())
                      .value_or(cel::make_null());
    return true;
  }

  // With the label that the API server gives every namespace.
  Node assumed_namespace() const {
    Arena& arena = stack_.arena();
    const Node name = Node::make_string(request_.name_space);
    const document::Member label{symbols_.intern("kubernetes.io/metadata.name"), name};
    const std::array<document::Member, 2> metadata{
        {{symbols::name, name}, {symbols_.intern("labels"), document::make_object(arena, {&label, 1}, false)}}};
    const document::Member member{symbols::metadata, document::make_object(arena, metadata, false)};
    return document::make_object(arena, {&member, 1}, false);
  }

  // Match conditions see the request's own resource, and no namespace.
  Inputs inputs_for_conditions(const CompiledPolicy& policy, const Inputs& inputs) {
    Inputs changed = inputs;
    changed.name_space = cel::make_null();
    if (policy.match_conditions.empty()) return changed;
    const auto& own = inputs_for({.resource = request_.resource, .kind = request_.kind});
    if (own) changed.request = own->request;
    return changed;
  }

  void evaluate(const CompiledPolicy& policy, const Binding& binding, Inputs inputs, const snapshot::Object* param,
                AnnotationCollector& annotations) {
    if (param != nullptr) inputs.params = cel::make_params(stack_.arena(), param->root);
    const Inputs for_conditions = inputs_for_conditions(policy, inputs);
    const PolicyDecision& decision = validate(policy, for_conditions, inputs, stack_, scratch_);
    decision_.matched = decision_.matched || decision.reached;
    if (options_.results) add_result(policy.policy, binding, param, decision);
    for (std::size_t i = 0; i < decision.validations.size(); ++i) {
      act(policy.policy, binding, decision.validations[i], i);
    }
    for (const AnnotationDecision& annotation : decision.annotations) {
      annotate(policy.policy, binding, annotation, annotations);
    }
  }

  void add_result(const ValidatingPolicy& policy, const Binding& binding, const snapshot::Object* param,
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
    return {state, index, validation.message, std::string(validation.reason)};
  }

  void act(const ValidatingPolicy& policy, const Binding& binding, const ValidationDecision& validation,
           std::size_t index) {
    if (!validation.denies) return;
    for (const Action action : binding.actions) {
      switch (action) {
        case Action::deny: deny(policy, &binding, validation.message, validation.reason); break;
        case Action::warn: warn(policy, binding, validation.message); break;
        case Action::audit:
          failures_.push_back({index, validation.message, binding.policy_name, binding.name, binding.actions});
          break;
      }
    }
  }

  void warn(const ValidatingPolicy& policy, const Binding& binding, std::string_view message) {
    raise(Verdict::warn);
    std::string text = "Validation failed for ValidatingAdmissionPolicy '";
    text.append(policy.name).append("' with binding '").append(binding.name).append("': ").append(message);
    if (std::ranges::find(decision_.warnings, text) == decision_.warnings.end()) {
      decision_.warnings.push_back(std::move(text));  // the API server says each but once
    }
  }

  void annotate(const ValidatingPolicy& policy, const Binding& binding, const AnnotationDecision& annotation,
                AnnotationCollector& annotations) {
    using Kind = AnnotationDecision::Kind;
    if (annotation.kind == Kind::error) deny(policy, &binding, annotation.value, {});
    if (annotation.kind == Kind::publish) {
      annotations.add(annotation.key, std::string_view(annotation.value).substr(0, longest_audit_annotation));
    }
  }

  void deny(const ValidatingPolicy& policy, const Binding* binding, std::string_view message, std::string_view reason) {
    const bool is_first = decision_.allowed;
    raise(Verdict::deny);
    if (!is_first) return;
    std::string why = "ValidatingAdmissionPolicy '" + std::string(policy.name) + "'";
    if (binding != nullptr) why += " with binding '" + std::string(binding->name) + "'";
    why.append(" denied request: ").append(message);
    const std::string_view shown = reason.empty() ? "Invalid" : reason;
    decision_.status = {forbidden(request_, symbols_, why), std::string(shown), code_of(shown)};
  }

  void fail_configuration(const ValidatingPolicy& policy, const Binding* binding, std::string_view why) {
    std::string message = binding == nullptr ? "failed to configure policy: " : "failed to configure binding: ";
    message += why;
    add_result(policy, binding, PolicyResult::State::error);
    if (options_.results) decision_.results.back().message = message;
    if (policy.failure_policy == FailurePolicy::fail) deny(policy, binding, message, {});
  }

  void add_result(const ValidatingPolicy& policy, const Binding* binding, PolicyResult::State state) {
    if (!options_.results) return;
    decision_.results.push_back(
        {.state = state, .policy = policy.name, .binding = binding == nullptr ? std::string_view{} : binding->name});
  }

  void raise(Verdict verdict) {
    decision_.verdict = std::max(decision_.verdict, verdict);
    if (verdict >= Verdict::deny) decision_.allowed = false;
  }

  const World& world_;
  SymbolTable& symbols_;
  const JudgeOptions& options_;
  const Request& request_;
  EvaluationStack& stack_;
  ValidationScratch& scratch_;
  RoleBasedAnswers authorizer_;
  Decision decision_;
  std::vector<AuditedFailure> failures_;
  std::vector<MatchedInputs> inputs_;
  std::optional<cel::Value> name_space_;
  bool failed_ = false;
};

}  // namespace

std::string_view name_of(Verdict verdict) {
  static constexpr std::array<std::string_view, 5> names{"allow", "audit", "warn", "deny", "error"};
  return names[static_cast<std::size_t>(verdict)];
}

Judge::Judge(const World& world, SymbolTable& symbols, const JudgeOptions& options)
    : world_(world),
      symbols_(symbols),
      options_(options),
      stack_(symbols),
      scratch_(std::make_unique<ValidationScratch>()) {}
Judge::~Judge() = default;

Decision Judge::decide(const PolicySet& policies, const Request& request) {
  if (is_exempt(request.resource)) return {};
  stack_.reset();
  return RequestJudge(world_, symbols_, options_, request, stack_, *scratch_).decide(policies);
}

}  // namespace kastell::admission

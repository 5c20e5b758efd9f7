#include "admission/decide/mutate.h"

#include <algorithm>

#include "admission/decide/patch.h"
#include "admission/decide/select.h"
#include "admission/evaluate/conditions.h"
#include "cel/admission_variables.h"
#include "document/json_patch.h"
#include "document/write.h"

namespace kastell::admission {

using document::Node;

namespace {

struct Invocation {
  const CompiledPolicy* policy;
  const Binding* binding;
  Match match;
  const snapshot::Object* param;  // null: none

  bool is_same(const Invocation& other) const {
    return policy == other.policy && binding == other.binding && param == other.param;
  }
};

// All policies once, over the object that the context holds at the beginning: what matches is settled before the first
// patch.
class Round final : public Selection {
 public:
  // `only`: in the second round, the invocations that are asked again.
  Round(RequestContext& context, Decision& decision, const std::vector<Invocation>* only)
      : context_(context), decision_(decision), only_(only) {}

  void run(const PolicySet& policies) {
    for (const auto& entry : policies.mutating()) {
      if (!entry->bindings.empty()) select(*entry, context_, *this);
    }
    if (!invocations_.empty()) invoke_all();
    if (decision_.allowed && refusal_) decision_.status = *refusal_;
    if (refusal_) refuse(Verdict::deny);
  }

  bool has_patched() const { return has_patched_; }
  // Those that may be asked again.
  const std::vector<Invocation>& reinvocable() const { return reinvocable_; }

 private:
  using State = MutationResult::State;

  void not_matched(const AdmissionPolicy& policy, const Binding* binding) override {
    result(policy, binding, nullptr, State::not_matched);
  }

  void misconfigured(const AdmissionPolicy& policy, const Binding* binding, std::string_view why) override {
    const std::string_view what = binding == nullptr ? "failed to configure policy: " : "failed to configure binding: ";
    const std::string message = std::string(what).append(why);
    result(policy, binding, nullptr, State::error, message);
    add_error(policy, binding, message, "Forbidden");
  }

  void matched(const CompiledPolicy& policy, const Binding& binding, const Match& match,
               const std::optional<Params>& params) override {
    const auto& inputs = context_.inputs_for(match);
    if (!inputs) return misconfigured(policy.policy, nullptr, inputs.error().message);
    if (!params) invocations_.push_back({&policy, &binding, match, nullptr});
    if (!params) return;
    for (const snapshot::Object* param : *params) invocations_.push_back({&policy, &binding, match, param});
  }

  void invoke_all() {
    const auto name_space = context_.name_space();
    if (!name_space) {
      decision_.status = {name_space.error().message, "NotFound", 404};
      return refuse(Verdict::error);
    }
    for (const Invocation& invocation : invocations_) {
      if (decision_.allowed) invoke(invocation, *name_space);
    }
  }

  Inputs inputs_for(const Invocation& invocation, const cel::Value& name_space) {
    Inputs inputs = context_.inputs_for(invocation.match).value_or(Inputs{});
    inputs.name_space = name_space;
    if (invocation.param != nullptr) {
      inputs.params = cel::make_params(context_.stack().arena(), invocation.param->root);
    }
    return inputs;
  }

  void invoke(const Invocation& invocation, const cel::Value& name_space) {
    const AdmissionPolicy& policy = invocation.policy->policy;
    if (!policy.match_conditions.empty()) {
      const Inputs inputs = inputs_for(invocation, name_space);
      const Conditions conditions =
          check_conditions(*invocation.policy, context_.inputs_for_conditions(*invocation.policy, inputs),
                           context_.stack(), conditions_);
      if (!conditions.error.empty()) {
        decision_.matched = true;
        result(policy, invocation.binding, invocation.param, State::error, conditions.error);
        return add_error(policy, invocation.binding, conditions.error, "Invalid");
      }
      if (!conditions.met) {
        result(policy, invocation.binding, invocation.param, State::condition_false);
        return;
      }
    }
    const auto is_this = [&](const Invocation& other) { return other.is_same(invocation); };
    if (only_ != nullptr && std::ranges::none_of(*only_, is_this)) return;
    for (std::size_t i = 0; i < policy.mutations.size() && decision_.allowed; ++i) patch(invocation, i, name_space);
    if (policy.reinvoke_if_needed) reinvocable_.push_back(invocation);
  }

  void patch(const Invocation& invocation, std::size_t at, const cel::Value& name_space) {
    const AdmissionPolicy& policy = invocation.policy->policy;
    decision_.matched = true;
    const GroupVersionKind own = context_.request().kind;
    const bool is_other = invocation.match.kind != own;
    Arena& arena = context_.stack().arena();
    const Node before = is_other ? in_version(context_.request().object, invocation.match.kind, arena, symbols())
                                 : context_.request().object;
    const auto patched = patch_object(*invocation.policy, at, inputs_for(invocation, name_space), before,
                                      invocation.match.kind, context_);
    if (!patched) return fail(invocation, at, patched.error());
    const Node left = is_other ? in_version(*patched, own, arena, symbols()) : *patched;
    const auto read = context_.patched_form(context_.request().object, left);
    if (!read) return fail(invocation, at, unreadable(policy.mutations[at].type, read.error()));
    has_patched_ = true;
    MutationResult& shown = result(policy, invocation.binding, invocation.param, State::changed);
    shown.index = at;
    shown.changes = changes_between(before, *patched, symbols());
    if (shown.changes.empty()) shown.state = State::unchanged;
    context_.replace_object(*read);
  }

  // The API server decodes what a JSON Patch leaves at once, and what a configuration leaves as part of the policy.
  static PatchFailure unreadable(PatchType type, const Error& error) {
    if (type == PatchType::apply_configuration) return {error.message, false};
    return {"Internal error occurred: " + error.message, true};
  }

  void fail(const Invocation& invocation, std::size_t at, const PatchFailure& failure) {
    const AdmissionPolicy& policy = invocation.policy->policy;
    result(policy, invocation.binding, invocation.param, State::error, failure.message).index = at;
    if (!failure.is_final) return add_error(policy, invocation.binding, failure.message, "Invalid");
    decision_.status = {failure.message, "InternalError", 500};
    refuse(Verdict::deny);
  }

  // The first error whose policy does not ignore it refuses the request, once all policies were asked.
  void add_error(const AdmissionPolicy& policy, const Binding* binding, std::string_view why, std::string_view reason) {
    if (policy.failure_policy != FailurePolicy::fail || refusal_) return;
    std::string message = binding == nullptr ? "policy \"" + std::string(policy.name) + '"'
                                             : "policy '" + std::string(policy.name) + "' with binding '" +
                                                   std::string(binding->name) + '\'';
    message.append(" denied request: ").append(why);
    refusal_ = Status{std::move(message), std::string(reason), 403};
  }

  void refuse(Verdict verdict) {
    decision_.verdict = std::max(decision_.verdict, verdict);
    decision_.allowed = false;
  }

  MutationResult& result(const AdmissionPolicy& policy, const Binding* binding, const snapshot::Object* param,
                         State state, std::string_view message = {}) {
    MutationResult& made = decision_.mutations.emplace_back();
    made.state = state;
    made.policy = policy.name;
    if (binding != nullptr) made.binding = binding->name;
    if (param != nullptr) made.param = std::string(param->name_space).append("/").append(param->name);
    made.is_reinvoked = only_ != nullptr;
    made.message = message;
    return made;
  }

  SymbolTable& symbols() const { return context_.symbols(); }

  RequestContext& context_;
  Decision& decision_;
  const std::vector<Invocation>* only_;
  std::vector<Invocation> invocations_, reinvocable_;
  std::optional<Status> refusal_;
  GroupOutcome conditions_;
  bool has_patched_ = false;
};

// Admission plug-ins first, which a patch may have given more to do.
Decision reinvoke(const PolicySet& policies, RequestContext& context, Decision decision,
                  const std::vector<Invocation>& reinvocable) {
  if (const auto added = context.reinvoke_plugins(); !added) {
    decision.status = {"Internal error occurred: " + added.error().message, "InternalError", 500};
    decision.verdict = Verdict::error;
    decision.allowed = false;
  } else if (!reinvocable.empty()) {
    Round(context, decision, &reinvocable).run(policies);
  }
  return decision;
}

}  // namespace

// There is nothing to patch in a deletion. A patch, even one that changes nothing, makes the API server ask all
// policies that want it once more.
Decision mutate(const PolicySet& policies, RequestContext& context) {
  Decision decision;
  const Request& request = context.request();
  if (policies.mutating().empty() || request.operation == "DELETE" || !request.object.is_object()) return decision;
  const Node original = request.object;
  Round first(context, decision, nullptr);
  first.run(policies);
  if (decision.allowed && first.has_patched()) {
    decision = reinvoke(policies, context, std::move(decision), first.reinvocable());
  }
  if (!document::equal(original, request.object)) {
    document::append_json(decision.object, request.object, context.symbols());
  }
  return decision;
}

}  // namespace kastell::admission

#include "admission/decide/select.h"

namespace kastell::admission {

namespace {

std::optional<std::string> unknown_param_kind(const AdmissionPolicy& policy, const World& world) {
  if (!policy.param_kind) return std::nullopt;
  const ParamKind& kind = *policy.param_kind;
  if (world.is_namespaced(kind.group(), kind.kind)) return std::nullopt;
  return "failed to find resource referenced by paramKind: '" + std::string(kind.group()) + '/' +
         std::string(kind.version()) + ", Kind=" + std::string(kind.kind) + "'";
}

void select_binding(const CompiledPolicy& compiled, const Binding& binding, const Match& match,
                    const RequestContext& context, Selection& into) {
  const AdmissionPolicy& policy = compiled.policy;
  if (binding.resources) {
    const Match& bound = context.match(*binding.resources);
    if (!bound.error.empty()) return into.misconfigured(policy, &binding, bound.error);
    if (!bound.matches) return into.not_matched(policy, &binding);
  }
  std::optional<Params> params;
  if (policy.param_kind && binding.params) {
    auto found = collect_params(*policy.param_kind, *binding.params, context.request().name_space, context.world());
    if (!found) return into.misconfigured(policy, &binding, found.error().message);
    params = std::move(*found);
  }
  into.matched(compiled, binding, match, params);
}

}  // namespace

void select(const PolicySet::Entry& entry, const RequestContext& context, Selection& into) {
  const AdmissionPolicy& policy = entry.compiled.policy;
  if (!policy.constraints) {
    return into.misconfigured(policy, nullptr, "policy contained no match constraints, a required field");
  }
  const Match& match = context.match(*policy.constraints);
  if (!match.error.empty()) return into.misconfigured(policy, nullptr, match.error);
  if (!match.matches) return into.not_matched(policy, nullptr);
  if (const auto unknown = unknown_param_kind(policy, context.world())) {
    return into.misconfigured(policy, nullptr, *unknown);
  }
  for (const Binding& binding : entry.bindings) {
    if (!into.is_over()) select_binding(entry.compiled, binding, match, context, into);
  }
}

}  // namespace kastell::admission

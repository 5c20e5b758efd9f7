// Which policies, bindings and parameters a request is for (apiserver policy/generic/policy_dispatcher.go).
#pragma once

#include <optional>
#include <string_view>

#include "admission/decide/context.h"
#include "admission/decide/params.h"

namespace kastell::admission {

class Selection {
 public:
  virtual ~Selection() = default;
  // The policy's or, if there is one, the binding's resources do not select the request.
  virtual void not_matched(const AdmissionPolicy& policy, const Binding* binding) = 0;
  // `why` without the API server's introduction.
  virtual void misconfigured(const AdmissionPolicy& policy, const Binding* binding, std::string_view why) = 0;
  // Without params the policy is evaluated once, with params for each; the list may be empty.
  virtual void matched(const CompiledPolicy& policy, const Binding& binding, const Match& match,
                       const std::optional<Params>& params) = 0;
  // Whether the request has failed, and nothing more is to be asked.
  virtual bool is_over() const { return false; }
};

// One policy with all its bindings.
void select(const PolicySet::Entry& entry, const RequestContext& context, Selection& into);

}  // namespace kastell::admission

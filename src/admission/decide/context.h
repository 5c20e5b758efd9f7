// What policies are shown of one request: the values of their variables, made once for each resource that they match.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "admission/admission.h"
#include "admission/authorize/role_based.h"
#include "admission/decide/inputs.h"
#include "admission/match/match.h"

namespace kastell::admission {

class RequestContext {
 public:
  RequestContext(const World& world, SymbolTable& symbols, const JudgeOptions& options, const Request& request,
                 EvaluationStack& stack);
  ~RequestContext();
  RequestContext(const RequestContext&) = delete;
  RequestContext& operator=(const RequestContext&) = delete;

  const World& world() const { return world_; }
  SymbolTable& symbols() const { return symbols_; }
  const JudgeOptions& options() const { return options_; }
  const Request& request() const { return request_; }
  EvaluationStack& stack() const { return stack_; }

  // From now on the request is about this object.
  void replace_object(const document::Node& object);

  // Everything but params and namespaceObject.
  const Result<Inputs>& inputs_for(const Match& match);
  // The same for match conditions, which see the request's own resource, and no namespace.
  Inputs inputs_for_conditions(const CompiledPolicy& policy, const Inputs& inputs);
  // namespaceObject; null for what has no namespace. An error if there is no such namespace: the request fails.
  Result<cel::Value> name_space();

  cel::KubernetesVersion version() const { return options_.version; }
  // "PODS \"web\" is forbidden: WHY", as the API server refuses.
  std::string forbidden(std::string_view why) const;

 private:
  // Policies mostly match by the same resource.
  struct MatchedInputs {
    GroupVersionResource resource;
    GroupVersionKind kind;
    Result<Inputs> inputs;
  };
  Result<Inputs> build_inputs(const Match& match) const;
  bool shows_structs() const { return options_.typed && options_.version >= cel::KubernetesVersion{1, 37}; }

  const World& world_;
  SymbolTable& symbols_;
  const JudgeOptions& options_;
  Request request_;
  EvaluationStack& stack_;
  RoleBasedAnswers authorizer_;
  std::vector<MatchedInputs> inputs_;
  std::optional<cel::Value> name_space_;
};

}  // namespace kastell::admission

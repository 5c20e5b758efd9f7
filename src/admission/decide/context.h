// What policies are shown of one request: the values of their variables, made once for each resource that they match.
#pragma once

#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "admission/admission.h"
#include "admission/authorize/role_based.h"
#include "admission/decide/form.h"
#include "admission/decide/inputs.h"
#include "admission/evaluate/plain.h"
#include "admission/match/match.h"
#include "admission/plugins/chain.h"

namespace kastell::admission {

// Memory that one request leaves to the next.
struct ContextMemory {
  // Policies mostly match by the same resource.
  struct MatchedInputs {
    GroupVersionResource resource;
    GroupVersionKind kind;
    Result<Inputs> inputs;
  };
  struct KnownMatch {
    std::uint64_t round = 0;  // in which it was asked
    Match match;
  };

  std::unique_ptr<ObjectForms> forms;    // if objects need any
  std::unique_ptr<PluginChain> plugins;  // likewise
  std::vector<MatchedInputs> inputs;
  std::vector<KnownMatch> matches;  // by the constraints' number
  std::uint64_t round = 0;

  // For another request, or another object of it.
  void forget();
};

class RequestContext {
 public:
  // `constraints`: PolicySet::different_constraints().
  RequestContext(const World& world, SymbolTable& symbols, const JudgeOptions& options, const Request& request,
                 EvaluationStack& stack, ContextMemory& memory, std::size_t constraints);
  ~RequestContext();
  RequestContext(const RequestContext&) = delete;
  RequestContext& operator=(const RequestContext&) = delete;

  const World& world() const { return world_; }
  SymbolTable& symbols() const { return symbols_; }
  const JudgeOptions& options() const { return options_; }
  const Request& request() const { return request_; }
  EvaluationStack& stack() const { return stack_; }

  // Brings the request's objects into the form of the options. An error if an API server could not read them.
  Result<void> take_objects();
  // What admission plug-ins add to an object that a patch changed: an API server asks them once more.
  Result<void> reinvoke_plugins();
  // What an API server writes into a new object itself, when mutating policies have seen it.
  void create_object();
  // What a patch made of `before`, brought into that form. An error if an API server could not read it (of objects that
  // are taken as they are written, although it could read `before`).
  Result<document::Node> patched_form(const document::Node& before, const document::Node& after);
  // From now on the request is about this object.
  void replace_object(const document::Node& object);

  // Whether constraints of the policy set select the request. Those that read the same are asked once.
  const Match& match(const MatchResources& constraints) const;

  // Everything but params; namespaceObject only if name_space() is no error.
  const Result<Inputs>& inputs_for(const Match& match);
  // The same in the order of slots, for a policy with neither parameters nor variables; null if there is an error.
  const Slots* plain_slots(const Match& match);
  // The same for match conditions, which see the request's own resource, and no namespace.
  Inputs inputs_for_conditions(const CompiledPolicy& policy, const Inputs& inputs);
  // namespaceObject; null for what has no namespace. An error if there is no such namespace: the request fails.
  const Result<cel::Value>& name_space();

  cel::KubernetesVersion version() const { return options_.version; }
  // "PODS \"web\" is forbidden: WHY", as the API server refuses.
  std::string forbidden(std::string_view why) const;

 private:
  Result<Inputs> build_inputs(const Match& match);
  Result<cel::Value> build_name_space() const;
  bool shows_structs() const {
    return options_.form != ObjectForm::as_written && options_.version >= cel::KubernetesVersion{1, 37};
  }
  Result<document::Node> in_form(const document::Node& object, ObjectForm form);
  bool has_plugins() const { return options_.form == ObjectForm::defaulted && !request_.is_held; }
  Result<document::Node> with_plugins(const PluginChain::Subject& subject);

  const World& world_;
  SymbolTable& symbols_;
  const JudgeOptions& options_;
  Request request_;
  EvaluationStack& stack_;
  RoleBasedAnswers authorizer_;
  ContextMemory& memory_;
  std::optional<Result<cel::Value>> name_space_;
  NoVariables no_variables_;
  const Match* of_slots_ = nullptr;  // for which plain_slots_ were made
  Slots plain_slots_ = {};
};

}  // namespace kastell::admission

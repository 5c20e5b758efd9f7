// Kubernetes' own admission policies, judged as the API server judges them.
//
//   PolicySet policies(language);
//   policies.add(snapshot);                              // or add_policy, add_binding
//   Judge judge(world);
//   Decision decision = judge.decide(policies, request); // one per thread
//
// Mutating policies come first, as in an API server, and the validating ones judge what they made of the object.
// Policies are judged in the order of their names, and so are the bindings of one: the API server's own order is
// random. The first denial gives the status.
#pragma once

#include <map>
#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "admission/decision.h"
#include "admission/evaluate/compiled.h"
#include "admission/evaluate/lazy_variables.h"
#include "admission/plugins.h"
#include "admission/request.h"
#include "admission/world.h"

namespace kastell::admission {

// Compiled policies with their bindings; immutable once everything is added, and then safe for any thread. The
// documents that the policies came from must outlive it, and share the language's symbols.
class PolicySet {
 public:
  explicit PolicySet(Language language) : language_(std::move(language)) {}

  void add_policy(AdmissionPolicy policy);
  void add_binding(Binding binding);
  // Every policy and binding of a snapshot. Errors (one each) of those that could not be read.
  std::vector<Error> add(const snapshot::Snapshot& snapshot);

  struct Entry {
    CompiledPolicy compiled;
    std::vector<Binding> bindings;  // by name
  };
  using Entries = std::vector<std::unique_ptr<Entry>>;
  // Validating policies by name; policies without bindings are here too, but do nothing.
  const Entries& entries() const { return entries_; }
  // Mutating policies by name.
  const Entries& mutating() const { return mutating_; }
  std::vector<const CompiledPolicy*> all() const;
  // Of the validating policies those that could match requests for a resource, by name: the others need not be asked.
  // Subresources, groups and versions do not count, for a policy may match equivalent ones.
  void find_candidates(std::string_view resource, std::vector<const Entry*>& into) const;
  // A validating policy.
  const Entry* find(std::string_view policy) const;
  // Expressions that do not compile, in the API server's words: "name: spec.validations[0].expression: …".
  std::vector<std::string> compile_errors() const;
  // How many constraints differ, of policies and bindings.
  std::size_t different_constraints() const { return constraint_numbers_.size(); }
  // Bindings of policies that are not here.
  const std::vector<Binding>& unbound() const { return unbound_; }

 private:
  // By resource, "*" for policies that match any; each by name.
  using Index = std::map<std::string_view, std::vector<const Entry*>, std::less<>>;
  void index(const Entry& entry);
  void number(std::optional<MatchResources>& constraints);

  Entries& list_of(bool mutating) { return mutating ? mutating_ : entries_; }

  Language language_;
  Entries entries_, mutating_;
  Index index_;
  std::map<std::string, std::uint32_t> constraint_numbers_;  // by what they read
  std::vector<Binding> unbound_;
};

struct JudgeScratch;
class ExpressionCoverage;

// What is made of the objects of Kubernetes' own kinds that requests bring along, before policies see them
// (kube/intake.h). In both of the last two, expressions see Go structs from 1.37 on, which compare more strictly than
// maps.
enum class ObjectForm : std::uint8_t {
  as_written,  // nothing
  typed,       // the form in which an API server holds them
  defaulted,   // that, their defaults, and what admission plug-ins add (admission/plugins.h): what an API server makes
               // of what a client sends
};

struct JudgeOptions {
  ObjectForm form = ObjectForm::as_written;
  cel::KubernetesVersion version = cel::newest_kubernetes;
  // A namespace that the world does not have counts as one without labels of its own. Otherwise the request fails, as
  // it does in an API server.
  bool assume_namespaces = false;
  PluginNumbers disabled_plugins = {};  // those that add nothing
  bool results = true;                  // fill Decision::results
  // Counts which way conditions go, at the price of slow evaluation; null: nobody asks. One thread's.
  ExpressionCoverage* coverage = nullptr;
};

// Judges one request after the other. One per thread; memory is reused.
class Judge {
 public:
  Judge(const World& world, SymbolTable& symbols, const JudgeOptions& options = {});
  ~Judge();

  Decision decide(const PolicySet& policies, const Request& request);

 private:
  const World& world_;
  SymbolTable& symbols_;
  JudgeOptions options_;
  EvaluationStack stack_;
  std::unique_ptr<JudgeScratch> scratch_;
};

}  // namespace kastell::admission

// Asking a definition's rules about one resource.
#pragma once

#include "custom/rules/compiled.h"

namespace kastell::custom {

class RuleWalk {
 public:
  // Kubernetes' budget of one resource (apiserver pkg/apis/cel/config.go).
  static constexpr std::uint64_t most_cost_of_call = 1'000'000, most_cost = 10'000'000;

  RuleWalk(DefinitionRules& rules, ValueWriter& values, const Keywords& words, cel::Evaluation& evaluation,
           ProblemSink& sink)
      : rules_(rules), values_(values), words_(words), evaluation_(evaluation), sink_(sink) {}

  void check(const document::Node& value, const cel::Value& self, const document::Node& schema, bool is_resource);

 private:
  void ask(const CompiledRule& rule, const cel::Value& self);
  void judge(const CompiledRule& rule, const cel::Value& self, const cel::Value& answer);
  std::string message_of(const CompiledRule& rule, const cel::Value& self);
  std::optional<cel::Value> run(const cel::Program& program, const cel::Value& self);
  void check_below(document::Step step, const document::Node& value, const cel::Value& self,
                   const document::Node& schema);
  void check_members(const document::Node& value, const cel::Value& self, const document::Node& schema);

  DefinitionRules& rules_;
  ValueWriter& values_;
  const Keywords& words_;
  cel::Evaluation& evaluation_;
  ProblemSink& sink_;
  std::vector<document::Step> path_;
  std::uint64_t left_ = most_cost;
  bool is_stopped_ = false;  // nothing more is asked
};

}  // namespace kastell::custom

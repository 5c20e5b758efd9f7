#include "custom/resource_check.h"

#include "custom/rules/check.h"
#include "custom/values/defaults.h"
#include "custom/values/walk.h"

namespace kastell::custom {

using document::Node;
using kube::FieldProblem;
using kube::FieldProblemType;

struct ResourceCheck::Parts {
  Parts(std::shared_ptr<SymbolTable> table, std::uint8_t minor)
      : symbols(std::move(table)), version{1, minor}, words(*symbols), evaluation(*symbols) {}

  DefinitionRules& rules_of(const Node& schema) {
    auto& known = rules[&schema];
    if (known == nullptr) known = std::make_unique<DefinitionRules>(version, schema, symbols, words);
    return *known;
  }

  std::shared_ptr<SymbolTable> symbols;
  cel::KubernetesVersion version;
  Keywords words;
  Patterns patterns;
  std::unordered_map<const Node*, std::unique_ptr<DefinitionRules>> rules;
  cel::Evaluation evaluation;

  void check_rules(const Node& whole, const Node& schema, const Object& known, Steps& steps, ProblemSink& sink,
                   Arena& arena);
};

void ResourceCheck::Parts::check_rules(const Node& whole, const Node& schema, const Object& object, Steps& steps,
                                       ProblemSink& sink, Arena& arena) {
  DefinitionRules& known = rules_of(schema);
  if (!known.has_rules(schema)) return;
  if (!object.is_decodable) {
    return sink.doubt(FieldProblemType::broken_rule, {},
                      "the rules of its definition are not asked while a field is missing or of a wrong type", false);
  }
  if (object.had_nulls && known.has_nullable()) {
    return sink.doubt(FieldProblemType::broken_rule, {},
                      "the rules of its definition may read fields that are null, which Kastell leaves out", false);
  }
  ValueWriter values(*symbols, words, known.lists(), steps, arena);
  const cel::Value self = values.value(whole, schema, true);
  if (steps.is_exhausted()) return;
  RuleWalk(known, values, words, evaluation, sink).check(whole, self, schema, true);
}

ResourceCheck::ResourceCheck(std::shared_ptr<SymbolTable> symbols, std::uint8_t minor)
    : parts_(std::make_unique<Parts>(std::move(symbols), minor)) {}
ResourceCheck::~ResourceCheck() = default;
ResourceCheck::ResourceCheck(ResourceCheck&&) noexcept = default;

std::span<const FieldProblem> ResourceCheck::check(const Node& object, const Node& schema, const Object& known,
                                                   Arena& arena) {
  Steps steps(most_steps);
  ProblemSink sink(arena);
  const Node whole = with_defaults(object, schema, parts_->words, steps, arena);
  ValueWalk walk(*parts_->symbols, parts_->words, parts_->patterns, steps, sink, parts_->version.minor);
  walk.check_resource(whole, schema);
  if (!steps.is_exhausted()) parts_->check_rules(whole, schema, known, steps, sink, arena);
  if (steps.is_exhausted()) {
    for (const auto type : {FieldProblemType::invalid_value, FieldProblemType::broken_rule}) {
      sink.doubt(type, {}, "its definition asks for more than 1,000,000 steps with this object, the limit", true);
    }
  }
  sink.finish();
  return arena.copy(sink.problems());
}

}  // namespace kastell::custom

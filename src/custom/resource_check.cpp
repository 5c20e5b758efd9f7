#include "custom/resource_check.h"

#include "custom/values/defaults.h"
#include "custom/values/walk.h"

namespace kastell::custom {

using document::Node;
using kube::FieldProblem;
using kube::FieldProblemType;

struct ResourceCheck::Parts {
  explicit Parts(std::shared_ptr<SymbolTable> table) : symbols(std::move(table)), words(*symbols) {}

  std::shared_ptr<SymbolTable> symbols;
  Keywords words;
  Patterns patterns;
};

ResourceCheck::ResourceCheck(std::shared_ptr<SymbolTable> symbols)
    : parts_(std::make_unique<Parts>(std::move(symbols))) {}
ResourceCheck::~ResourceCheck() = default;
ResourceCheck::ResourceCheck(ResourceCheck&&) noexcept = default;

std::span<const FieldProblem> ResourceCheck::check(const Node& object, const Node& schema, Arena& arena) {
  Steps steps(most_steps);
  ProblemSink sink(arena);
  const Node whole = with_defaults(object, schema, parts_->words, steps, arena);
  ValueWalk walk(*parts_->symbols, parts_->words, parts_->patterns, steps, sink);
  walk.check_resource(whole, schema);
  if (steps.is_exhausted()) {
    sink.doubt(FieldProblemType::invalid_value, {},
               "its definition asks for more than 1,000,000 steps with this object, the limit");
  }
  return arena.copy(sink.problems());
}

}  // namespace kastell::custom

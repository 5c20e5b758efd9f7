#include "custom/intake.h"

#include "custom/values/defaults.h"
#include "custom/values/keywords.h"
#include "custom/values/prune.h"

namespace kastell::custom {

using document::Node;

CustomIntake::CustomIntake(SymbolTable& symbols) : words_(std::make_unique<Keywords>(symbols)) {}
CustomIntake::~CustomIntake() = default;

Result<Node> CustomIntake::take(const Node& resource, const Node& schema, Arena& arena) const {
  Steps steps(most_steps);
  const Node known = pruned(resource, schema, *words_, steps, arena);
  const Node whole = with_defaults(known, schema, *words_, steps, arena);
  if (!steps.is_exhausted()) return whole;
  return failure(ErrorCode::limit, "the resource exceeds the limit CustomIntake::most_steps");
}

}  // namespace kastell::custom

#include "custom/intake.h"

#include "custom/values/defaults.h"
#include "custom/values/keywords.h"
#include "custom/values/prune.h"

namespace kastell::custom {

using document::Node;

namespace {

// About what it takes to write the value; once it is more than `most`, any number that is.
std::uint64_t written_bytes(const Node& value, const SymbolTable& symbols, std::uint64_t most) {
  constexpr std::uint64_t around = 4;  // quotes and commas
  std::uint64_t bytes = around + (value.is_string() ? value.size : 0);
  if (!value.is_list() && !value.is_object()) return bytes;
  for (std::uint32_t i = 0; i < value.size && bytes <= most; ++i) {
    if (value.is_object()) bytes += symbols.text(value.member_keys()[i]).size();
    bytes += written_bytes(value.items[i], symbols, most);
  }
  return bytes;
}

}  // namespace

CustomIntake::CustomIntake(SymbolTable& symbols) : symbols_(symbols), words_(std::make_unique<Keywords>(symbols)) {}
CustomIntake::~CustomIntake() = default;

Result<Node> CustomIntake::take(const Node& resource, const Node& schema, Arena& arena) const {
  Steps steps(most_steps);
  const Node known = pruned(resource, schema, *words_, steps, arena);
  const Node whole = with_defaults(known, schema, *words_, steps, arena);
  if (steps.is_exhausted()) return failure(ErrorCode::limit, "the resource exceeds the limit CustomIntake::most_steps");
  const std::uint64_t most = written_bytes(known, symbols_, UINT64_MAX) + most_added_bytes;
  if (written_bytes(whole, symbols_, most) <= most) return whole;
  return failure(ErrorCode::limit, "the defaults of the resource exceed the limit CustomIntake::most_added_bytes");
}

}  // namespace kastell::custom

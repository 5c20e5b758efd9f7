// What the engines may touch inside an Evaluation.
#pragma once

#include <string>
#include <vector>

#include "cel/evaluate.h"

namespace kastell::cel {

struct EngineAccess {
  static std::uint64_t& cost(Evaluation& evaluation) { return evaluation.cost_; }
  static std::vector<Value>& frame(Evaluation& evaluation) { return evaluation.frame_; }
};

inline constexpr std::string_view cost_limit_exceeded = "operation cancelled: actual cost limit exceeded";
inline constexpr std::string_view no_such_overload = "no such overload";

inline constexpr std::uint64_t structure_cost = 40;
inline constexpr std::string_view optional_entry_expected = "cannot initialize optional entry from non-optional value";

// The error with the expression it belongs to, unless it is already known.
inline Value with_expr_id(Arena& arena, const Value& error, std::int64_t id) {
  if (as_error(error).expr_id != 0) return error;
  Value labelled = error;
  labelled.pointer = arena.create<EvaluationError>(as_error(error).message, id);
  return labelled;
}

}  // namespace kastell::cel

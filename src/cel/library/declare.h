// Short forms for the rows of a library's table.
#pragma once

#include "cel/function.h"

namespace kastell::cel::declare {

constexpr Overload function(std::string_view name, std::string_view id, std::string_view signature, Implementation call,
                            CallCost cost = nullptr) {
  return {.function = name, .id = id, .member = false, .signature = signature, .call = call, .cost = cost};
}

constexpr Overload member(std::string_view name, std::string_view id, std::string_view signature, Implementation call,
                          CallCost cost = nullptr) {
  return {.function = name, .id = id, .member = true, .signature = signature, .call = call, .cost = cost};
}

// Takes errors as arguments; the evaluator itself knows how.
constexpr Overload evaluated(std::string_view name, std::string_view id, std::string_view signature) {
  return {.function = name, .id = id, .signature = signature, .strict = false};
}

// Its cost holds for the function's name, whichever overload is meant.
constexpr Overload costed_by_name(Overload overload) {
  overload.named_cost = overload.cost;
  return overload;
}

constexpr Overload checking_itself(Overload overload) {
  overload.checks_itself = true;
  return overload;
}

}  // namespace kastell::cel::declare

// Joins: which other kinds the variables of a rule bring in, beside the object that is judged.
//
// Facts (scan/facts.h) makes these members; who adds one there adds its row here, or a test fails.
#pragma once

#include <cstdint>
#include <span>
#include <string_view>

#include "policy/control.h"

namespace kastell::policy {

struct Join {
  std::string_view text;  // how an expression reads the member
  std::string_view group, kind;
};

std::span<const Join> all_joins();

// The set of the joins that the rule's expressions read, by their places in all_joins(): what Rule::joins keeps.
// Looking for them took a twentieth of a short scan, so the image has the set.
std::uint64_t joins_of(const Rule& rule);

// `join` is one of all_joins().
bool reads(const Rule& rule, const Join& join);
// The set of those that bring in objects of that kind.
std::uint64_t joins_with(std::string_view group, std::string_view kind);

}  // namespace kastell::policy

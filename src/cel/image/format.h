// What writer and reader of images agree on.
//
//   image  = id-count node-count node
//   node   = head id begin end at type [reference] payload      head: ExprKind, and flags
//   type   = TypeKind, and name and parameters where the kind has them
#pragma once

#include <cstdint>

#include "cel/type.h"

namespace kastell::cel::image {

namespace head {
inline constexpr std::uint8_t kind_mask = 0x07;
inline constexpr std::uint8_t test_only = 0x08;    // select: has()
inline constexpr std::uint8_t operand = 0x10;      // call, select: one follows
inline constexpr std::uint8_t reference = 0x20;    // what the checker found follows
inline constexpr std::uint8_t is_constant = 0x40;  // and it is a constant of the environment
}  // namespace head

inline constexpr unsigned deepest_node = 1000;  // macros nest deeper than the texts they come from

constexpr bool has_parts(TypeKind kind) {
  switch (kind) {
    case TypeKind::list:
    case TypeKind::map:
    case TypeKind::type:
    case TypeKind::optional:
    case TypeKind::wrapper:
    case TypeKind::opaque:
    case TypeKind::object:
    case TypeKind::parameter: return true;
    default: return false;
  }
}

}  // namespace kastell::cel::image

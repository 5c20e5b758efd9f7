#pragma once

#include <cstdint>
#include <optional>
#include <unordered_map>

#include "base/arena.h"
#include "cel/value.h"

namespace kastell::cel {

// Lists that grow by one element after another, as `@result + [x]` does in the loops of map() and filter(): a new list
// for every element would take time and memory that grow with the square of the length. Here the longer list lies in
// the same block while there is room; the shorter one stays what it was.
class GrowingLists {
 public:
  // a + b; nothing if this is no case of growing, and for addition to decide.
  std::optional<Value> join(Arena& arena, const Value& a, const Value& b);

 private:
  struct Room {
    std::uint64_t used, capacity;
  };
  std::unordered_map<const Value*, Room> rooms_;  // by the block
};

}  // namespace kastell::cel

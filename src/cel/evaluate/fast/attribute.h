// Reading variables and fields: identifiers, a.b.c, has(a.b), a[k], a.?b, c ? a : b.
#pragma once

#include "cel/evaluate/fast/node.h"

namespace kastell::cel::fast {

// A variable or a local of a comprehension. `own` is 1 where the expression itself is evaluated, 0
// where it is only the root of something that is (cel-go counts the chain, not its root).
struct FrameNode : AttributeNode {
  std::uint32_t slot = 0;
  std::uint8_t own = 1;

  template <bool counting>
  static Value execute(const Node& self, Machine& machine);
  template <bool counting>
  static Found find(const AttributeNode& self, Machine& machine);
};

// A local that is computed when it is first read: the accumulator of a fold, the variable of cel.bind.
struct LazyNode : FrameNode {
  const Node* initial = nullptr;

  template <bool counting>
  static Value execute(const Node& self, Machine& machine);
  template <bool counting>
  static Found find(const AttributeNode& self, Machine& machine);
};
// What a lazy local's slot holds until then.
inline constexpr Kind not_yet_computed{255};

struct Step {
  Value key = {};                  // constant keys
  Value missing = {};              // the error if there is no such key
  const Node* computed = nullptr;  // other keys
  Symbol symbol = {};              // of a string key
  bool named = false;              // the key is a constant string
  bool optional = false;           // .?b and [?k]
  bool tests = false;              // has(): the last step
  std::int64_t id = 0;
};

// Where an earlier presence test may have left the way to a prefix of this path.
struct Shortcut {
  std::uint32_t slot = 0;   // of the frame: a pointer to the element, or null
  std::uint32_t steps = 0;  // 0: no shortcut
};

// slot.a.b.c with constant field names.
struct PathNode : AttributeNode {
  std::uint32_t slot = 0;
  std::uint32_t size = 0;
  const Step* steps = nullptr;
  const Symbol* symbols = nullptr;
  Shortcut shortcut = {};
  std::uint8_t own = 1;

  template <bool counting>
  static Value execute(const Node& self, Machine& machine);
  template <bool counting>
  static Found find(const AttributeNode& self, Machine& machine);

 private:
  // Whatever the root and what lies on the way.
  template <bool counting>
  static Value walk_any(const PathNode& node, Machine& machine);
};

// has(slot.a.b.c)
struct PathTestNode : PathNode {
  std::uint32_t remember = 0;  // slot that keeps the element found for later paths
  std::uint8_t test_cost = 0;  // what remains of `own`

  template <bool counting>
  static Value execute(const Node& self, Machine& machine);

 protected:
  template <bool counting>
  static Value test(const PathTestNode& node, Machine& machine);

 private:
  template <bool counting>
  static Value test_any(const PathTestNode& node, Machine& machine);
};

// !has(slot.a.b.c)
struct AbsenceTestNode : PathTestNode {
  template <bool counting>
  static Value execute(const Node& self, Machine& machine);
};

// Everything else: any root, computed and optional keys.
struct ChainNode : AttributeNode {
  const Node* root = nullptr;
  const AttributeNode* root_attribute = nullptr;  // the same node, if it is one
  const Step* steps = nullptr;
  std::uint32_t size = 0;
  std::int8_t own = 1;   // -1: has() of a conditional, where Kubernetes takes back what was never charged
  bool as_bool = false;  // has(): the answer, not the element

  template <bool counting>
  static Value execute(const Node& self, Machine& machine);
  template <bool counting>
  static Found find(const AttributeNode& self, Machine& machine);
};

struct ConditionalNode : AttributeNode {
  const Node* condition = nullptr;
  const Node* branches[2] = {};                    // if true, if false
  const AttributeNode* branch_attributes[2] = {};  // the same, where they are attributes

  template <bool counting>
  static Value execute(const Node& self, Machine& machine);
  template <bool counting>
  static Found find(const AttributeNode& self, Machine& machine);
};

// Applies the steps to what was found so far.
template <bool counting>
Found walk(const Found& root, std::span<const Step> steps, Machine& machine);

}  // namespace kastell::cel::fast

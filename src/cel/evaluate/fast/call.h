// Calls: functions by overload, operators, and forms that are decided when the program is made.
#pragma once

#include <atomic>
#include <mutex>

#include "cel/evaluate/dispatch.h"
#include "cel/evaluate/fast/node.h"
#include "cel/library/regex.h"

namespace kastell::cel::fast {

// Any call. As in cel-go the operands of binary functions are all evaluated before an error counts.
struct CallNode : Node {
  std::string_view function = {};
  Candidates candidates = {};
  Implementation operation = nullptr;  // an operator: takes any operands
  const Node* const* operands = nullptr;
  std::uint32_t size = 0;
  bool stops_at_error = true;

  template <bool counting>
  static Value execute(const Node& self, Machine& machine);
};

// == and != with a constant string, the commonest comparison.
struct TextEqualityNode : Node {
  const Node* operand = nullptr;
  Value text = {};
  std::uint32_t text_size = 0;  // in code points, for cost
  bool negated = false;

  template <bool counting>
  static Value execute(const Node& self, Machine& machine);
};

// Operators on two operands, with a short way for integers and bools.
struct BinaryNode : Node {
  enum class Form : std::uint8_t { general, equals, not_equals, less, less_equals, greater, greater_equals };
  Form form = Form::general;
  Implementation operation = nullptr;
  CallCost cost = nullptr;  // null: 1
  const Node* operands[2] = {};

  template <bool counting>
  static Value execute(const Node& self, Machine& machine);
};

struct NotNode : Node {
  const Node* operand = nullptr;

  template <bool counting>
  static Value execute(const Node& self, Machine& machine);
};

// `x in [constants]`. Kubernetes answers it from a set at no cost; elsewhere it costs the list's length.
struct ConstantSetNode : Node {
  const Node* operand = nullptr;
  Value list = {};
  const std::uint32_t* index = nullptr;  // open addressing over element numbers + 1; all elements are strings
  std::uint32_t index_mask = 0;
  std::uint64_t cost = 0;
  bool as_set = false;  // membership as cel-go's set has it, else equality

  template <bool counting>
  static Value execute(const Node& self, Machine& machine);
};

// A pattern that is compiled when it is first matched. Thread-safe.
class LateRegex {
 public:
  explicit LateRegex(std::string_view pattern) : pattern_(pattern) {}

  const re2::RE2& get() {
    const re2::RE2* made = made_.load(std::memory_order_acquire);
    return made != nullptr ? *made : make();
  }
  // Whether the pattern is one.
  bool compiles();

 private:
  const re2::RE2& make();

  std::string_view pattern_;
  std::mutex making_;
  Regex regex_;
  std::atomic<const re2::RE2*> made_ = nullptr;
};

// text.matches(constant)
struct RegexNode : Node {
  const Node* text = nullptr;
  LateRegex* regex = nullptr;
  Value pattern = {};
  Candidates candidates = {};
  bool stops_at_error = false;

  template <bool counting>
  static Value execute(const Node& self, Machine& machine);
};

}  // namespace kastell::cel::fast

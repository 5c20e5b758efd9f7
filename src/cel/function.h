// Functions: how a library declares what it offers, once, for checker, evaluator and cost model.
//
// A library is a constant table. Each overload carries its signature as text, its implementation and
// its cost; an Environment picks the overloads that its dialect and version have.
//
//   constexpr Overload overloads[] = {
//     {.function = "charAt", .id = "string_char_at_int", .member = true,
//      .signature = "string, int -> string", .call = &char_at, .cost = &cost::one},
//   };
#pragma once

#include <cstdint>
#include <span>
#include <string_view>

#include "base/arena.h"
#include "cel/ast.h"
#include "cel/value.h"

namespace kastell::cel {

// What an implementation may use while it runs. One per thread and evaluation; see cel/evaluate.h.
struct CallContext {
  Arena& arena;  // results live here
  const SymbolTable& symbols;
  std::int64_t now_seconds = 0;  // no CEL function reads a clock; kept for authorizer answers' expiry
  class AuthorizerAnswers* authorizer = nullptr;
};

// Arguments come without errors (strict functions never see one), the target of a member call first.
// A failure is returned as make_error(); argument kinds that no overload takes are the dispatcher's
// business, not the implementation's.
using Implementation = Value (*)(CallContext& context, std::span<const Value> arguments);

// Actual cost of a call beyond its arguments', in Kubernetes' units (cel-go CostTracker and
// apiserver's library.CostEstimator.CallCost). Null: 1.
using CallCost = std::uint64_t (*)(CallContext& context, std::span<const Value> arguments, const Value& result);

struct Overload {
  std::string_view function;      // "charAt", "_+_", "math.greatest", "ip.isCanonical"
  std::string_view id;            // cel-go's overload id
  bool member = false;            // receiver style: the first parameter is the target
  std::string_view signature;     // type notation of cel/type.h: "string, int -> string"
  Implementation call = nullptr;  // null: the evaluator itself implements it (&&, ||, ?:, _[_], in, …)
  CallCost cost = nullptr;
  bool strict = true;  // false: errors and unknowns are passed in
  // Cost where the checker leaves several overloads open (operands of type dyn): only functions that
  // Kubernetes knows by name have one. Null: 1.
  CallCost named_cost = nullptr;
  // Takes arguments of any kind and fails by itself (cel-go's singleton bindings).
  bool checks_itself = false;
};

// A macro turns a call into another tree at parse time. `expand` gets the parser's expression factory.
class MacroExpander;
struct MacroCall {
  const Expr* target;  // null for global macros
  std::span<const Expr* const> arguments;
  std::int64_t id;   // of the call that is replaced
  std::uint32_t at;  // its offset
};
// The expansion; null to leave the call as it is. A misuse is reported through the expander.
using Expansion = const Expr* (*)(MacroExpander& expander, const MacroCall& call);
struct Macro {
  std::string_view function;
  bool member = false;
  std::int32_t argument_count = 0;  // -1: any number
  Expansion expand = nullptr;
};

// A named constant of a library, e.g. a type name that denotes a type value.
struct ConstantDeclaration {
  std::string_view name;
  std::string_view type;  // type notation; its value is the type itself: "net.IP" → type(net.IP)
};

struct Library {
  std::string_view name;      // "strings", "kubernetes.quantity"
  std::uint32_t version = 0;  // as cel-go counts the library's versions
  std::span<const Overload> overloads = {};
  std::span<const Macro> macros = {};
  std::span<const ConstantDeclaration> constants = {};
};

}  // namespace kastell::cel

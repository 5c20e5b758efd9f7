// Type variables and what they turned out to be: assignability of types that may contain variables
// (specification: «Gradual type checking»; the algorithm, and so the outcome, is cel-go's).
#pragma once

#include <cstdint>
#include <span>
#include <unordered_map>
#include <vector>

#include "base/arena.h"
#include "cel/type.h"

namespace kastell::cel {

class Unifier {
 public:
  // A few lines can make a type of exponential size: {k: x, x: k}, bound and used again. Work is
  // counted, and past the limit nothing is assignable any more.
  static constexpr std::uint64_t step_limit = 10'000'000;

  explicit Unifier(Arena& arena) : arena_(arena) {}

  const Type* fresh_variable();
  // The same signature with variables of its own for the type parameters.
  Signature instantiate(const Signature& signature);

  // Whether a value of type `from` may stand where `to` is wanted; if so, the variables of both
  // are bound to make it so. In unifying, both sides are alike but for null and dyn.
  bool is_assignable(const Type& to, const Type& from);
  // Of all pairs, or of none.
  bool are_assignable(std::span<const Type* const> to, std::span<const Type* const> from);

  // `type` with variables replaced by what they are bound to, free ones left as they are.
  const Type* resolve(const Type& type) { return substitute(type, false, 0); }
  // The same, free variables becoming dyn.
  const Type* settle(const Type& type) { return substitute(type, true, 0); }

  bool exhausted() const { return steps_ > step_limit || too_deep_; }

 private:
  struct Substitution {
    bool valid, known;
  };
  using Renaming = std::vector<std::pair<std::string_view, const Type*>>;

  bool assignable(const Type& to, const Type& from, int depth);
  bool all_assignable(std::span<const Type* const> to, std::span<const Type* const> from, int depth);
  // Whether the variable may stand for `type`, and whether it was bound before.
  Substitution bind(const Type& type, const Type& variable, int depth);
  bool occurs_in(const Type& variable, const Type& type, int depth);
  const Type* binding(const Type& variable) const;
  const Type* substitute(const Type& type, bool free_to_dyn, int depth);
  const Type* rename(const Type& type, Renaming& renaming);
  template <typename Replace>
  const Type* with_parameters(const Type& type, Replace replace);
  bool step(int depth);

  void set(const Type& variable, const Type& type);
  void undo(std::size_t mark);

  Arena& arena_;
  std::unordered_map<const Type*, const Type*> bindings_;
  std::vector<std::pair<const Type*, const Type*>> trail_;  // variable, what it was bound to before
  std::uint64_t steps_ = 0;
  bool too_deep_ = false;
  std::uint32_t variables_ = 0;
};

bool is_dyn_or_error(const Type& type);
// The wider of two types one of which is assignable to the other.
const Type& most_general(const Type& a, const Type& b);

}  // namespace kastell::cel

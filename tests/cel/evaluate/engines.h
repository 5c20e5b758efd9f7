// The fast engine, in all its forms, beside the naive one: every answer must be the same.
#pragma once

#include <memory>
#include <string>
#include <string_view>

#include "cel/compile.h"
#include "cel/evaluate.h"
#include "document/document.h"

namespace kastell::cel::tests {

// Variables, in this order: object (dyn, the document), xs list(int), m map(string, int), n int, s string, yes bool.
enum class Dialect : std::uint8_t { specification, kubernetes };
std::shared_ptr<const Environment> test_environment(Dialect dialect, std::shared_ptr<SymbolTable> symbols);

// A document and the other variables' values.
class World {
 public:
  World(std::shared_ptr<SymbolTable> symbols, std::string json);
  std::span<const Value> variables() const { return variables_; }

 private:
  document::DocumentStream stream_;
  Arena arena_;
  std::vector<Value> variables_;
};

// A value as text, with everything that equality would forgive: kinds, order, NaN, error ids.
std::string to_text(const Value& value, const SymbolTable& symbols);

// Runs the expression in every engine; what differs as text, or empty. Expressions that do not check are
// run unchecked; those that do not parse agree by definition.
struct Comparison {
  std::string difference;
  bool compiled = false;
  bool checked = false;
  bool failed = false;    // at run time, in all engines
  bool in_image = false;  // a program was written and read again
};
Comparison compare_engines(const std::shared_ptr<const Environment>& environment, std::string_view expression,
                           const World& world, std::uint64_t budget = ~std::uint64_t{0});

}  // namespace kastell::cel::tests

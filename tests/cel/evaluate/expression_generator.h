// Small random CEL expressions, well typed and ill typed, over the variables of engines.h, and small
// random documents with missing fields, nulls and unexpected types.
#pragma once

#include <cstdint>
#include <random>
#include <string>

namespace kastell::cel::tests {

class ExpressionGenerator {
 public:
  explicit ExpressionGenerator(std::uint64_t seed) : random_(seed) {}

  std::string expression();
  std::string document();  // JSON, an object

 private:
  enum class Type : std::uint8_t { boolean, integer, unsigned_integer, floating, text, list, map, any };

  std::size_t below(std::size_t bound) { return random_() % bound; }
  bool one_in(std::size_t n) { return below(n) == 0; }
  template <std::size_t n>
  std::string pick(const char* const (&words)[n]) {
    return words[below(n)];
  }

  std::string of(Type type, int depth);
  std::string boolean(int depth);
  std::string integer(int depth);
  std::string unsigned_integer(int depth);
  std::string floating(int depth);
  std::string text(int depth);
  std::string list(int depth);
  std::string map(int depth);
  std::string any(int depth);
  std::string bound(int depth);
  std::string path(int depth);
  std::string optional(int depth);
  std::string guarded(int depth);
  std::string quantified(int depth);
  std::string collected(int depth);
  std::string membership(int depth);
  std::string json(int depth);
  Type any_type() { return static_cast<Type>(below(8)); }

  std::mt19937_64 random_;
  int loops_ = 0;  // comprehensions around the place that is generated: their variables are x1, x2, …
};

}  // namespace kastell::cel::tests

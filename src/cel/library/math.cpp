// The math extension (cel-go ext/math.go).
#include "cel/libraries.h"
#include "cel/library/conversions.h"
#include "cel/library/declare.h"
#include "cel/library/math_functions.h"
#include "cel/macros.h"

namespace kastell::cel {
namespace {

using conversions::identity;
using declare::function;
namespace functions = math_functions;

// math.@min or math.@max, which math.least and math.greatest expand to.
#define KASTELL_EXTREME(name, pair, of_list)                                                     \
  function("math.@" name, "math_@" name "_double", "double -> double", &identity),               \
      function("math.@" name, "math_@" name "_int", "int -> int", &identity),                    \
      function("math.@" name, "math_@" name "_uint", "uint -> uint", &identity),                 \
      function("math.@" name, "math_@" name "_double_double", "double, double -> double", pair), \
      function("math.@" name, "math_@" name "_int_int", "int, int -> int", pair),                \
      function("math.@" name, "math_@" name "_uint_uint", "uint, uint -> uint", pair),           \
      function("math.@" name, "math_@" name "_int_uint", "int, uint -> dyn", pair),              \
      function("math.@" name, "math_@" name "_int_double", "int, double -> dyn", pair),          \
      function("math.@" name, "math_@" name "_double_int", "double, int -> dyn", pair),          \
      function("math.@" name, "math_@" name "_double_uint", "double, uint -> dyn", pair),        \
      function("math.@" name, "math_@" name "_uint_int", "uint, int -> dyn", pair),              \
      function("math.@" name, "math_@" name "_uint_double", "uint, double -> dyn", pair),        \
      function("math.@" name, "math_@" name "_list_double", "list(double) -> double", of_list),  \
      function("math.@" name, "math_@" name "_list_int", "list(int) -> int", of_list),           \
      function("math.@" name, "math_@" name "_list_uint", "list(uint) -> uint", of_list)

// In the order of the versions that brought the functions.
constexpr Overload overloads[] = {
    KASTELL_EXTREME("min", &functions::lesser, &functions::least),
    KASTELL_EXTREME("max", &functions::greater, &functions::greatest),
    // From version 1.
    function("math.ceil", "math_ceil_double", "double -> double", &functions::ceil),
    function("math.floor", "math_floor_double", "double -> double", &functions::floor),
    function("math.round", "math_round_double", "double -> double", &functions::round),
    function("math.trunc", "math_trunc_double", "double -> double", &functions::trunc),
    function("math.isInf", "math_isInf_double", "double -> bool", &functions::is_inf),
    function("math.isNaN", "math_isNaN_double", "double -> bool", &functions::is_nan),
    function("math.isFinite", "math_isFinite_double", "double -> bool", &functions::is_finite),
    function("math.abs", "math_abs_double", "double -> double", &functions::abs_of_double),
    function("math.abs", "math_abs_int", "int -> int", &functions::abs_of_int),
    function("math.abs", "math_abs_uint", "uint -> uint", &identity),
    function("math.sign", "math_sign_double", "double -> double", &functions::sign_of_double),
    function("math.sign", "math_sign_int", "int -> int", &functions::sign_of_int),
    function("math.sign", "math_sign_uint", "uint -> uint", &functions::sign_of_uint),
    function("math.bitAnd", "math_bitAnd_int_int", "int, int -> int", &functions::bit_and),
    function("math.bitAnd", "math_bitAnd_uint_uint", "uint, uint -> uint", &functions::bit_and),
    function("math.bitOr", "math_bitOr_int_int", "int, int -> int", &functions::bit_or),
    function("math.bitOr", "math_bitOr_uint_uint", "uint, uint -> uint", &functions::bit_or),
    function("math.bitXor", "math_bitXor_int_int", "int, int -> int", &functions::bit_xor),
    function("math.bitXor", "math_bitXor_uint_uint", "uint, uint -> uint", &functions::bit_xor),
    function("math.bitNot", "math_bitNot_int_int", "int -> int", &functions::bit_not),
    function("math.bitNot", "math_bitNot_uint_uint", "uint -> uint", &functions::bit_not),
    function("math.bitShiftLeft", "math_bitShiftLeft_int_int", "int, int -> int", &functions::shift_left),
    function("math.bitShiftLeft", "math_bitShiftLeft_uint_int", "uint, int -> uint", &functions::shift_left),
    function("math.bitShiftRight", "math_bitShiftRight_int_int", "int, int -> int", &functions::shift_right),
    function("math.bitShiftRight", "math_bitShiftRight_uint_int", "uint, int -> uint", &functions::shift_right),
    // From version 2.
    function("math.sqrt", "math_sqrt_double", "double -> double", &functions::sqrt_of_double),
    function("math.sqrt", "math_sqrt_int", "int -> double", &functions::sqrt_of_int),
    function("math.sqrt", "math_sqrt_uint", "uint -> double", &functions::sqrt_of_uint),
};
constexpr std::size_t counts[] = {30, 55};  // in versions 0 and 1

#undef KASTELL_EXTREME

}  // namespace

Library math_library(std::uint32_t version) {
  const std::span<const Overload> all = overloads;
  return {.name = "math",
          .version = version,
          .overloads = version < std::size(counts) ? all.first(counts[version]) : all,
          .macros = math_macros()};
}

}  // namespace kastell::cel

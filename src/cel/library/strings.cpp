// The strings extension (cel-go ext/strings.go). Positions count code points.
#include "cel/library/string_functions.h"

#include <array>

#include "cel/libraries.h"
#include "cel/library/cost.h"
#include "cel/library/declare.h"

namespace kastell::cel {
namespace {

using declare::function;
using declare::member;
using namespace string_functions;

// In the order of the versions that brought the functions.
constexpr auto make_overloads(Implementation index_of, Implementation last_index_of, Implementation format) {
  return std::array{
      member("charAt", "string_char_at_int", "string, int -> string", &char_at),
      member("indexOf", "string_index_of_string", "string, string -> int", index_of, &cost::target_traversal),
      member("indexOf", "string_index_of_string_int", "string, string, int -> int", index_of, &cost::target_traversal),
      member("lastIndexOf", "string_last_index_of_string", "string, string -> int", last_index_of,
             &cost::target_traversal),
      member("lastIndexOf", "string_last_index_of_string_int", "string, string, int -> int", last_index_of,
             &cost::target_traversal),
      member("lowerAscii", "string_lower_ascii", "string -> string", &lower_ascii, &cost::target_traversal),
      member("replace", "string_replace_string_string", "string, string, string -> string", &replace,
             &cost::target_traversal_twice),
      member("replace", "string_replace_string_string_int", "string, string, string, int -> string", &replace,
             &cost::target_traversal_twice),
      member("split", "string_split_string", "string, string -> list(string)", &split, &cost::target_traversal_twice),
      member("split", "string_split_string_int", "string, string, int -> list(string)", &split,
             &cost::target_traversal_twice),
      member("substring", "string_substring_int", "string, int -> string", &substring, &cost::target_traversal),
      member("substring", "string_substring_int_int", "string, int, int -> string", &substring,
             &cost::target_traversal),
      member("trim", "string_trim", "string -> string", &trim, &cost::target_traversal),
      member("upperAscii", "string_upper_ascii", "string -> string", &upper_ascii, &cost::target_traversal),
      member("join", "list_join", "list(string) -> string", &join, &cost::result_traversal_twice),
      member("join", "list_join_string", "list(string), string -> string", &join, &cost::result_traversal_twice),
      // From version 1.
      member("format", "string_format", "string, list(dyn) -> string", format, &cost::target_traversal),
      function("strings.quote", "strings_quote", "string -> string", &quote, &cost::target_traversal),
      // From version 3.
      member("reverse", "string_reverse", "string -> string", &reverse, &cost::target_traversal),
  };
}

// From version 4 on as the specification has it; it refuses first and last positions beyond the text,
// which cel-go takes in every version.
constexpr auto locale_overloads = make_overloads(&index_of, &last_index_of, &format_with_locale);
constexpr auto specified_overloads = make_overloads(&index_of_in_range, &last_index_of_in_range, &format_as_specified);

constexpr std::size_t count_in_version(std::uint32_t version) {
  if (version == 0) return 16;
  return version < 3 ? 18 : locale_overloads.size();
}

}  // namespace

Library strings_library(std::uint32_t version) {
  const auto& overloads = version < 4 ? locale_overloads : specified_overloads;
  return {.name = "strings",
          .version = version,
          .overloads = std::span<const Overload>(overloads).first(count_in_version(version))};
}

}  // namespace kastell::cel

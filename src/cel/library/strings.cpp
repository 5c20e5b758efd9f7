// The strings extension (cel-go ext/strings.go). Positions count code points. Costs are Kubernetes'
// (apiserver pkg/cel/library/cost.go); the dearer ones of cel-go's version 5 are not modelled.
#include "cel/library/string_functions.h"

#include <array>

#include "cel/libraries.h"
#include "cel/library/cost.h"
#include "cel/library/declare.h"
#include "cel/library/kubernetes_cost.h"

namespace kastell::cel {
namespace {

using declare::function;
using declare::member;
namespace functions = string_functions;

constexpr Overload named(std::string_view name, std::string_view id, std::string_view signature, Implementation call,
                         CallCost cost) {
  return declare::costed_by_name(member(name, id, signature, call, cost));
}

// In the order of the versions that brought the functions.
constexpr auto make_overloads(Implementation index_of, Implementation last_index_of, Implementation format) {
  return std::array{
      member("charAt", "string_char_at_int", "string, int -> string", &functions::char_at),
      named("indexOf", "string_index_of_string", "string, string -> int", index_of, &cost::deep_traversal),
      named("indexOf", "string_index_of_string_int", "string, string, int -> int", index_of, &cost::deep_traversal),
      named("lastIndexOf", "string_last_index_of_string", "string, string -> int", last_index_of,
            &cost::deep_traversal),
      named("lastIndexOf", "string_last_index_of_string_int", "string, string, int -> int", last_index_of,
            &cost::deep_traversal),
      named("lowerAscii", "string_lower_ascii", "string -> string", &functions::lower_ascii, &cost::target_traversal),
      named("replace", "string_replace_string_string", "string, string, string -> string", &functions::replace,
            &cost::target_traversal_twice),
      named("replace", "string_replace_string_string_int", "string, string, string, int -> string", &functions::replace,
            &cost::target_traversal_twice),
      named("split", "string_split_string", "string, string -> list(string)", &functions::split,
            &cost::target_traversal_twice),
      named("split", "string_split_string_int", "string, string, int -> list(string)", &functions::split,
            &cost::target_traversal_twice),
      named("substring", "string_substring_int", "string, int -> string", &functions::substring,
            &cost::target_traversal),
      named("substring", "string_substring_int_int", "string, int, int -> string", &functions::substring,
            &cost::target_traversal),
      named("trim", "string_trim", "string -> string", &functions::trim, &cost::target_traversal),
      named("upperAscii", "string_upper_ascii", "string -> string", &functions::upper_ascii, &cost::target_traversal),
      named("join", "list_join", "list(string) -> string", &functions::join, &cost::result_traversal_twice),
      named("join", "list_join_string", "list(string), string -> string", &functions::join,
            &cost::result_traversal_twice),
      // From version 1.
      member("format", "string_format", "string, list(dyn) -> string", format, &cost::target_traversal),
      function("strings.quote", "strings_quote", "string -> string", &functions::quote, &cost::target_traversal),
      // From version 3.
      member("reverse", "string_reverse", "string -> string", &functions::reverse, &cost::target_traversal),
  };
}

// From version 4 on as the specification has it; it refuses first and last positions beyond the text,
// which cel-go takes in every version.
constexpr auto locale_overloads =
    make_overloads(&functions::index_of, &functions::last_index_of, &functions::format_with_locale);
constexpr auto specified_overloads =
    make_overloads(&functions::index_of_in_range, &functions::last_index_of_in_range, &functions::format_as_specified);

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

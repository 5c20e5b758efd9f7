// The lists extension (cel-go ext/lists.go).
#include "cel/libraries.h"
#include "cel/library/declare.h"
#include "cel/library/list_functions.h"
#include "cel/macros.h"

namespace kastell::cel {
namespace {

using declare::checking_itself;
using declare::function;
using declare::member;
namespace functions = list_functions;

// The list_<type>_sort and list_<type>_sortByAssociatedKeys overloads.
#define KASTELL_SORTABLE(type)                                                                               \
  checking_itself(member("sort", "list_" type "_sort", "list(" type ") -> list(" type ")", &functions::sort, \
                         &functions::compared_target_cost)),                                                 \
      checking_itself(member("@sortByAssociatedKeys", "list_" type "_sortByAssociatedKeys",                  \
                             "list(T), list(" type ") -> list(T)", &functions::sort_by_associated_keys,      \
                             &functions::compared_keys_cost))

// In the order of the versions that brought the functions.
constexpr Overload overloads[] = {
    member("slice", "list_slice", "list(T), int, int -> list(T)", &functions::slice, &functions::new_list_cost),
    // From version 1.
    checking_itself(
        member("flatten", "list_flatten", "list(list(T)) -> list(T)", &functions::flatten, &functions::flatten_cost)),
    checking_itself(member("flatten", "list_flatten_int", "list(dyn), int -> list(dyn)", &functions::flatten,
                           &functions::flatten_cost)),
    // From version 2.
    KASTELL_SORTABLE("int"),
    KASTELL_SORTABLE("uint"),
    KASTELL_SORTABLE("double"),
    KASTELL_SORTABLE("bool"),
    KASTELL_SORTABLE("google.protobuf.Duration"),
    KASTELL_SORTABLE("google.protobuf.Timestamp"),
    KASTELL_SORTABLE("string"),
    KASTELL_SORTABLE("bytes"),
    function("lists.range", "lists_range", "int -> list(int)", &functions::range, &functions::new_list_cost),
    member("reverse", "list_reverse", "list(T) -> list(T)", &functions::reverse, &functions::new_list_cost),
    member("distinct", "list_distinct", "list(T) -> list(T)", &functions::distinct, &functions::compared_target_cost),
};

#undef KASTELL_SORTABLE

}  // namespace

Library lists_library(std::uint32_t version) {
  const std::span<const Overload> all = overloads;
  const std::span<const Overload> offered = version == 0 ? all.first(1) : version == 1 ? all.first(3) : all;
  return {.name = "lists",
          .version = version,
          .overloads = offered,
          .macros = version < 2 ? std::span<const Macro>{} : lists_macros()};
}

}  // namespace kastell::cel

#include "cel/front/check_environment.h"

#include <gtest/gtest.h>

#include "cel/libraries.h"
#include "cel/macros.h"

namespace kastell::cel::front {

namespace {

constexpr Overload function(std::string_view name, std::string_view id, std::string_view signature) {
  return {.function = name, .id = id, .signature = signature};
}
constexpr Overload member(std::string_view name, std::string_view id, std::string_view signature) {
  return {.function = name, .id = id, .member = true, .signature = signature};
}

// Declarations only: nothing here is run.
constexpr Overload declarations[] = {
    function("optional.of", "optional_of", "V -> optional_type(V)"),
    function("optional.none", "optional_none", "-> optional_type(V)"),
    member("value", "optional_value", "optional_type(V) -> V"),
    member("hasValue", "optional_hasValue", "optional_type(V) -> bool"),
    member("or", "optional_or_optional", "optional_type(V), optional_type(V) -> optional_type(V)"),
    member("orValue", "optional_orValue_value", "optional_type(V), V -> V"),
    function("_?._", "select_optional_field", "dyn, string -> optional_type(V)"),
    function("_[?_]", "list_optindex_optional_int", "list(V), int -> optional_type(V)"),
    function("_[?_]", "optional_list_optindex_optional_int", "optional_type(list(V)), int -> optional_type(V)"),
    function("_[?_]", "map_optindex_optional_value", "map(K, V), K -> optional_type(V)"),
    function("_[?_]", "optional_map_optindex_optional_value", "optional_type(map(K, V)), K -> optional_type(V)"),
    function("_[_]", "optional_list_index_int", "optional_type(list(V)), int -> optional_type(V)"),
    function("_[_]", "optional_map_index_value", "optional_type(map(K, V)), K -> optional_type(V)"),
    function("cel.@mapInsert", "@mapInsert_map_key_value", "map(K, V), K, V -> map(K, V)"),
    function("cel.@mapInsert", "@mapInsert_map_map", "map(K, V), map(K, V) -> map(K, V)"),
    function("math.abs", "math_abs_double", "double -> double"),
    function("math.abs", "math_abs_int", "int -> int"),
    function("math.abs", "math_abs_uint", "uint -> uint"),
    function("math.@min", "math_@min_double", "double -> double"),
    function("math.@min", "math_@min_int", "int -> int"),
    function("math.@min", "math_@min_uint", "uint -> uint"),
    function("math.@min", "math_@min_double_double", "double, double -> double"),
    function("math.@min", "math_@min_int_int", "int, int -> int"),
    function("math.@min", "math_@min_uint_uint", "uint, uint -> uint"),
    function("math.@min", "math_@min_int_uint", "int, uint -> dyn"),
    function("math.@min", "math_@min_int_double", "int, double -> dyn"),
    function("math.@min", "math_@min_double_int", "double, int -> dyn"),
    function("math.@min", "math_@min_double_uint", "double, uint -> dyn"),
    function("math.@min", "math_@min_uint_int", "uint, int -> dyn"),
    function("math.@min", "math_@min_uint_double", "uint, double -> dyn"),
    function("math.@min", "math_@min_list_double", "list(double) -> double"),
    function("math.@min", "math_@min_list_int", "list(int) -> int"),
    function("math.@min", "math_@min_list_uint", "list(uint) -> uint"),
    function("math.@max", "math_@max_double", "double -> double"),
    function("math.@max", "math_@max_int", "int -> int"),
    function("math.@max", "math_@max_uint", "uint -> uint"),
    function("math.@max", "math_@max_double_double", "double, double -> double"),
    function("math.@max", "math_@max_int_int", "int, int -> int"),
    function("math.@max", "math_@max_uint_uint", "uint, uint -> uint"),
    function("math.@max", "math_@max_int_uint", "int, uint -> dyn"),
    function("math.@max", "math_@max_int_double", "int, double -> dyn"),
    function("math.@max", "math_@max_double_int", "double, int -> dyn"),
    function("math.@max", "math_@max_double_uint", "double, uint -> dyn"),
    function("math.@max", "math_@max_uint_int", "uint, int -> dyn"),
    function("math.@max", "math_@max_uint_double", "uint, double -> dyn"),
    function("math.@max", "math_@max_list_double", "list(double) -> double"),
    function("math.@max", "math_@max_list_int", "list(int) -> int"),
    function("math.@max", "math_@max_list_uint", "list(uint) -> uint"),
    member("format", "string_format", "string, list(dyn) -> string"),
};

const std::map<std::string, std::map<std::string, std::string>> objects{
    {"acme.Person",
     {{"name", "string"}, {"age", "int"}, {"tags", "list(string)"}, {"boss", "acme.Person"}, {"x-y", "int"}}},
};

const std::vector<std::pair<std::string, std::string>> variables{
    {"i", "int"},
    {"u", "uint"},
    {"d", "double"},
    {"s", "string"},
    {"b", "bool"},
    {"y", "bytes"},
    {"x", "dyn"},
    {"l", "list(int)"},
    {"ls", "list(string)"},
    {"m", "map(string, int)"},
    {"md", "map(string, dyn)"},
    {"t", "timestamp"},
    {"du", "duration"},
    {"o", "optional_type(int)"},
    {"a.b.c", "int"},
    {"a.b", "map(string, dyn)"},
    {"n.v", "string"},
    {"acme.dev.v", "bool"},
    {"request", "dyn"},
    {"request.user", "string"},
    {"person", "acme.Person"},
};

void switch_option(LanguageOptions& options, const std::string& name) {
  if (name == "homogeneous_literals") {
    options.homogeneous_literals = true;
  } else if (name == "no_numeric_comparison_across_types") {
    options.cross_type_numeric_comparison = false;
  } else if (name == "validate_literals") {
    options.validate_literals = true;
  } else {
    ADD_FAILURE() << "unknown option " << name;
  }
}

}  // namespace

std::shared_ptr<const Environment> check_environment(const Case& test) {
  Environment::Parts parts;
  parts.libraries.push_back(standard_library());
  parts.libraries.push_back({.name = "declarations", .overloads = declarations});
  for (const auto& macros :
       {standard_macros(), two_variable_macros(), optional_macros(), bindings_macros(), math_macros()}) {
    parts.libraries.push_back({.name = "macros", .macros = macros});
  }
  parts.objects = objects;
  parts.variables = variables;
  if (test.has("container")) parts.container = test.all("container")[0];
  for (const std::string& option : test.all("option")) switch_option(parts.options, option);
  auto environment = Environment::make(std::move(parts), std::make_shared<SymbolTable>());
  if (!environment) ADD_FAILURE() << environment.error().message;
  return environment.value_or(nullptr);
}

}  // namespace kastell::cel::front

// What schemas say of numbers and texts.

#include <array>
#include <charconv>
#include <cmath>
#include <limits>

#include "base/text.h"
#include "custom/values/walk.h"

namespace kastell::custom {

using document::Kind;
using document::Node;

namespace {

// API servers before it throw the formats of numbers away (apiextensions-apiserver
// pkg/apiserver/validation/formats.go).
constexpr unsigned first_with_number_formats = 36;

// What a pattern costs that a resource meets for the first time: it may have to be compiled.
constexpr std::uint64_t cost_of_pattern = 500;

bool is_number(const Node& value) {
  return value.kind == Kind::integer || value.kind == Kind::floating;
}
double as_double(const Node& number) {
  return number.kind == Kind::integer ? static_cast<double>(number.integer) : number.floating;
}
// 0.5, 10, 1e+30.
std::string format_number(double number) {
  std::array<char, 32> text{};
  return {text.data(), std::to_chars(text.data(), text.data() + text.size(), number).ptr};
}
std::string number_text(const Node& number) {
  return number.kind == Kind::integer ? std::to_string(number.integer) : format_number(number.floating);
}

// For an integer the API server cuts off what a bound has behind the point.
Node bound_for(const Node& value, const Node& bound) {
  const bool is_cut = value.kind == Kind::integer && bound.kind == Kind::floating && std::abs(bound.floating) < 0x1p63;
  return is_cut ? Node::make_integer(static_cast<std::int64_t>(bound.floating)) : bound;
}
std::partial_ordering compare(const Node& a, const Node& b) {
  if (a.kind == Kind::integer && b.kind == Kind::integer) return a.integer <=> b.integer;
  return as_double(a) <=> as_double(b);
}

}  // namespace

void ValueWalk::check_number(const Node& value, const Node& schema) {
  check_bound(value, schema, words_.minimum, words_.exclusive_minimum, true);
  check_bound(value, schema, words_.maximum, words_.exclusive_maximum, false);
  check_multiple(value, schema);
  check_range_of_format(value, schema);
}

void ValueWalk::check_bound(const Node& value, const Node& schema, Symbol bound, Symbol exclusive, bool is_least) {
  const Node* limit = schema.find(bound);
  if (limit == nullptr) return;
  if (!is_number(*limit)) return unreadable(bound, "no number");
  const Node applied = bound_for(value, *limit);
  const auto order = is_least ? compare(applied, value) : compare(value, applied);
  const bool is_excluded = is_true(schema, exclusive);
  if (order < 0 || (order == 0 && !is_excluded)) return;
  const std::string limit_text = number_text(*limit);
  if (is_excluded)
    return fail(std::string("is not ") + (is_least ? "more" : "less") + " than " + limit_text +
                ", as its definition demands");
  fail(std::string("is ") + (is_least ? "less" : "more") + " than " + limit_text + ", the " +
       (is_least ? "least" : "most") + " that its definition allows");
}

void ValueWalk::check_multiple(const Node& value, const Node& schema) {
  const Node* factor = schema.find(words_.multiple_of);
  if (factor == nullptr) return;
  if (!is_number(*factor) || !(as_double(*factor) > 0)) return unreadable(words_.multiple_of, "no number above 0");
  const Node applied = bound_for(value, *factor);
  if (value.kind == Kind::integer && as_double(applied) < 1) {
    return fail("is a whole number, of which the API server takes none as a multiple of " + number_text(*factor));
  }
  const bool are_whole = value.kind == Kind::integer && applied.kind == Kind::integer;
  const double quotient = as_double(value) / as_double(applied);
  const bool is_multiple = are_whole ? value.integer % applied.integer == 0 : quotient == std::trunc(quotient);
  if (!is_multiple) fail("is no multiple of " + number_text(*factor) + ", as its definition demands");
}

void ValueWalk::check_range_of_format(const Node& value, const Node& schema) {
  if (text_of(schema, words_.format) != "int32" || text_of(schema, words_.type) != "integer") return;
  using Int32 = std::numeric_limits<std::int32_t>;
  const double number = as_double(value);
  const bool is_within = number >= Int32::min() && number <= Int32::max();
  if (is_within || minor_ < first_with_number_formats) return;
  fail("is no integer of 32 bits, as its definition demands");
}

void ValueWalk::check_text(std::string_view text, const Node& schema) {
  if (schema.find(words_.min_length) != nullptr || schema.find(words_.max_length) != nullptr) {
    steps_.spend(text.size() / 64);
    check_size(count_code_points(text), schema, words_.min_length, words_.max_length, "character");
  }
  check_pattern(text, schema);
  check_format(text, schema);
}

void ValueWalk::check_pattern(std::string_view text, const Node& schema) {
  const Node* pattern = schema.find(words_.pattern);
  if (pattern == nullptr) return;
  if (!pattern->is_string()) return unreadable(words_.pattern, "no text");
  const std::string_view written = pattern->as_string();
  const bool is_met = !patterns_met_.insert(pattern).second;
  if (!steps_.spend((is_met ? 1 : cost_of_pattern) + (text.size() + written.size()) / 16)) return;
  const Patterns::Compiled& compiled = patterns_.of(written);
  if (!compiled) return unreadable(words_.pattern, "no pattern: " + compiled.error());
  if (!compiled->occurs_in(text)) fail("does not match the pattern of its definition, " + std::string(written));
}

void ValueWalk::check_format(std::string_view text, const Node& schema) {
  const std::string_view format = text_of(schema, words_.format);
  if (format.empty() || !steps_.spend(1 + text.size() / 16)) return;
  if (cel::check_format(format, text, minor_) == cel::FormatAnswer::differs) {
    fail("is not of the format that its definition demands, " + std::string(format));
  }
}

}  // namespace kastell::custom

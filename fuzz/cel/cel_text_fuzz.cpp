// Bytes as the texts that the libraries read and print: what parses must print as a text that parses to
// the same value, and every reader must come to an end on anything.
#include <cstdlib>
#include <string>

#include "base/arena.h"
#include "base/symbol.h"
#include "base/text.h"
#include "cel/library/number_text.h"
#include "cel/library/regex.h"
#include "cel/library/string_format.h"
#include "cel/library/string_functions.h"
#include "cel/library/time_zones.h"
#include "cel/time_text.h"
#include "cel/value.h"

namespace {

using namespace kastell;
using namespace kastell::cel;

void require(bool holds) {
  if (!holds) std::abort();
}

void times(std::string_view text) {
  if (const auto timestamp = parse_timestamp(text)) {
    const auto again = parse_timestamp(format_timestamp(*timestamp));
    // A year before 0 prints with a sign, which does not read.
    const bool in_range = timestamp->seconds >= first_timestamp_second && timestamp->seconds <= last_timestamp_second;
    if (in_range && timestamp->offset_minutes == 0) {
      require(again && again->seconds == timestamp->seconds && again->nanoseconds == timestamp->nanoseconds);
    }
    static_cast<void>(offset_from_utc(text.substr(0, 24), timestamp->seconds));
  }
  if (const auto duration = parse_duration(text)) require(parse_duration(format_duration(*duration)) == duration);
  static_cast<void>(offset_from_utc(text, 1'700'000'000));
}

void numbers(std::string_view text) {
  if (const auto value = parse_double(text); value && *value == *value) {
    require(parse_double(format_double(*value)) == value);
    require(parse_double(format_double_fixed(*value)) == value);
  }
  if (const auto value = parse_int(text)) require(parse_int(std::to_string(*value)) == value);
}

void strings(std::string_view text) {
  if (find_invalid_utf8(text)) return;
  Arena arena;
  const SymbolTable symbols;
  CallContext context{.arena = arena, .symbols = symbols};
  const Value values[] = {make_string(text), make_string(text.substr(0, 1)), make_string("x")};
  const auto call = [&](Implementation implementation, std::size_t count) {
    return implementation(context, std::span(values).first(count));
  };
  const Value twice[] = {call(&string_functions::reverse, 1)};
  require(as_text(string_functions::reverse(context, twice)) == text);
  if (!find_invalid_utf8(as_text(values[1]))) {
    const Value parts = call(&string_functions::split, 2);
    const Value parts_and_separator[] = {parts, values[1]};
    require(as_text(string_functions::join(context, parts_and_separator)) == text);
    call(&string_functions::replace, 3);
  }
  const Value shown[] = {make_int(-1), make_double(1.5), values[0], make_null()};
  static_cast<void>(format_text(text, shown, &format_locale_value, 100, symbols));
  static_cast<void>(format_text(text, shown, &format_specified_value, 100, symbols));
}

void regexes(std::string_view text) {
  const std::size_t half = text.size() / 2;
  const auto regex = compile_regex(text.substr(0, half));
  if (!regex) return;
  RegexMatches matches(**regex, text.substr(half));
  std::size_t count = 0;
  while (matches.next()) require(++count <= text.size() + 1);
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  const std::string_view text(reinterpret_cast<const char*>(data), std::min<std::size_t>(size, 200));
  times(text);
  numbers(text);
  strings(text);
  regexes(text);
  return 0;
}

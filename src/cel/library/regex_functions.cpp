// The regex extension (cel-go ext/regex.go).
#include <algorithm>
#include <cmath>
#include <string>
#include <vector>

#include "cel/libraries.h"
#include "cel/library/code_points.h"
#include "cel/library/cost.h"
#include "cel/library/declare.h"
#include "cel/library/go_quote.h"
#include "cel/library/regex.h"
#include "cel/value.h"

namespace kastell::cel {
namespace {

using Arguments = std::span<const Value>;
using declare::function;

constexpr std::size_t result_size_limit = std::size_t{1} << 28;

// Replaces \0 … \9 and \\ in `replacement`; the error is cel-go's text.
std::expected<std::string, std::string> expand(std::string_view replacement, const RegexMatch& match) {
  std::string text;
  for (std::size_t at = 0; at < replacement.size(); ++at) {
    if (replacement[at] != '\\') {
      text += replacement[at];
      continue;
    }
    const std::string invalid = "invalid replacement string: '" + std::string(replacement) + "' \\ ";
    if (++at == replacement.size()) return std::unexpected(invalid + "not allowed at end");
    const char next = replacement[at];
    if (next == '\\') {
      text += next;
      continue;
    }
    if (next < '0' || next > '9') return std::unexpected(invalid + "must be followed by a digit or \\");
    const auto group = static_cast<std::size_t>(next - '0');
    if (group >= match.size()) {
      return std::unexpected("replacement string references group " + std::to_string(group) + " but regex has only " +
                             std::to_string(match.size() - 1) + " group(s)");
    }
    text += match[group].value_or("");
  }
  return text;
}

Value replace(CallContext& context, Arguments arguments) {
  const std::string_view text = as_text(arguments[0]);
  const std::int64_t limit = arguments.size() > 3 ? arguments[3].integer : -1;
  if (limit == 0) return arguments[0];
  const auto regex = compile_regex(as_text(arguments[1]));
  if (!regex) return make_error(context.arena, regex.error());
  std::string result;
  RegexMatches matches(**regex, text);
  std::size_t copied = 0;
  for (std::int64_t count = 0; count != limit; ++count) {
    const auto match = matches.next();
    if (!match) break;
    const auto expanded = expand(as_text(arguments[2]), *match);
    if (!expanded) return make_error(context.arena, expanded.error());
    const auto begin = static_cast<std::size_t>(match->front()->data() - text.data());
    result.append(text.substr(copied, begin - copied)).append(*expanded);
    copied = begin + match->front()->size();
    if (result.size() > result_size_limit) return make_error(context.arena, "string size limit exceeded");
  }
  result += text.substr(copied);
  return make_string(context.arena.copy(result));
}

// The regex, unless it does not compile or has more than one group.
std::expected<Regex, std::string> compile_with_one_group(std::string_view pattern) {
  auto regex = compile_regex(pattern);
  if (regex && group_count(**regex) > 1) {
    return std::unexpected("regular expression has more than one capturing group: " + go_quote(pattern));
  }
  return regex;
}

// The group if there is one, else the whole; an empty group counts as no match.
std::optional<std::string_view> extracted(const RegexMatch& match) {
  if (match.size() == 1) return match[0];
  return match[1].value_or("").empty() ? std::nullopt : match[1];
}

Value extract(CallContext& context, Arguments arguments) {
  const auto regex = compile_with_one_group(as_text(arguments[1]));
  if (!regex) return make_error(context.arena, regex.error());
  const auto match = RegexMatches(**regex, as_text(arguments[0])).next();
  const auto text = match ? extracted(*match) : std::nullopt;
  return text ? make_optional(context.arena, make_string(*text)) : make_none();
}

Value extract_all(CallContext& context, Arguments arguments) {
  const auto regex = compile_with_one_group(as_text(arguments[1]));
  if (!regex) return make_error(context.arena, regex.error());
  std::vector<Value> found;
  RegexMatches matches(**regex, as_text(arguments[0]));
  while (const auto match = matches.next()) {
    if (const auto text = extracted(*match)) found.push_back(make_string(*text));
  }
  return cel::make_list(context.arena, std::span<const Value>(found));
}

double search_cost(Arguments arguments) {
  const auto text = static_cast<double>(cost::size_of(arguments[0]) + 1) * 0.1;
  const auto pattern = static_cast<double>(cost::size_of(arguments[1]) + 1) * 0.25;
  return 1 + text * pattern;
}

std::uint64_t extract_cost(CallContext&, Arguments arguments, const Value& result) {
  return static_cast<std::uint64_t>(std::ceil(search_cost(arguments) + static_cast<double>(cost::size_of(result))));
}

std::uint64_t extract_all_cost(CallContext& context, Arguments arguments, const Value& result) {
  return extract_cost(context, arguments, result) + cost::list_creation;
}

std::uint64_t replace_cost(CallContext&, Arguments arguments, const Value& result) {
  return static_cast<std::uint64_t>(search_cost(arguments) + static_cast<double>(cost::size_of(result)));
}

constexpr Overload overloads[] = {
    function("regex.extract", "regex_extract_string_string", "string, string -> optional_type(string)", &extract,
             &extract_cost),
    function("regex.extractAll", "regex_extractAll_string_string", "string, string -> list(string)", &extract_all,
             &extract_all_cost),
    function("regex.replace", "regex_replace_string_string_string", "string, string, string -> string", &replace,
             &replace_cost),
    function("regex.replace", "regex_replace_string_string_string_int", "string, string, string, int -> string",
             &replace, &replace_cost),
};

}  // namespace

Library regex_library() {
  return {.name = "regex", .overloads = overloads};
}

}  // namespace kastell::cel

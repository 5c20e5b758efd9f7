// find() and findAll() (apiserver pkg/cel/library/regex.go).
#include <re2/re2.h>

#include <string>
#include <vector>

#include "cel/kubernetes_libraries.h"
#include "cel/library/cost.h"
#include "cel/library/declare.h"
#include "cel/library/kubernetes_cost.h"
#include "cel/library/regex.h"

namespace kastell::cel {
namespace {

using Arguments = std::span<const Value>;

Value illegal_regex(CallContext& context, std::string_view message) {
  return make_error(context.arena, std::string("Illegal regex: ") + std::string(message));
}

// The first match at or behind `from`; nothing if there is none.
std::optional<std::string_view> match_from(const re2::RE2& regex, std::string_view text, std::size_t from) {
  re2::StringPiece found;
  if (!regex.Match(re2::StringPiece(text.data(), text.size()), from, text.size(), re2::RE2::UNANCHORED, &found, 1))
    return std::nullopt;
  return text.substr(static_cast<std::size_t>(found.data() - text.data()), found.size());
}

Value find(CallContext& context, Arguments arguments) {
  const auto regex = compile_regex(as_text(arguments[1]));
  if (!regex) return illegal_regex(context, regex.error());
  return make_string(match_from(**regex, as_text(arguments[0]), 0).value_or(""));
}

std::size_t length_of_code_point(std::string_view text, std::size_t at) {
  std::size_t length = 1;
  while (at + length < text.size() && (static_cast<unsigned char>(text[at + length]) & 0xc0) == 0x80) ++length;
  return length;
}

// Matches that do not overlap; an empty one right behind another match does not count (Go: FindAllString).
std::vector<Value> find_all(const re2::RE2& regex, std::string_view text, std::uint64_t limit) {
  std::vector<Value> matches;
  std::size_t from = 0, previous_end = std::string_view::npos;
  while (matches.size() < limit && from <= text.size()) {
    const auto match = match_from(regex, text, from);
    if (!match) break;
    const auto begin = static_cast<std::size_t>(match->data() - text.data());
    const std::size_t end = begin + match->size();
    if (!match->empty() || begin != previous_end) matches.push_back(make_string(*match));
    previous_end = end;
    from = match->empty() ? end + length_of_code_point(text, end) : end;
  }
  return matches;
}

Value find_all(CallContext& context, Arguments arguments) {
  const auto regex = compile_regex(as_text(arguments[1]));
  if (!regex) return illegal_regex(context, regex.error());
  const std::int64_t limit = arguments.size() == 3 ? arguments[2].integer : -1;
  const auto matches = find_all(**regex, as_text(arguments[0]), static_cast<std::uint64_t>(limit));  // -1: no limit
  return cel::make_list(context.arena, matches);
}

using declare::member;
constexpr Overload overloads[] = {
    member("find", "string_find_string", "string, string -> string", &find, &cost::regex_search),
    member("findAll", "string_find_all_string", "string, string -> list(string)", &find_all, &cost::regex_search),
    member("findAll", "string_find_all_string_int", "string, string, int -> list(string)", &find_all,
           &cost::regex_search),
};

}  // namespace

Library kubernetes_regex_library() {
  return {.name = "kubernetes.regex", .overloads = overloads};
}

}  // namespace kastell::cel

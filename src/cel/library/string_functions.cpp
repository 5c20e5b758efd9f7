#include "cel/library/string_functions.h"

#include <algorithm>
#include <cstring>
#include <optional>
#include <string>

#include "base/ascii.h"
#include "base/text.h"
#include "cel/library/code_points.h"
#include "cel/library/string_format.h"
#include "cel/value.h"

namespace kastell::cel::string_functions {
namespace {

Value out_of_range(CallContext& context, std::int64_t index) {
  return make_error(context.arena, "index out of range: " + std::to_string(index));
}

Value too_large(CallContext& context) {
  return make_error(context.arena, "string size limit exceeded");
}

std::int64_t size_in_code_points(std::string_view text) {
  return static_cast<std::int64_t>(count_code_points(text));
}

bool has_position_in_text(Arguments arguments) {
  return arguments.size() < 3 || arguments[2].integer <= size_in_code_points(as_text(arguments[0]));
}

template <typename Change>
Value change_bytes(CallContext& context, std::string_view text, Change change) {
  char* changed = context.arena.allocate_array<char>(text.size());
  std::transform(text.begin(), text.end(), changed, change);
  return make_string({changed, text.size()});
}

// Unicode's White_Space, as Go's strings.TrimSpace takes it.
bool is_space(char32_t c) {
  constexpr char32_t others[] = {0x20, 0x85, 0xA0, 0x1680, 0x2028, 0x2029, 0x202F, 0x205F, 0x3000};
  return (c >= 0x09 && c <= 0x0D) || (c >= 0x2000 && c <= 0x200A) || std::ranges::find(others, c) != std::end(others);
}

char short_escape(char c) {
  switch (c) {
    case '\a': return 'a';
    case '\b': return 'b';
    case '\f': return 'f';
    case '\n': return 'n';
    case '\r': return 'r';
    case '\t': return 't';
    case '\v': return 'v';
    case '\\':
    case '"': return c;
    default: return 0;
  }
}

Value format(CallContext& context, Arguments arguments, FormatValue format_value, std::uint32_t precision_limit) {
  const FormatText text =
      format_text(as_text(arguments[0]), arguments[1].as_list(), format_value, precision_limit, context.symbols);
  if (!text) return make_error(context.arena, text.error());
  return make_string(context.arena.copy(*text));
}

}  // namespace

Value char_at(CallContext& context, Arguments arguments) {
  const std::string_view text = as_text(arguments[0]);
  const std::int64_t index = arguments[1].integer;
  if (index < 0 || index > size_in_code_points(text)) return out_of_range(context, index);
  const std::string_view rest = drop_code_points(text, index);
  return make_string(rest.substr(0, size_of_first_code_point(rest)));
}

Value index_of(CallContext& context, Arguments arguments) {
  const std::string_view text = as_text(arguments[0]);
  const std::string_view wanted = as_text(arguments[1]);
  const std::int64_t begin = arguments.size() > 2 ? arguments[2].integer : 0;
  if (begin < 0) return out_of_range(context, begin);
  const std::int64_t size = size_in_code_points(text);
  if (wanted.empty()) return make_int(std::min(begin, size));
  if (begin >= size) return make_int(-1);
  const std::string_view rest = drop_code_points(text, begin);
  const std::size_t found = rest.find(wanted);
  return make_int(found == std::string_view::npos ? -1 : begin + size_in_code_points(rest.substr(0, found)));
}

Value last_index_of(CallContext& context, Arguments arguments) {
  const std::string_view text = as_text(arguments[0]);
  const std::string_view wanted = as_text(arguments[1]);
  const std::int64_t size = size_in_code_points(text);
  const std::int64_t end = arguments.size() > 2 ? arguments[2].integer : (wanted.empty() ? size : size - 1);
  if (arguments.size() > 2 && end < 0) return out_of_range(context, end);
  if (wanted.empty()) return make_int(std::min(end, size));
  if (end < 0 || end >= size) return make_int(-1);
  const std::size_t found = text.rfind(wanted, text.size() - drop_code_points(text, end).size());
  return make_int(found == std::string_view::npos ? -1 : size_in_code_points(text.substr(0, found)));
}

Value index_of_in_range(CallContext& context, Arguments arguments) {
  return has_position_in_text(arguments) ? index_of(context, arguments) : out_of_range(context, arguments[2].integer);
}

Value last_index_of_in_range(CallContext& context, Arguments arguments) {
  return has_position_in_text(arguments) ? last_index_of(context, arguments)
                                         : out_of_range(context, arguments[2].integer);
}

Value lower_ascii(CallContext& context, Arguments arguments) {
  return change_bytes(context, as_text(arguments[0]), to_lower);
}

Value upper_ascii(CallContext& context, Arguments arguments) {
  return change_bytes(context, as_text(arguments[0]), to_upper);
}

Value replace(CallContext& context, Arguments arguments) {
  const std::string_view text = as_text(arguments[0]);
  const std::string_view old_text = as_text(arguments[1]);
  const std::string_view new_text = as_text(arguments[2]);
  const auto limit = static_cast<std::uint64_t>(arguments.size() > 3 ? arguments[3].integer : -1);
  std::string result;
  std::size_t at = 0;
  for (std::uint64_t count = 0; count < limit; ++count) {
    // An empty old text stands before every code point and at the end.
    const std::size_t step = count == 0 ? 0 : size_of_first_code_point(text.substr(at));
    const std::size_t found = old_text.empty() ? at + step : text.find(old_text, at);
    if (found == std::string_view::npos || (old_text.empty() && count > 0 && at == text.size())) break;
    result.append(text.substr(at, found - at)).append(new_text);
    at = found + old_text.size();
    if (result.size() > result_size_limit) return too_large(context);
  }
  result += text.substr(at);
  return make_string(context.arena.copy(result));
}

// The size of the next of at most `limit` parts; nothing if the rest is the last one.
std::optional<std::size_t> next_part(std::string_view rest, std::string_view separator) {
  const std::size_t end = separator.empty() ? size_of_first_code_point(rest) : rest.find(separator);
  if (end == std::string_view::npos || (separator.empty() && end == rest.size())) return {};
  return end;
}

// Goes through the text twice, so that only the arena is asked for memory.
Value split(CallContext& context, Arguments arguments) {
  const std::string_view text = as_text(arguments[0]);
  const std::string_view separator = as_text(arguments[1]);
  const auto limit = static_cast<std::uint64_t>(arguments.size() > 2 ? arguments[2].integer : -1);
  if (limit == 0 || (separator.empty() && text.empty())) return cel::make_list(context.arena, {});
  std::uint32_t count = 1;
  std::string_view rest = text;
  for (std::optional<std::size_t> part; count < limit && (part = next_part(rest, separator)); ++count) {
    rest.remove_prefix(*part + separator.size());
  }
  auto* parts = context.arena.allocate_array<Value>(count);
  rest = text;
  for (std::uint32_t i = 0; i + 1 < count; ++i) {
    const std::size_t part = *next_part(rest, separator);
    parts[i] = make_string(rest.substr(0, part));
    rest.remove_prefix(part + separator.size());
  }
  parts[count - 1] = make_string(rest);
  Value list;
  list.kind = Kind::list;
  list.size = count;
  list.items = parts;
  return list;
}

Value substring(CallContext& context, Arguments arguments) {
  const std::string_view text = as_text(arguments[0]);
  const std::int64_t size = size_in_code_points(text);
  const std::int64_t begin = arguments[1].integer;
  const std::int64_t end = arguments.size() > 2 ? arguments[2].integer : size;
  if (arguments.size() > 2 && begin > end) {
    return make_error(context.arena,
                      "invalid substring range. start: " + std::to_string(begin) + ", end: " + std::to_string(end));
  }
  if (begin < 0 || begin > size) return out_of_range(context, begin);
  if (end < 0 || end > size) return out_of_range(context, end);
  const std::string_view rest = drop_code_points(text, begin);
  return make_string(rest.substr(0, rest.size() - drop_code_points(rest, end - begin).size()));
}

Value trim(CallContext&, Arguments arguments) {
  std::string_view text = as_text(arguments[0]);
  while (!text.empty()) {
    const std::size_t size = size_of_first_code_point(text);
    if (!is_space(decode_code_point(text.substr(0, size)))) break;
    text.remove_prefix(size);
  }
  while (!text.empty()) {
    const std::size_t begin = start_of_last_code_point(text);
    if (!is_space(decode_code_point(text.substr(begin)))) break;
    text = text.substr(0, begin);
  }
  return make_string(text);
}

Value join(CallContext& context, Arguments arguments) {
  const std::string_view separator = arguments.size() > 1 ? as_text(arguments[1]) : std::string_view{};
  const auto parts = arguments[0].as_list();
  std::size_t size = 0;
  for (const Value& part : parts) {
    if (!part.is_string()) {
      const FormatText shown = format_locale_value({'s', {}}, part, context.symbols);
      return make_error(context.arena, "join: invalid input: " + shown.value_or(std::string(type_name(part))));
    }
    size += (&part == parts.data() ? 0 : separator.size()) + as_text(part).size();
    if (size > result_size_limit) return too_large(context);
  }
  char* result = context.arena.allocate_array<char>(size);
  char* at = result;
  for (const Value& part : parts) {
    if (&part != parts.data()) at = std::ranges::copy(separator, at).out;
    at = std::ranges::copy(as_text(part), at).out;
  }
  return make_string({result, size});
}

Value quote(CallContext& context, Arguments arguments) {
  std::string result = "\"";
  for (const char c : as_text(arguments[0])) {
    const char escape = short_escape(c);
    if (escape != 0) result += '\\';
    result += escape != 0 ? escape : c;
  }
  result += '"';
  return make_string(context.arena.copy(result));
}

Value reverse(CallContext& context, Arguments arguments) {
  std::string_view rest = as_text(arguments[0]);
  char* reversed = context.arena.allocate_array<char>(rest.size());
  char* at = reversed + rest.size();
  while (!rest.empty()) {
    const std::size_t size = size_of_first_code_point(rest);
    at -= size;
    std::memcpy(at, rest.data(), size);
    rest.remove_prefix(size);
  }
  return make_string({reversed, as_text(arguments[0]).size()});
}

// cel-go sets no limit here; ours keeps one clause from asking for gigabytes.
Value format_with_locale(CallContext& context, Arguments arguments) {
  return format(context, arguments, &format_locale_value, locale_format_precision_limit);
}

Value format_as_specified(CallContext& context, Arguments arguments) {
  return format(context, arguments, &format_specified_value, 100);
}

}  // namespace kastell::cel::string_functions

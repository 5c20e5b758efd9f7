#include "document/yaml/tag.h"

#include "base/ascii.h"
#include "base/text.h"

namespace kastell::document::yaml {

namespace {

constexpr std::string_view uri_punctuation = ";/?:@&=+$,.!~*'()[]";

std::string_view read_word(Cursor& cursor) {
  const char* begin = cursor.at;
  while (is_word(*cursor.at)) ++cursor.at;
  return {begin, static_cast<std::size_t>(cursor.at - begin)};
}

// Appends what a tag is made of behind its handle; false at a malformed %-escape.
bool read_uri(Cursor& cursor, std::string& out) {
  while (true) {
    const char c = *cursor.at;
    if (c == '%') {
      const int high = hexadecimal_value(cursor.at[1]);
      const int low = high < 0 ? -1 : hexadecimal_value(cursor.at[2]);
      if (low < 0) return false;
      out += static_cast<char>(static_cast<unsigned char>(high * 16 + low));
      cursor.at += 3;
    } else if (is_word(c) || (c != '\0' && uri_punctuation.find(c) != std::string_view::npos)) {
      out += c;
      ++cursor.at;
    } else {
      return !find_invalid_utf8(out);
    }
  }
}

constexpr std::size_t most_handles = 64;  // they are searched one by one
constexpr const char* bad_escape = "malformed %-escape in a tag";

ScannedTag read_verbatim(Cursor& cursor) {
  std::string name;
  cursor.at += 2;
  if (!read_uri(cursor, name)) return {Tag::none, bad_escape};
  if (name.empty() || *cursor.at != '>') return {Tag::none, "a tag that begins with '!<' must end with '>'"};
  ++cursor.at;
  return {tag_of(name)};
}

ScannedTag read_short(Cursor& cursor, const Directives& directives) {
  const char* begin = cursor.at++;
  read_word(cursor);
  if (*cursor.at != '!') cursor.at = begin + 1;  // "!name": the handle is '!' alone
  if (*cursor.at == '!') ++cursor.at;
  const std::string_view handle(begin, static_cast<std::size_t>(cursor.at - begin));
  const std::string* prefix = directives.prefix_of(handle);
  if (prefix == nullptr && handle.size() > 2) return {Tag::none, "the tag's handle is not defined by a %TAG directive"};
  std::string name = prefix != nullptr ? *prefix : handle == "!!" ? "tag:yaml.org,2002:" : "!";
  const std::size_t before = name.size();
  if (!read_uri(cursor, name)) return {Tag::none, bad_escape};
  if (name.size() == before && handle.size() > 1) return {Tag::none, "the tag has no name behind its handle"};
  return {tag_of(name)};
}

}  // namespace

ScannedTag scan_tag(Cursor& cursor, const Directives& directives) {
  const ScannedTag scanned = cursor.at[1] == '<' ? read_verbatim(cursor) : read_short(cursor, directives);
  if (scanned.error == nullptr && !is_blank_or_end(cursor.at)) return {Tag::none, "a blank must follow a tag"};
  return scanned;
}

const char* Directives::read(Cursor& cursor) {
  ++cursor.at;
  const std::string_view name = read_word(cursor);
  cursor.skip_blanks();
  const char* error = "unknown directive; YAML has %YAML and %TAG";
  if (name == "YAML") error = read_version(cursor);
  if (name == "TAG") error = read_handle(cursor);
  if (error != nullptr) return error;
  cursor.skip_blanks();
  if (*cursor.at == '#') cursor.skip_comment();
  return is_break_or_end(cursor.at) ? nullptr : "only a comment may follow a directive in its line";
}

const char* Directives::read_version(Cursor& cursor) {
  if (has_version_) return "the %YAML directive stands twice before one document";
  has_version_ = true;
  const bool known = cursor.at[0] == '1' && cursor.at[1] == '.' && (cursor.at[2] == '1' || cursor.at[2] == '2');
  if (!known || is_digit(cursor.at[3])) return "only YAML 1.1 and 1.2 are read";
  cursor.at += 3;
  return nullptr;
}

const char* Directives::read_handle(Cursor& cursor) {
  constexpr const char* malformed = "a %TAG directive names a handle, as in '!name!', and a prefix";
  const char* begin = cursor.at;
  if (*cursor.at != '!') return malformed;
  ++cursor.at;
  read_word(cursor);
  if (*cursor.at == '!') ++cursor.at;
  const std::string_view handle(begin, static_cast<std::size_t>(cursor.at - begin));
  if (!is_blank(*cursor.at) || (handle.size() > 1 && !handle.ends_with('!'))) return malformed;
  cursor.skip_blanks();
  std::string prefix;
  if (!read_uri(cursor, prefix) || prefix.empty()) return malformed;
  if (handles_.size() >= most_handles) return "more than 64 %TAG directives before one document";
  if (prefix_of(handle) != nullptr) return "a %TAG directive names the same handle as one before";
  handles_.emplace_back(handle, prefix);
  return nullptr;
}

const std::string* Directives::prefix_of(std::string_view handle) const {
  for (const auto& [known, prefix] : handles_) {
    if (known == handle) return &prefix;
  }
  return nullptr;
}

void Directives::clear() {
  has_version_ = false;
  handles_.clear();
}

}  // namespace kastell::document::yaml

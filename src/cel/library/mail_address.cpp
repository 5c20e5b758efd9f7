#include "cel/library/mail_address.h"

#include <algorithm>
#include <optional>
#include <ranges>
#include <string>

#include "cel/library/encoded_word.h"
#include "cel/library/ip_address.h"

namespace kastell::cel {
namespace {

bool is_blank(char c) {
  return c == ' ' || c == '\t';
}
// Of the bytes of a character beyond ASCII every one is.
bool is_visible(char c) {
  return (c >= '!' && c <= '~') || (static_cast<unsigned char>(c) & 0x80) != 0;
}
bool is_of_atom(char c) {
  return is_visible(c) && !std::string_view("()<>[]:;@\\,\"").contains(c);
}

// Neither at an end nor beside another.
bool has_sound_points(std::string_view atom) {
  return !atom.empty() && !atom.starts_with('.') && !atom.ends_with('.') && !atom.contains("..");
}

// Each step takes what it reads from the front, and answers whether it was there. Every character is read at most
// twice: first as the beginning of a bare address, then of a name before an address in angles.
class AddressReader {
 public:
  explicit AddressReader(std::string_view text) : left_(text) {}

  bool reads_one() { return entry() == 1 && skip_comments() && left_.empty(); }

 private:
  std::optional<std::size_t> entry();    // an address or a group: how many addresses
  std::optional<std::size_t> members();  // of a group, after its colon
  bool address();
  bool rest_of_bare();
  bool name_if_any() { return left_.starts_with('<') || name(); }
  bool angles();
  bool bare();
  bool domain();
  bool name();
  std::optional<std::size_t> quoted();  // how long it is
  std::string_view atom();
  bool comment(std::string& text);
  bool skip_comments();

  void skip_blanks() { left_.remove_prefix(std::min(left_.find_first_not_of(" \t"), left_.size())); }
  bool take(char c) {
    if (!left_.starts_with(c)) return false;
    left_.remove_prefix(1);
    return true;
  }

  std::string_view left_;
};

std::optional<std::size_t> AddressReader::entry() {
  skip_blanks();
  if (left_.empty()) return std::nullopt;
  if (bare()) return rest_of_bare() ? std::optional<std::size_t>(1) : std::nullopt;
  if (!name_if_any()) return std::nullopt;
  skip_blanks();
  if (take(':')) return members();
  return angles() ? std::optional<std::size_t>(1) : std::nullopt;
}

// Groups within groups are none.
bool AddressReader::address() {
  skip_blanks();
  if (left_.empty()) return false;
  if (bare()) return rest_of_bare();
  if (!name_if_any()) return false;
  skip_blanks();
  return angles();
}

std::optional<std::size_t> AddressReader::members() {
  std::size_t count = 0;
  skip_blanks();
  while (!(count == 0 && left_.starts_with(';'))) {
    if (!address() || !skip_comments()) return std::nullopt;
    ++count;
    if (left_.starts_with(';')) break;
    if (!take(',')) return std::nullopt;
  }
  left_.remove_prefix(1);
  return skip_comments() ? std::optional(count) : std::nullopt;
}

bool AddressReader::angles() {
  return take('<') && bare() && take('>');
}

// After a bare address a comment is its name, the words of which may be encoded.
bool AddressReader::rest_of_bare() {
  skip_blanks();
  if (!left_.starts_with('(')) return true;
  std::string text;
  if (!comment(text)) return false;
  std::ranges::replace(text, '\t', ' ');
  return std::ranges::none_of(std::views::split(text, ' '), [](const auto& word) {
    return read_encoded_word(std::string_view(word)) == EncodedWord::foreign;
  });
}

// local-part@domain. What is none is left as it was.
bool AddressReader::bare() {
  const std::string_view before = left_;
  skip_blanks();
  const bool has_local = left_.starts_with('"') ? quoted().value_or(0) > 0 : has_sound_points(atom());
  if (has_local && take('@') && domain()) return true;
  left_ = before;
  return false;
}

bool AddressReader::domain() {
  skip_blanks();
  if (!take('[')) return has_sound_points(atom());
  const std::size_t end = left_.find(']');
  if (end == std::string_view::npos) return false;
  const auto address = parse_ip_address(left_.substr(0, end));
  left_.remove_prefix(end + 1);
  return address && !address->has_zone;
}

// Words, encoded or quoted or neither. An encoded one that is empty is no word.
bool AddressReader::name() {
  bool has_words = false, has_text = false;
  while (true) {
    if (has_words && !skip_comments()) return false;
    skip_blanks();
    if (left_.empty()) return has_words || has_text;
    if (left_.starts_with('"')) {
      if (!quoted()) return has_words || has_text;
      has_words = true;
      continue;
    }
    const std::string_view word = atom();
    const EncodedWord kind = read_encoded_word(word);
    if (word.empty() || kind == EncodedWord::foreign) return has_words || has_text;
    has_text = has_text || kind == EncodedWord::text;
    has_words = has_words || kind == EncodedWord::none;
  }
}

// Nothing, and nothing taken, if it is not closed or has what it may not have.
std::optional<std::size_t> AddressReader::quoted() {
  std::size_t size = 0;
  for (std::size_t at = 1; at < left_.size(); ++at, ++size) {
    if (left_[at] == '"') {
      left_.remove_prefix(at + 1);
      return size;
    }
    if (left_[at] == '\\') ++at;
    if (at == left_.size() || (!is_visible(left_[at]) && !is_blank(left_[at]))) return std::nullopt;
  }
  return std::nullopt;
}

std::string_view AddressReader::atom() {
  const auto end = std::ranges::find_if_not(left_, &is_of_atom);
  const std::string_view taken(left_.begin(), end);
  left_.remove_prefix(taken.size());
  return taken;
}

// Comments hold comments. The outermost parentheses are no part of the text.
bool AddressReader::comment(std::string& text) {
  std::size_t depth = 0;
  do {
    if (left_.empty()) return false;
    if (left_[0] == '\\' && left_.size() > 1) {
      left_.remove_prefix(1);
    } else {
      depth += left_[0] == '(' ? 1 : 0;
      depth -= left_[0] == ')' ? 1 : 0;
    }
    text += left_[0];
    left_.remove_prefix(1);
  } while (depth > 0);
  text = text.substr(1, text.size() - 2);
  return true;
}

bool AddressReader::skip_comments() {
  skip_blanks();
  for (std::string text; left_.starts_with('('); text.clear()) {
    if (!comment(text)) return false;
    skip_blanks();
  }
  return true;
}

}  // namespace

bool is_mail_address(std::string_view text) {
  return AddressReader(text).reads_one();
}

}  // namespace kastell::cel

#include "cel/conformance/textproto.h"

#include <algorithm>

#include "base/text.h"

namespace kastell::cel::conformance {
namespace {

constexpr int nesting_limit = 200;

bool is_word(char c) {
  return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || c == '_' || c == '.' ||
         c == '-' || c == '+';
}

int hexadecimal_value(char c) {
  if (c >= '0' && c <= '9') return c - '0';
  if (c >= 'a' && c <= 'f') return c - 'a' + 10;
  return c >= 'A' && c <= 'F' ? c - 'A' + 10 : -1;
}

// Thrown and caught within this file: the reader is a test's, and its grammar recursive.
struct SyntaxError {
  std::string message;
};

class Reader {
 public:
  explicit Reader(std::string_view text) : text_(text) {}

  std::vector<Field> read_fields(char closing, int depth) {
    if (depth > nesting_limit) throw SyntaxError{"nesting limit exceeded"};
    std::vector<Field> fields;
    for (skip_space(); !take(closing); skip_space()) read_field(fields, depth);
    return fields;
  }

  std::size_t line() const {
    return 1 + static_cast<std::size_t>(std::ranges::count(text_.substr(0, std::min(at_, text_.size())), '\n'));
  }

 private:
  char peek() const { return at_ < text_.size() ? text_[at_] : '\0'; }

  bool take(char c) {
    if (c == '\0') return at_ >= text_.size();
    if (peek() != c) return false;
    ++at_;
    return true;
  }

  void skip_space() {
    while (at_ < text_.size()) {
      const char c = text_[at_];
      if (c == '#') {
        at_ = std::min(text_.find('\n', at_), text_.size());
      } else if (c == ' ' || c == '\n' || c == '\t' || c == '\r' || c == ',' || c == ';') {
        ++at_;
      } else {
        return;
      }
    }
  }

  void read_field(std::vector<Field>& fields, int depth) {
    const std::string name = read_name();
    skip_space();
    const bool has_colon = take(':');
    skip_space();
    if (has_colon && take('[')) {
      for (skip_space(); !take(']'); skip_space()) fields.push_back(read_value(name, depth));
      return;
    }
    if (!has_colon && peek() != '{' && peek() != '<') throw SyntaxError{"expected ':' or '{' after " + name};
    fields.push_back(read_value(name, depth));
  }

  std::string read_name() {
    if (peek() == '[') {
      const std::size_t end = text_.find(']', at_);
      if (end == std::string_view::npos) throw SyntaxError{"unclosed '['"};
      const std::string name(text_.substr(at_, end + 1 - at_));
      at_ = end + 1;
      return name;
    }
    return read_word();
  }

  std::string read_word() {
    const std::size_t begin = at_;
    while (at_ < text_.size() && is_word(text_[at_])) ++at_;
    if (at_ == begin) throw SyntaxError{std::string("unexpected '") + peek() + "'"};
    return std::string(text_.substr(begin, at_ - begin));
  }

  Field read_value(const std::string& name, int depth) {
    Field field;
    field.name = name;
    if (take('{') || take('<')) {
      field.is_message = true;
      field.fields = read_fields(text_[at_ - 1] == '{' ? '}' : '>', depth + 1);
    } else if (peek() == '"' || peek() == '\'') {
      field.is_string = true;
      for (; peek() == '"' || peek() == '\''; skip_space()) read_string(field.scalar);
    } else {
      field.scalar = read_word();
    }
    return field;
  }

  void read_string(std::string& out) {
    const char quote = text_[at_++];
    while (!take(quote)) {
      if (at_ >= text_.size() || peek() == '\n') throw SyntaxError{"unclosed string"};
      if (take('\\')) {
        read_escape(out);
      } else {
        out += text_[at_++];
      }
    }
  }

  void read_escape(std::string& out) {
    const char c = at_ < text_.size() ? text_[at_++] : '\0';
    constexpr std::string_view letters = "abfnrtv", values = "\a\b\f\n\r\t\v";
    if (const std::size_t found = letters.find(c); found != std::string_view::npos && c != '\0') {
      out += values[found];
    } else if (c == 'x' || c == 'X') {
      out += static_cast<char>(read_digits(16, 2));
    } else if (c == 'u' || c == 'U') {
      append_utf8(out, static_cast<char32_t>(read_digits(16, c == 'u' ? 4 : 8)));
    } else if (c >= '0' && c <= '7') {
      --at_;
      out += static_cast<char>(read_digits(8, 3));
    } else {
      out += c;  // \" \' \\ \?
    }
  }

  std::uint32_t read_digits(int base, int most) {
    std::uint32_t value = 0;
    for (int i = 0; i < most; ++i) {
      const int digit = hexadecimal_value(peek());
      if (digit < 0 || digit >= base) break;
      value = value * static_cast<std::uint32_t>(base) + static_cast<std::uint32_t>(digit);
      ++at_;
    }
    return value;
  }

  std::string_view text_;
  std::size_t at_ = 0;
};

}  // namespace

const Field* Field::find(std::string_view wanted) const {
  const auto found = std::ranges::find(fields, wanted, &Field::name);
  return found == fields.end() ? nullptr : &*found;
}

std::string_view Field::text(std::string_view wanted) const {
  const Field* field = find(wanted);
  return field == nullptr ? std::string_view{} : std::string_view(field->scalar);
}

std::vector<const Field*> Field::all(std::string_view wanted) const {
  std::vector<const Field*> found;
  for (const Field& field : fields) {
    if (field.name == wanted) found.push_back(&field);
  }
  return found;
}

Result<Field> read_textproto(std::string_view text) {
  Reader reader(text);
  Field message;
  message.is_message = true;
  try {
    message.fields = reader.read_fields('\0', 0);
  } catch (const SyntaxError& error) {
    return failure(ErrorCode::syntax, error.message, {"", static_cast<std::uint32_t>(reader.line()), 0});
  }
  return message;
}

}  // namespace kastell::cel::conformance

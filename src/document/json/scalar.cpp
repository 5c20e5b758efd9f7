#include "document/json/scalar.h"

#include <charconv>
#include <cmath>
#include <cstring>

#include "base/ascii.h"
#include "base/text.h"

namespace kastell::document::json {

namespace {

Scalar broken(const char* message, std::size_t offset) {
  return {{}, message, static_cast<std::uint32_t>(offset)};
}

// Four hexadecimal digits, or -1.
std::int32_t read_hex4(std::string_view text, std::size_t at) {
  std::int32_t value = 0;
  if (at + 4 > text.size()) return -1;
  const char* begin = text.data() + at;
  if (*begin == '-') return -1;
  const auto [end, error] = std::from_chars(begin, begin + 4, value, 16);
  return error == std::errc{} && end == begin + 4 ? value : -1;
}

bool is_high_surrogate(std::int32_t unit) {
  return unit >= 0xD800 && unit <= 0xDBFF;
}
bool is_low_surrogate(std::int32_t unit) {
  return unit >= 0xDC00 && unit <= 0xDFFF;
}

// Resolves the escapes of one string into `out`, which has room for the escaped form: no escape
// is shorter than what it stands for.
class Unescaper {
 public:
  Unescaper(std::string_view inside, char* out) : inside_(inside), begin_(out), out_(out) {}

  Scalar run() {
    while (at_ < inside_.size()) {
      const std::size_t next = std::min(inside_.find('\\', at_), inside_.size());
      append(inside_.substr(at_, next - at_));
      at_ = next;
      if (at_ < inside_.size() && !escape()) return broken(error_, at_);
    }
    return {Node::make_string({begin_, static_cast<std::size_t>(out_ - begin_)})};
  }

 private:
  void append(std::string_view bytes) {
    std::memcpy(out_, bytes.data(), bytes.size());
    out_ += bytes.size();
  }

  bool escape() {
    static constexpr std::string_view letters = "\"\\/bfnrt";
    static constexpr std::string_view meanings = "\"\\/\b\f\n\r\t";
    const char letter = inside_[at_ + 1];  // a string never ends in an unescaped backslash
    if (letter == 'u') return unicode_escape();
    const std::size_t known = letters.find(letter);
    if (known == std::string_view::npos) {
      error_ = "unknown escape in a string";
      return false;
    }
    *out_++ = meanings[known];
    at_ += 2;
    return true;
  }

  bool unicode_escape() {
    const std::int32_t unit = read_hex4(inside_, at_ + 2);
    if (unit < 0) {
      error_ = "'\\u' must be followed by four hexadecimal digits";
      return false;
    }
    at_ += 6;
    append_code_point(is_high_surrogate(unit) ? join_surrogates(unit) : unit);
    return true;
  }

  // The code point of a pair whose second half stands at at_; unpaired, the half is returned.
  std::int32_t join_surrogates(std::int32_t high) {
    if (inside_.substr(at_, 2) != "\\u") return high;
    const std::int32_t low = read_hex4(inside_, at_ + 2);
    if (!is_low_surrogate(low)) return high;
    at_ += 6;
    return 0x10000 + ((high - 0xD800) << 10) + (low - 0xDC00);
  }

  void append_code_point(std::int32_t code_point) {
    const bool half = is_high_surrogate(code_point) || is_low_surrogate(code_point);
    std::string utf8;  // short enough never to allocate
    append_utf8(utf8, half ? U'\uFFFD' : static_cast<char32_t>(code_point));
    append(utf8);
  }

  std::string_view inside_;
  char* begin_;
  char* out_;
  std::size_t at_ = 0;
  const char* error_ = nullptr;
};

std::size_t skip_digits(std::string_view word, std::size_t at) {
  while (at < word.size() && is_digit(word[at])) ++at;
  return at;
}

// RFC 8259 section 6: [-] int [frac] [exp]
struct NumberShape {
  std::size_t end = 0;  // how far the word follows the grammar
  bool whole = true;    // neither fraction nor exponent
  bool valid = false;
};

NumberShape shape_of(std::string_view word) {
  NumberShape shape;
  std::size_t at = word.starts_with('-') ? 1 : 0;
  const auto digits = [&] {
    const std::size_t begin = at;
    shape.end = at = skip_digits(word, at);
    return at > begin;
  };
  const bool leading_zero = at < word.size() && word[at] == '0';
  if (leading_zero) {
    shape.end = ++at;
  } else if (!digits()) {
    return shape;
  }
  if (at < word.size() && word[at] == '.') {
    shape.whole = false;
    ++at;
    if (!digits()) return shape;
  }
  if (at < word.size() && (word[at] == 'e' || word[at] == 'E')) {
    shape.whole = false;
    ++at;
    if (at < word.size() && (word[at] == '+' || word[at] == '-')) ++at;
    if (!digits()) return shape;
  }
  shape.valid = at == word.size();
  return shape;
}

Scalar read_floating(std::string_view word) {
  double value = 0;
  const auto result = std::from_chars(word.data(), word.data() + word.size(), value);
  // from_chars says «out of range» for underflow too, which Kubernetes reads as zero.
  if (result.ec == std::errc::result_out_of_range) {
    value = std::strtod(std::string(word).c_str(), nullptr);
    if (std::isinf(value)) return broken("the number is out of the range of a double", 0);
  }
  return {Node::make_floating(value)};
}

Scalar read_number(std::string_view word) {
  const NumberShape shape = shape_of(word);
  if (!shape.valid) return broken("malformed number", shape.end);
  if (shape.whole) {
    std::int64_t value = 0;
    const auto result = std::from_chars(word.data(), word.data() + word.size(), value);
    if (result.ec == std::errc{}) return {Node::make_integer(value)};
  }
  return read_floating(word);
}

}  // namespace

Scalar read_string(std::string_view inside, Arena& arena) {
  if (std::memchr(inside.data(), '\\', inside.size()) == nullptr) return {Node::make_string(inside)};
  return Unescaper(inside, arena.allocate_array<char>(inside.size())).run();
}

Scalar read_word(std::string_view word) {
  if (word == "true") return {Node::make_boolean(true)};
  if (word == "false") return {Node::make_boolean(false)};
  if (word == "null") return {Node::make_null()};
  if (is_digit(word[0]) || word[0] == '-') return read_number(word);
  return broken("expected a value: a string, a number, true, false, null, '[' or '{'", 0);
}

}  // namespace kastell::document::json

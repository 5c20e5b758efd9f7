#include "cel/parse/lexer.h"

#include <algorithm>
#include <array>
#include <optional>

#include "base/ascii.h"

namespace kastell::cel {

namespace {

bool is_octal_digit(char c) {
  return c >= '0' && c <= '7';
}
bool is_identifier_start(char c) {
  return is_letter(c) || c == '_';
}
bool is_identifier_part(char c) {
  return is_identifier_start(c) || is_digit(c);
}
bool is_escaped_identifier_part(char c) {
  return is_identifier_part(c) || c == '.' || c == '-' || c == '/' || c == ' ';
}
bool is_space(char c) {
  return c == ' ' || c == '\t' || c == '\r' || c == '\n' || c == '\f';
}

struct Spelling {
  std::string_view text;
  TokenKind kind;
};

constexpr std::array keywords{
    Spelling{"in", TokenKind::in},
    Spelling{"true", TokenKind::true_},
    Spelling{"false", TokenKind::false_},
    Spelling{"null", TokenKind::null},
};

// Longer spellings first.
constexpr std::array punctuation{
    Spelling{"==", TokenKind::equals},
    Spelling{"!=", TokenKind::not_equals},
    Spelling{"<=", TokenKind::less_equals},
    Spelling{">=", TokenKind::greater_equals},
    Spelling{"&&", TokenKind::logical_and},
    Spelling{"||", TokenKind::logical_or},
    Spelling{"<", TokenKind::less},
    Spelling{">", TokenKind::greater},
    Spelling{"[", TokenKind::left_bracket},
    Spelling{"]", TokenKind::right_bracket},
    Spelling{"{", TokenKind::left_brace},
    Spelling{"}", TokenKind::right_brace},
    Spelling{"(", TokenKind::left_parenthesis},
    Spelling{")", TokenKind::right_parenthesis},
    Spelling{".", TokenKind::dot},
    Spelling{",", TokenKind::comma},
    Spelling{"-", TokenKind::minus},
    Spelling{"!", TokenKind::exclamation},
    Spelling{"?", TokenKind::question},
    Spelling{":", TokenKind::colon},
    Spelling{"+", TokenKind::plus},
    Spelling{"*", TokenKind::star},
    Spelling{"/", TokenKind::slash},
    Spelling{"%", TokenKind::percent},
};

// How many digits an escape carries, by the character behind the backslash; nothing if there is no
// such escape.
std::optional<int> escape_digits(char c) {
  if (std::string_view{"abfnrtv\"'\\?`"}.contains(c)) return 0;
  if (c == 'x' || c == 'X') return 2;
  if (c == 'u') return 4;
  if (c == 'U') return 8;
  if (c >= '0' && c <= '3') return 2;  // octal: \[0-3][0-7][0-7]
  return std::nullopt;
}

class Lexer {
 public:
  explicit Lexer(std::string_view text) : text_(text) {}

  std::expected<std::vector<Token>, Diagnostic> run() {
    std::vector<Token> tokens;
    for (;;) {
      skip_blanks();
      const std::size_t begin = at_;
      const std::optional<TokenKind> kind = next_kind();
      if (!kind) return std::unexpected(std::move(problem_));
      tokens.push_back({*kind, static_cast<std::uint32_t>(begin), static_cast<std::uint32_t>(at_)});
      if (*kind == TokenKind::end) return tokens;
    }
  }

 private:
  char peek(std::size_t ahead = 0) const { return at_ + ahead < text_.size() ? text_[at_ + ahead] : '\0'; }
  bool at_end() const { return at_ >= text_.size(); }

  template <typename Predicate>
  std::size_t skip_while(Predicate matches) {
    const std::size_t begin = at_;
    while (!at_end() && matches(text_[at_])) ++at_;
    return at_ - begin;
  }

  std::nullopt_t fail(std::size_t at, std::string message) {
    problem_ = {"Syntax error: " + std::move(message), static_cast<std::uint32_t>(at)};
    return std::nullopt;
  }

  void skip_blanks() {
    while (!at_end()) {
      if (is_space(text_[at_])) {
        ++at_;
      } else if (text_.substr(at_).starts_with("//")) {
        skip_while([](char c) { return c != '\n'; });
      } else {
        return;
      }
    }
  }

  std::optional<TokenKind> next_kind() {
    if (at_end()) return TokenKind::end;
    const char c = peek();
    if (is_digit(c) || (c == '.' && is_digit(peek(1)))) return number();
    if (const std::size_t prefix = string_prefix_size(); prefix != std::string_view::npos) return quoted(prefix);
    if (is_identifier_start(c)) return word();
    if (c == '`') return escaped_identifier();
    return symbol();
  }

  std::optional<TokenKind> symbol() {
    const std::string_view rest = text_.substr(at_);
    const auto* found =
        std::ranges::find_if(punctuation, [&](const Spelling& spelling) { return rest.starts_with(spelling.text); });
    if (found == punctuation.end()) return fail(at_, "unexpected character '" + character_at(at_) + "'");
    at_ += found->text.size();
    return found->kind;
  }

  std::string character_at(std::size_t at) const {
    std::size_t end = at + 1;
    while (end < text_.size() && (static_cast<unsigned char>(text_[end]) & 0xC0) == 0x80) ++end;
    return std::string{text_.substr(at, end - at)};
  }

  TokenKind word() {
    const std::size_t begin = at_;
    skip_while(is_identifier_part);
    const auto* found = std::ranges::find(keywords, text_.substr(begin, at_ - begin), &Spelling::text);
    return found == keywords.end() ? TokenKind::identifier : found->kind;
  }

  std::optional<TokenKind> escaped_identifier() {
    const std::size_t begin = at_++;
    const std::size_t size = skip_while(is_escaped_identifier_part);
    if (peek() != '`') return fail(begin, "unterminated or invalid escaped identifier");
    ++at_;
    if (size == 0) return fail(begin, "empty escaped identifier");
    return TokenKind::escaped_identifier;
  }

  TokenKind number() {
    if (peek() == '0' && peek(1) == 'x' && is_hexadecimal_digit(peek(2))) {
      at_ += 2;
      skip_while(is_hexadecimal_digit);
      return take_unsigned_suffix() ? TokenKind::uint_literal : TokenKind::int_literal;
    }
    skip_while(is_digit);
    bool floating = false;
    if (peek() == '.' && is_digit(peek(1))) {
      ++at_;
      skip_while(is_digit);
      floating = true;
    }
    if (take_exponent() || floating) return TokenKind::double_literal;
    return take_unsigned_suffix() ? TokenKind::uint_literal : TokenKind::int_literal;
  }

  bool take_exponent() {
    if (peek() != 'e' && peek() != 'E') return false;
    const std::size_t sign = peek(1) == '+' || peek(1) == '-' ? 1 : 0;
    if (!is_digit(peek(1 + sign))) return false;
    at_ += 1 + sign;
    skip_while(is_digit);
    return true;
  }

  bool take_unsigned_suffix() {
    if (peek() != 'u' && peek() != 'U') return false;
    ++at_;
    return true;
  }

  // Length of the prefix (none, b, r, br in any case) of a string that begins here, npos if none does.
  std::size_t string_prefix_size() const {
    std::size_t size = 0;
    if (peek(size) == 'b' || peek(size) == 'B') ++size;
    if (peek(size) == 'r' || peek(size) == 'R') ++size;
    return peek(size) == '"' || peek(size) == '\'' ? size : std::string_view::npos;
  }

  std::optional<TokenKind> quoted(std::size_t prefix) {
    const std::size_t begin = at_;
    const bool is_bytes = prefix > 0 && (peek() == 'b' || peek() == 'B');
    const bool is_raw = prefix > 0 && (peek(prefix - 1) == 'r' || peek(prefix - 1) == 'R');
    at_ += prefix;
    const std::string_view rest = text_.substr(at_);
    const bool is_triple = rest.starts_with(R"(""")") || rest.starts_with("'''");
    const std::string_view quote = rest.substr(0, is_triple ? 3 : 1);
    at_ += quote.size();
    while (!text_.substr(at_).starts_with(quote)) {
      if (at_end() || (!is_triple && (peek() == '\n' || peek() == '\r'))) {
        return fail(begin, "unterminated string literal");
      }
      if (is_raw || peek() != '\\') {
        ++at_;
      } else if (!take_escape()) {
        return fail(at_, "invalid escape sequence in string literal");
      }
    }
    at_ += quote.size();
    return is_bytes ? TokenKind::bytes_literal : TokenKind::string_literal;
  }

  bool take_escape() {
    const std::optional<int> digits = escape_digits(peek(1));
    if (!digits) return false;
    const bool octal = is_digit(peek(1));
    for (int i = 0; i < *digits; ++i) {
      const char digit = peek(2 + static_cast<std::size_t>(i));
      if (octal ? !is_octal_digit(digit) : !is_hexadecimal_digit(digit)) return false;
    }
    at_ += 2 + static_cast<std::size_t>(*digits);
    return true;
  }

  std::string_view text_;
  std::size_t at_ = 0;
  Diagnostic problem_;
};

}  // namespace

std::expected<std::vector<Token>, Diagnostic> tokenise(std::string_view text) {
  return Lexer(text).run();
}

}  // namespace kastell::cel

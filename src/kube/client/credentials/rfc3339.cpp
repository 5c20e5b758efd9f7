#include <charconv>

#include "kube/client/credentials/exec_plugin.h"

namespace kastell::client {

namespace {

using std::chrono::day, std::chrono::month, std::chrono::year;
using std::chrono::hours, std::chrono::minutes, std::chrono::seconds;

// Reads a text from left to right; `failed` once something was not as it should be.
class Scanner {
 public:
  explicit Scanner(std::string_view text) : text_(text) {}

  int number(std::size_t digits) {
    int value = 0;
    const std::string_view part = text_.substr(0, digits);
    const auto [end, error] = std::from_chars(part.data(), part.data() + part.size(), value);
    failed = failed || part.size() != digits || error != std::errc{} || end != part.data() + part.size() || value < 0;
    text_.remove_prefix(part.size());
    return value;
  }
  bool accept(char c) {
    if (!text_.starts_with(c)) return false;
    text_.remove_prefix(1);
    return true;
  }
  void expect(char c) { failed = !accept(c) || failed; }
  void skip_digits() { text_.remove_prefix(std::min(text_.find_first_not_of("0123456789"), text_.size())); }
  bool at_end() const { return text_.empty(); }

  bool failed = false;

 private:
  std::string_view text_;
};

}  // namespace

std::optional<Machine::WallTime> parse_rfc3339(std::string_view text) {
  Scanner scanner(text);
  const year y{scanner.number(4)};
  scanner.expect('-');
  const month m{static_cast<unsigned>(scanner.number(2))};
  scanner.expect('-');
  const day d{static_cast<unsigned>(scanner.number(2))};
  if (!scanner.accept('T')) scanner.expect('t');
  const hours hour{scanner.number(2)};
  scanner.expect(':');
  const minutes minute{scanner.number(2)};
  scanner.expect(':');
  const seconds second{scanner.number(2)};
  if (scanner.accept('.')) scanner.skip_digits();
  seconds offset{0};
  if (!scanner.accept('Z') && !scanner.accept('z')) {
    const int sign = scanner.accept('-') ? -1 : 1;
    if (sign > 0) scanner.expect('+');
    offset += sign * hours{scanner.number(2)};
    scanner.expect(':');
    offset += sign * minutes{scanner.number(2)};
  }
  if (scanner.failed || !scanner.at_end() || !(y / m / d).ok()) return std::nullopt;
  return std::chrono::sys_days(y / m / d) + hour + minute + second - offset;
}

}  // namespace kastell::client

// A text on its way to a sink: grows to a block, then leaves.
#pragma once

#include <array>
#include <charconv>
#include <string>
#include <string_view>

#include "base/text.h"
#include "report/report.h"

namespace kastell::report {

class Writer {
 public:
  static constexpr std::size_t block = std::size_t{32} << 10;

  explicit Writer(const Sink& sink) : sink_(sink) { text_.reserve(block + block / 4); }
  Writer(const Writer&) = delete;
  Writer& operator=(const Writer&) = delete;
  ~Writer() { flush(); }

  // What is being written; append to it, and call leave() now and then.
  std::string& text() { return text_; }
  void leave() {
    if (text_.size() >= block) flush();
  }
  void flush() {
    if (!text_.empty()) sink_(text_);
    text_.clear();
  }

 private:
  const Sink& sink_;
  std::string text_;
};

inline void append_number(std::string& out, std::uint64_t number) {
  std::array<char, 20> digits;
  out.append(digits.data(), std::to_chars(digits.data(), digits.data() + digits.size(), number).ptr);
}

// With its quotes.
inline void append_json_string(std::string& out, std::string_view text) {
  out += '"';
  append_json_escaped(out, text);
  out += '"';
}

}  // namespace kastell::report

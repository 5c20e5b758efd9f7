// Lines of standard input, for the batch commands.
#pragma once

#include <cstddef>
#include <optional>
#include <string>
#include <string_view>

namespace kastell::cli {

class LineReader {
 public:
  explicit LineReader(int descriptor, std::size_t longest) : descriptor_(descriptor), longest_(longest) {}

  struct Line {
    std::string_view text;  // without its end; valid until the next call
    bool too_long = false;  // longer than allowed: the rest was passed over
  };
  // Nothing at the end of the input.
  std::optional<Line> next();

  // Whether a whole line is at hand, so that next() will not wait for the other side.
  bool has_line() const { return buffer_.find('\n', begin_) != std::string::npos; }

 private:
  bool fill();  // false at the end

  int descriptor_;
  std::size_t longest_;
  std::string buffer_;
  std::size_t begin_ = 0;
  bool ended_ = false;
};

}  // namespace kastell::cli

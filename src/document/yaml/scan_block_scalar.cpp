#include <algorithm>
#include <cstring>
#include <optional>

#include "base/ascii.h"
#include "document/yaml/line_folding.h"
#include "document/yaml/scan.h"

namespace kastell::document::yaml {

namespace {

enum class Chomping : std::uint8_t { clip, strip, keep };

struct Header {
  bool literal = false;
  Chomping chomping = Chomping::clip;
  std::int32_t increment = 0;  // the indentation indicator, 0 if there is none
};

constexpr const char* tab_in_indentation = "a tab must not be used for indentation";

class BlockScalar {
 public:
  BlockScalar(Cursor& cursor, TextBuilder& builder) : cursor_(cursor), text_(builder.scratch), builder_(builder) {}

  Scanned run() {
    if (const char* error = read_header()) return {{}, error, cursor_.at};
    if (header_.increment > 0) indent_ = std::max(cursor_.indent, 0) + header_.increment;
    text_.clear();
    if (!read_indentation()) return {{}, tab_in_indentation, cursor_.at};
    while (at_content()) {
      if (!read_line()) return {{}, tab_in_indentation, cursor_.at};
    }
    if (header_.chomping != Chomping::strip) text_ += leading_break_;
    if (header_.chomping == Chomping::keep) text_ += trailing_breaks_;
    return {builder_.finish()};
  }

 private:
  const char* read_header() {
    header_.literal = *cursor_.at++ == '|';
    bool chomped = false;
    for (int i = 0; i < 2; ++i) {
      const char c = *cursor_.at;
      if ((c == '+' || c == '-') && !chomped) {
        header_.chomping = c == '+' ? Chomping::keep : Chomping::strip;
        chomped = true;
      } else if (is_digit(c) && header_.increment == 0) {
        if (c == '0') return "the indentation indicator of a block scalar must be 1 to 9";
        header_.increment = c - '0';
      } else {
        break;
      }
      ++cursor_.at;
    }
    cursor_.skip_blanks();
    if (*cursor_.at == '#') cursor_.skip_comment();
    if (!is_break_or_end(cursor_.at)) return "only a comment may follow the '|' or '>' of a block scalar in its line";
    cursor_.skip_break(break_length(cursor_.at));
    return nullptr;
  }

  std::int32_t column() const { return static_cast<std::int32_t>(cursor_.at - cursor_.line_start); }
  bool at_content() const { return column() == indent_ && !is_end(*cursor_.at); }

  // Over the indentation of the next line that has content, and the empty lines before it. The first time
  // it finds out how deep the indentation is, if the header did not say. False at a tab.
  bool read_indentation() {
    std::int32_t deepest = 0;
    while (true) {
      while ((indent_ == 0 || column() < indent_) && *cursor_.at == ' ') ++cursor_.at;
      deepest = std::max(deepest, column());
      if ((indent_ == 0 || column() < indent_) && *cursor_.at == '\t') return false;
      if (!is_break_or_end(cursor_.at) || cursor_.at == unended_line()) break;
      end_line(trailing_breaks_);
    }
    if (indent_ == 0) indent_ = std::max({deepest, cursor_.indent + 1, 1});
    return true;
  }

  bool read_line() {
    const bool begins_blank = is_blank(*cursor_.at);
    const bool folds = !header_.literal && !last_began_blank_ && !begins_blank && leading_break_.starts_with('\n');
    if (!folds) {
      text_ += leading_break_;
    } else if (trailing_breaks_.empty()) {
      text_ += ' ';
    }
    text_ += trailing_breaks_;
    last_began_blank_ = begins_blank;
    leading_break_.clear();
    trailing_breaks_.clear();

    const char* begin = cursor_.at;
    while (!is_break_or_end(cursor_.at)) ++cursor_.at;
    text_.append(begin, cursor_.at);
    end_line(leading_break_);
    return read_indentation();
  }

  // kubectl gives the last line of a file an end if it has none.
  void end_line(std::string& breaks) {
    if (!is_end(*cursor_.at)) return read_break(cursor_, breaks);
    breaks += '\n';
    cursor_.skip_break(0);
  }

  // Where the text ends without a line begun.
  const char* unended_line() const { return is_end(*cursor_.line_start) ? cursor_.line_start : nullptr; }

  Cursor& cursor_;
  std::string& text_;
  TextBuilder& builder_;
  Header header_;
  std::int32_t indent_ = 0;
  bool last_began_blank_ = false;
  std::string leading_break_;
  std::string trailing_breaks_;
};

}  // namespace

Scanned scan_block_scalar(Cursor& cursor, TextBuilder& builder) {
  const Scanned scanned = BlockScalar(cursor, builder).run();
  cursor.key_allowed = true;
  return scanned;
}

}  // namespace kastell::document::yaml

// Line breaks between the lines of a flow scalar: one becomes a space, more become one less.
#pragma once

#include <string>

#include "document/yaml/cursor.h"

namespace kastell::document::yaml {

// Steps over the break at the cursor and appends what it counts as: '\n', but LS and PS stay themselves.
inline void read_break(Cursor& cursor, std::string& out) {
  const std::size_t length = break_length(cursor.at);
  if (*cursor.at == '\xE2') {
    out.append(cursor.at, length);
  } else {
    out += '\n';
  }
  cursor.skip_break(length);
}

class LineFolding {
 public:
  bool any() const { return any_; }

  void read(Cursor& cursor) {
    read_break(cursor, any_ ? trailing_ : leading_);
    any_ = true;
  }

  // An escaped line break: joins the lines with nothing between.
  void join() { any_ = true; }

  void append_to(std::string& text) {
    if (!leading_.empty() && leading_[0] == '\n') {
      text += trailing_.empty() ? " " : trailing_;
    } else {
      text += leading_;
      text += trailing_;
    }
    leading_.clear();
    trailing_.clear();
    any_ = false;
  }

 private:
  std::string leading_;
  std::string trailing_;
  bool any_ = false;
};

}  // namespace kastell::document::yaml

// Text laid out for people.
#pragma once

#include <cstddef>
#include <string>
#include <string_view>

namespace kastell::report {

struct Wrapping {
  std::size_t indent = 0;        // columns before every line
  std::size_t width = 100;       // columns in all
  std::size_t first_indent = 0;  // before the first line, in place of `indent`; see `hanging`
  bool hanging = false;          // the first line has first_indent
};

// Appends `text` broken at spaces into lines, each with a line end. A word longer than a line stands alone.
void append_wrapped(std::string& out, std::string_view text, const Wrapping& wrapping);

// Appends control characters as \xNN and marks that turn the direction of text as \uNNNN, so that a manifest can
// neither steer the terminal it is shown on nor show another line than it has.
void append_visible(std::string& out, std::string_view text);

// Columns of a text, by code points.
std::size_t columns_of(std::string_view text);

}  // namespace kastell::report

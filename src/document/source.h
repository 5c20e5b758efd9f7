// Source: the bytes of one input with a name, and where in them a byte offset is.
//
// Positions are handed round as byte offsets and turned into line and column only when somebody is
// to read them. The line table is made at the first question, once (thread-safe).
#pragma once

#include <cstdint>
#include <memory>
#include <mutex>
#include <string>
#include <string_view>
#include <vector>

#include "base/result.h"

namespace kastell::document {

class Source {
 public:
  // NUL bytes that every Source keeps behind its text, for parsers that read in blocks or to an end mark.
  static constexpr std::size_t padding = 64;

  // Copies `text`.
  Source(std::string name, std::string_view text);
  // Keeps a view of `text`, which must outlive it, with `padding` NUL bytes behind it.
  struct Borrowed {
    std::string_view text;
  };
  Source(std::string name, Borrowed text);
  // Takes over `buffer`, whose first `size` bytes are the text and which is at least size + padding long.
  Source(std::string name, std::unique_ptr<char[]> buffer, std::size_t size);

  // Places without a text, for what was saved and loaded again: offsets count code points, but no carriage return of a
  // line's end, and lines begin at `line_starts` (rising, the first 0). text() is empty, and so is every line.
  struct Places {
    std::vector<std::uint32_t> line_starts = {0};
    std::uint32_t size = 0;
  };
  Source(std::string name, Places places);

  const std::string& name() const { return name_; }
  std::string_view text() const { return {text_, text_size_}; }

  // Line and column (1-based, columns in code points) of a byte offset; the end of the text is a place too.
  Place place_of(std::uint32_t offset) const;

  // What a Source that keeps no text needs to give the same places, and the offset in it for an offset in this one.
  Places places() const;
  std::uint32_t point_of(std::uint32_t offset) const;

  // The line that holds `offset`, without its line end.
  std::string_view line_at(std::uint32_t offset) const;

 private:
  void index() const;
  void index_lines() const;
  std::uint32_t code_points_to(std::uint32_t offset) const;
  std::uint32_t carriage_returns_to(std::uint32_t offset) const;

  std::string name_;
  std::unique_ptr<char[]> buffer_;  // null if the text is borrowed
  const char* text_;
  std::size_t size_;       // of the places
  std::size_t text_size_;  // 0 if the text is not kept
  mutable std::once_flag indexed_;
  mutable std::vector<std::uint32_t> line_starts_;
  // For each 4096-byte step, code points before it: bounds the cost of a column in a very long line.
  // Empty when the text is ASCII.
  mutable std::vector<std::uint32_t> code_points_before_;
  mutable std::vector<std::uint32_t> carriage_returns_before_;  // each line; empty if no line ends with one
};

}  // namespace kastell::document

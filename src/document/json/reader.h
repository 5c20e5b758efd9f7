// Stage 2 of reading JSON: from the structural index straight to Nodes.
#pragma once

#include <cstdint>
#include <string_view>
#include <vector>

#include "base/arena.h"
#include "base/symbol.h"
#include "document/build/key_cache.h"
#include "document/build/tree_builder.h"
#include "document/document.h"
#include "document/json/structural_index.h"

namespace kastell::document::json {

// Reads RFC 8259 texts one behind the other, with or without white space between, as kubectl does.
class Reader {
 public:
  // Nodes lie in `arena`. start() comes before everything else.
  Reader(Arena& arena, SymbolTable& symbols, const ParseLimits& limits);

  // From the beginning of `source`. Memory of an earlier source is used again.
  void start(const Source& source);

  bool at_end() const { return next_ + 1 >= offsets_.size() && !index_.flaw(); }
  // Where the next token begins.
  std::uint32_t offset() const { return offsets_[next_]; }

  // The next document. After an error the reader stands behind the broken document if its brackets
  // still tell where it ends, else at the end.
  Result<Document> read();

  // Whether what stopped the reader leaves nothing to go on with.
  bool exhausted() const { return exhausted_; }
  // Where the last error was found; offset() may be far behind it.
  std::uint32_t error_offset() const { return error_offset_; }

 private:
  // What comes next: a value begins at the current token, `node_` is finished, or the document is.
  enum class Flow : std::uint8_t { next_value, value_finished, done, failed };

  Flow read_value();
  Flow open(bool object);
  Flow read_members();
  std::optional<std::string_view> read_key(std::uint32_t offset);
  Flow close();
  Flow after_value();
  bool read_scalar(Node& node, std::uint32_t offset);
  bool is_plain(std::string_view inside, std::uint32_t offset);
  std::string_view string_at(std::uint32_t offset) const;
  std::string_view word_at(std::uint32_t offset) const;

  Flow fail(ErrorCode code, std::string message, std::uint32_t offset);
  Flow fail_expecting(const char* expected);
  Flow fail_duplicate(const DuplicateKey& duplicate);
  void skip_broken_document();

  char byte_at(std::uint32_t offset) const { return text_[offset]; }
  char peek() const { return next_ + 1 < offsets_.size() ? text_[offsets_[next_]] : '\0'; }

  const Source* source_ = nullptr;
  std::string_view text_;
  Arena& arena_;
  SymbolTable& symbols_;
  KeyCache keys_;
  const ParseLimits& limits_;
  StructuralIndex index_;
  std::span<const std::uint32_t> offsets_;
  std::size_t next_ = 0;
  std::size_t next_escape_ = 0;  // the first backslash behind what was read, or somewhere before
  TreeBuilder tree_;
  Node node_;  // the value just finished, and where it began
  std::uint32_t node_offset_ = 0;
  Error error_;
  std::uint32_t error_offset_ = 0;
  std::size_t first_token_ = 0;
  bool exhausted_ = false;
};

}  // namespace kastell::document::json

#include "document/json/reader.h"

#include <algorithm>

#include "base/text.h"
#include "document/json/scalar.h"

namespace kastell::document::json {

namespace {

bool is_white_space(char c) {
  return c == ' ' || c == '\n' || c == '\r' || c == '\t';
}

bool ends_word(char c) {
  return is_white_space(c) || c == ',' || c == '}' || c == ']' || c == ':' || c == '{' || c == '[';
}

// What stands at `offset`, for a message.
std::string describe(std::string_view text, std::size_t offset) {
  if (offset >= text.size()) return "the end of the input";
  std::size_t end = offset + 1;
  while (end < text.size() && (static_cast<unsigned char>(text[end]) & 0xC0) == 0x80) ++end;
  std::string quoted = "'";
  append_json_escaped(quoted, text.substr(offset, end - offset));
  return quoted + "'";
}

}  // namespace

Reader::Reader(Arena& arena, SymbolTable& symbols, const ParseLimits& limits)
    : arena_(arena), symbols_(symbols), keys_(symbols), limits_(limits), tree_(arena) {}

void Reader::start(const Source& source) {
  source_ = &source;
  text_ = source.text();
  index_.read(text_);
  offsets_ = index_.offsets();
  next_ = next_escape_ = 0;
  exhausted_ = false;
}

// The string ends at the last quote before the next token: stage 1 has made sure of that.
inline std::string_view Reader::string_at(std::uint32_t offset) const {
  std::size_t end = offsets_[next_ + 1] - std::size_t{1};
  while (text_[end] != '"') --end;
  return text_.substr(offset + 1, end - offset - 1);
}

// Whether a string is no longer than may be, and without escapes. Every byte of the text is looked at once.
inline bool Reader::is_plain(std::string_view inside, std::uint32_t offset) {
  if (next_escape_ <= offset) next_escape_ = std::min(text_.find('\\', offset), text_.size());
  return next_escape_ > offset + inside.size() && inside.size() <= limits_.scalar_bytes;
}

Result<Document> Reader::read() {
  tree_.clear();
  first_token_ = next_;
  Flow flow = Flow::next_value;
  while (flow == Flow::next_value || flow == Flow::value_finished) {
    flow = flow == Flow::next_value ? read_value() : after_value();
  }
  if (flow == Flow::done) return Document{node_, node_offset_};
  skip_broken_document();
  return std::unexpected(error_);
}

Reader::Flow Reader::read_value() {
  const std::uint32_t offset = offsets_[next_];
  const char first = peek();
  if (first == '{') return open(true);
  if (first == '[') return open(false);
  if (next_ + 1 >= offsets_.size() || ends_word(first)) return fail_expecting("a value");
  if (!read_scalar(node_, offset)) return Flow::failed;
  node_offset_ = offset;
  return Flow::value_finished;
}

Reader::Flow Reader::open(bool object) {
  const std::uint32_t offset = offsets_[next_];
  if (tree_.depth() >= limits_.depth) {
    return fail(ErrorCode::limit, "lists and objects are nested deeper than " + std::to_string(limits_.depth), offset);
  }
  ++next_;
  if (object) {
    tree_.open_object(offset);
    return peek() == '}' ? close() : read_members();
  }
  tree_.open_list(offset);
  return peek() == ']' ? close() : Flow::next_value;
}

inline std::optional<std::string_view> Reader::read_key(std::uint32_t offset) {
  const std::string_view plain = string_at(offset);
  if (is_plain(plain, offset)) return ++next_, plain;
  Node key;
  return read_scalar(key, offset) ? std::optional(key.as_string()) : std::nullopt;
}

// Up to a value that is no string, or to the end. Most members are strings: they need no turn in read().
Reader::Flow Reader::read_members() {
  for (;; ++next_) {
    const std::uint32_t key_offset = offsets_[next_];
    if (peek() != '"') return fail_expecting("a key in quotes");
    const auto key = read_key(key_offset);
    if (!key) return Flow::failed;
    if (peek() != ':') return fail_expecting("':' after the key");
    ++next_;
    const Symbol symbol = keys_.intern(*key);
    const std::uint32_t offset = offsets_[next_];
    const std::string_view text = peek() == '"' ? string_at(offset) : std::string_view{};
    if (text.data() == nullptr || !is_plain(text, offset)) {
      tree_.key(symbol, key_offset);
      return Flow::next_value;
    }
    ++next_;
    tree_.text_member(symbol, key_offset, text, offset);
    if (peek() != ',') break;
  }
  return peek() == '}' ? close() : fail_expecting("',' or '}' after the value");
}

Reader::Flow Reader::close() {
  if (tree_.in_object()) {
    if (const auto duplicate = tree_.find_duplicate()) return fail_duplicate(*duplicate);
  }
  ++next_;
  const auto closed = tree_.close();
  node_ = closed.node;
  node_offset_ = closed.offset;
  return Flow::value_finished;
}

Reader::Flow Reader::after_value() {
  if (tree_.depth() == 0) return Flow::done;
  tree_.value(node_, node_offset_);
  const bool object = tree_.in_object();
  const char next = peek();
  if (next == ',') {
    ++next_;
    return object ? read_members() : Flow::next_value;
  }
  if (next == (object ? '}' : ']')) return close();
  return fail_expecting(object ? "',' or '}' after the value" : "',' or ']' after the value");
}

bool Reader::read_scalar(Node& node, std::uint32_t offset) {
  const bool quoted = byte_at(offset) == '"';
  const std::string_view inside = quoted ? string_at(offset) : word_at(offset);
  if (inside.size() > limits_.scalar_bytes) {
    fail(ErrorCode::limit, "the string is longer than " + std::to_string(limits_.scalar_bytes) + " bytes", offset);
    return false;
  }
  const Scalar scalar = quoted ? read_string(inside, arena_) : read_word(inside);
  if (scalar.error != nullptr) {
    fail(ErrorCode::syntax, scalar.error, offset + scalar.error_offset + (quoted ? 1 : 0));
    return false;
  }
  node = scalar.node;
  ++next_;
  return true;
}

std::string_view Reader::word_at(std::uint32_t offset) const {
  std::size_t end = offset;
  while (end < text_.size() && !ends_word(text_[end])) ++end;
  return text_.substr(offset, end - offset);
}

Reader::Flow Reader::fail(ErrorCode code, std::string message, std::uint32_t offset) {
  error_offset_ = offset;
  error_ = {code, std::move(message), source_->place_of(offset)};
  return Flow::failed;
}

Reader::Flow Reader::fail_expecting(const char* expected) {
  const bool at_end = next_ + 1 >= offsets_.size();
  if (at_end && index_.flaw()) return fail(ErrorCode::syntax, index_.flaw()->message, index_.flaw()->offset);
  std::string message = std::string("expected ") + expected + ", found " + describe(text_, offsets_[next_]);
  if (at_end && tree_.depth() > 0) {
    const Place opened = source_->place_of(tree_.open_offset());
    message += std::string("; the ") + (tree_.in_object() ? "object" : "list") + " opened at line " +
               std::to_string(opened.line) + ", column " + std::to_string(opened.column) + " is never closed";
  }
  return fail(ErrorCode::syntax, std::move(message), offsets_[next_]);
}

Reader::Flow Reader::fail_duplicate(const DuplicateKey& duplicate) {
  const Place first = source_->place_of(duplicate.first_offset);
  std::string message = "duplicate key \"";
  append_json_escaped(message, symbols_.text(duplicate.key));
  message += "\", first at line " + std::to_string(first.line) + ", column " + std::to_string(first.column);
  return fail(ErrorCode::syntax, std::move(message), duplicate.second_offset);
}

// Counts brackets from the broken document's beginning to where they are even again.
void Reader::skip_broken_document() {
  std::int64_t depth = 0;
  exhausted_ = tree_.depth() == 0 && first_token_ == next_;
  if (exhausted_) return;
  const std::size_t failed_at = next_;
  for (next_ = first_token_; next_ + 1 < offsets_.size(); ++next_) {
    const char c = peek();
    if (c == '{' || c == '[') ++depth;
    if (c == '}' || c == ']') --depth;
    if (depth <= 0 && next_ >= failed_at) {
      ++next_;
      return;
    }
  }
  exhausted_ = true;
}

}  // namespace kastell::document::json

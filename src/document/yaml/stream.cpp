#include "document/yaml/stream.h"

#include <optional>

#include "document/yaml/flaws.h"
#include "document/yaml/parser.h"

namespace kastell::document::yaml {

namespace {

constexpr std::string_view byte_order_mark = "\xEF\xBB\xBF";

// Reads document after document, and finds the next one when one is broken.
class StreamReader {
 public:
  StreamReader(DocumentStream& stream, std::size_t from, SymbolTable& symbols, const ParseLimits& limits)
      : stream_(stream), text_(stream.source->text()), limits_(limits), parser_(stream, symbols, limits) {
    go_to(from);
    flaw_ = find_flaw(text_, from);
  }

  void run() {
    while (cursor_.offset() < text_.size() && stream_.errors.size() < limits_.errors) read_one();
  }

 private:
  void go_to(std::size_t offset) {
    cursor_ = Cursor{text_.data(), text_.data() + offset, text_.data() + offset};
    skip_byte_order_marks();
  }

  void skip_byte_order_marks() {
    while (std::string_view(cursor_.at, 3) == byte_order_mark) cursor_.skip_break(byte_order_mark.size());
  }

  // Directives, a "---" line, the document; any of them may be absent.
  void read_one() {
    const std::size_t begin = cursor_.offset();
    directives_.clear();
    if (!read_directives() || !read_separator()) return recover(begin);
    if (!parser_.read(cursor_, directives_)) {
      error_ = parser_.error();
      error_offset_ = parser_.error_offset();
      return recover(begin);
    }
    if (flaw_ && flaw_->offset < cursor_.offset() + std::size_t{1}) return recover(begin);
    const std::optional<Document> document = parser_.found() ? std::optional(parser_.document()) : std::nullopt;
    if (!read_end()) {
      if (document) stream_.documents.push_back(*document);
      return recover(begin);
    }
    if (document) stream_.documents.push_back(*document);
  }

  bool read_directives() {
    while (true) {
      cursor_.key_allowed = true;
      cursor_.skip_to_token();
      if (*cursor_.at != '%' || cursor_.at != cursor_.line_start) break;
      const char* begin = cursor_.at;
      if (const char* error = directives_.read(cursor_)) return fail(error, begin);
    }
    const bool separated = cursor_.at == cursor_.line_start && std::string_view(cursor_.at, 3) == "---";
    if (directives_.any() && !separated) return fail("a line with '---' must follow the directives", cursor_.at);
    return true;
  }

  // kubectl lets nothing but a comment follow "---" in its line.
  bool read_separator() {
    if (cursor_.at != cursor_.line_start || std::string_view(cursor_.at, 3) != "---") return true;
    cursor_.at += 3;
    cursor_.skip_blanks();
    if (*cursor_.at == '#') cursor_.skip_comment();
    if (!is_break_or_end(cursor_.at)) return fail("only a comment may follow '---' in its line", cursor_.at);
    cursor_.skip_break(break_length(cursor_.at));
    cursor_.key_allowed = true;
    skip_byte_order_marks();
    return true;
  }

  // "...", and nothing behind it up to the next "---": what stands there kubectl never reads.
  bool read_end() {
    bool ended = false;
    while (cursor_.at == cursor_.line_start && std::string_view(cursor_.at, 3) == "...") {
      ended = true;
      cursor_.at += 3;
      cursor_.key_allowed = false;
      cursor_.skip_to_token();
    }
    if (!ended || cursor_.at_document_end() || *cursor_.at == '%') return true;
    return fail("Kubernetes does not read what follows '...'; begin the next document with '---'", cursor_.at);
  }

  bool fail(const char* message, const char* at) {
    error_offset_ = cursor_.offset_of(at);
    error_ = {ErrorCode::syntax, message, stream_.source->place_of(error_offset_)};
    return false;
  }

  // Records the error of the document that began at `begin`, and goes on at the next line that begins with "---".
  void recover(std::size_t begin) {
    const std::size_t read_to = std::max<std::size_t>(error_offset_, cursor_.offset());
    if (flaw_ && flaw_->offset <= read_to) {
      error_offset_ = static_cast<std::uint32_t>(flaw_->offset);
      error_ = {ErrorCode::syntax, flaw_->message, stream_.source->place_of(error_offset_)};
    }
    stream_.errors.push_back(std::move(error_));
    // An error may be found as late as at the separator itself.
    const std::size_t from = std::max<std::size_t>(error_offset_, begin + 1) - 1;
    const std::size_t separator = text_.find("\n---", from);
    go_to(separator == std::string_view::npos ? text_.size() : separator + 1);
    error_offset_ = 0;
    if (flaw_ && flaw_->offset < cursor_.offset()) flaw_ = find_flaw(text_, cursor_.offset());
  }

  DocumentStream& stream_;
  std::string_view text_;
  const ParseLimits& limits_;
  Parser parser_;
  Cursor cursor_{};
  Directives directives_;
  std::optional<Flaw> flaw_;
  Error error_;
  std::uint32_t error_offset_ = 0;
};

}  // namespace

void read_stream(DocumentStream& stream, std::size_t from, SymbolTable& symbols, const ParseLimits& limits) {
  StreamReader(stream, from, symbols, limits).run();
}

}  // namespace kastell::document::yaml

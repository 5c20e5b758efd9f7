#include <stdexcept>

#include "document/document.h"
#include "document/json/reader.h"
#include "document/yaml/stream.h"

namespace kastell::document {

namespace {

bool is_white_space(char c) {
  return c == ' ' || c == '\n' || c == '\r' || c == '\t';
}

std::size_t skip_white_space(std::string_view text, std::size_t at) {
  while (at < text.size() && is_white_space(text[at])) ++at;
  return at;
}

bool looks_like_json(std::string_view text) {
  const std::size_t first = skip_white_space(text, 0);
  return first < text.size() && (text[first] == '{' || text[first] == '[');
}

bool looks_like_utf16(std::string_view text) {
  if (text.starts_with("\xFF\xFE") || text.starts_with("\xFE\xFF")) return true;
  return text.size() >= 2 && (text[0] == '\0') != (text[1] == '\0');
}

// Where a line that begins with "---" follows `offset`, or the end of the text.
std::size_t next_separator(std::string_view text, std::size_t offset) {
  if (text.substr(offset).starts_with("---")) return offset;
  const std::size_t at = text.find("\n---", offset);
  return at == std::string_view::npos ? text.size() : at + 1;
}

// Fills one stream; YAML and JSON may follow one another in it, as kubectl allows.
class StreamParser {
 public:
  StreamParser(DocumentStream& stream, SymbolTable& symbols, const ParseOptions& options)
      : stream_(stream), symbols_(symbols), options_(options), text_(stream.source->text()) {}

  void run() {
    if (text_.size() > options_.limits.source_bytes) {
      return add_error(ErrorCode::limit,
                       "the input is longer than " + std::to_string(options_.limits.source_bytes) + " bytes");
    }
    if (looks_like_utf16(text_)) {
      return add_error(ErrorCode::unsupported, "the input is UTF-16; only UTF-8 is read");
    }
    switch (options_.format) {
      case Format::yaml: return read_yaml(0);
      case Format::json: return read_json();
      case Format::detect: return looks_like_json(text_) ? read_json_or_flow() : read_yaml(0);
    }
  }

 private:
  void add_error(ErrorCode code, std::string message) {
    stream_.errors.push_back({code, std::move(message), stream_.source->place_of(0)});
  }

  bool too_many_errors() const { return stream_.errors.size() >= options_.limits.errors; }

  void read_yaml(std::size_t from) { yaml::read_stream(stream_, from, symbols_, options_.limits); }

  // A text that begins with a bracket may still be YAML: {a: 1}. Then YAML's reading counts, if it gets more
  // documents out of it. If it is neither, kubectl would tell JSON's error behind '{', and YAML's behind '['.
  void read_json_or_flow() {
    read_json();
    if (!first_failed_ || stream_.errors.front().code != ErrorCode::syntax) return;
    DocumentStream as_yaml{stream_.source, std::make_shared<Arena>(), {}, {}};
    yaml::read_stream(as_yaml, 0, symbols_, options_.limits);
    const bool is_object = text_[skip_white_space(text_, 0)] == '{';
    const bool better = as_yaml.documents.size() > stream_.documents.size();
    if (better || (!is_object && stream_.documents.empty())) stream_ = std::move(as_yaml);
  }

  void read_json() {
    json::Reader reader(*stream_.arena, symbols_, options_.limits);
    reader.start(*stream_.source);
    while (!reader.at_end() && !reader.exhausted() && !too_many_errors()) {
      const std::size_t begin = reader.offset();
      if (options_.format == Format::detect && text_.substr(begin).starts_with("---")) return read_yaml(begin);
      auto document = reader.read();
      if (document) {
        stream_.documents.push_back(*document);
      } else {
        first_failed_ = first_failed_ || (stream_.documents.empty() && stream_.errors.empty());
        stream_.errors.push_back(std::move(document.error()));
      }
    }
    if (options_.format == Format::detect && reader.exhausted()) {
      const std::size_t separator = next_separator(text_, reader.error_offset());
      if (separator < text_.size()) read_yaml(separator);
    }
  }

  DocumentStream& stream_;
  SymbolTable& symbols_;
  const ParseOptions& options_;
  std::string_view text_;
  bool first_failed_ = false;  // the first document of the source is no JSON
};

}  // namespace

DocumentStream parse(std::shared_ptr<const Source> source, SymbolTable& symbols, const ParseOptions& options) {
  DocumentStream stream{std::move(source), std::make_shared<Arena>(), {}, {}};
  try {
    StreamParser(stream, symbols, options).run();
  } catch (const std::length_error& full) {  // the symbol table
    stream.errors.push_back({ErrorCode::limit, full.what(), stream.source->place_of(0)});
  }
  return stream;
}

}  // namespace kastell::document

#include "document/json_parser.h"

#include <cstring>
#include <stdexcept>
#include <vector>

#include "document/json/reader.h"

namespace kastell::document {

struct JsonParser::Memory {
  Memory(SymbolTable& symbols, const ParseLimits& limits) : reader(arena, symbols, limits) {}

  Arena arena;
  std::vector<char> buffer;  // the text, and NUL bytes behind it
  std::optional<Source> source;
  json::Reader reader;
};

namespace {

Result<Node> read_only_value(json::Reader& reader, const Source& source) {
  if (reader.at_end()) return failure(ErrorCode::syntax, "expected a value, found the end of the input");
  const auto document = reader.read();
  if (!document) return std::unexpected(document.error());
  if (reader.at_end()) return document->root;
  return std::unexpected(
      Error{ErrorCode::syntax, "expected the end of the input behind the value", source.place_of(reader.offset())});
}

}  // namespace

JsonParser::JsonParser(SymbolTable& symbols, std::string name, const ParseLimits& limits)
    : name_(std::move(name)), limits_(limits), memory_(std::make_unique<Memory>(symbols, limits_)) {}
JsonParser::~JsonParser() = default;

Arena& JsonParser::arena() {
  return memory_->arena;
}

Result<Node> JsonParser::parse(std::string_view text) {
  if (text.size() > limits_.source_bytes) {
    return failure(ErrorCode::limit, "the input is longer than " + std::to_string(limits_.source_bytes) + " bytes");
  }
  memory_->arena.reset();
  std::vector<char>& buffer = memory_->buffer;
  buffer.resize(text.size() + Source::padding);
  if (!text.empty()) std::memcpy(buffer.data(), text.data(), text.size());
  std::memset(buffer.data() + text.size(), 0, Source::padding);
  const Source& source = memory_->source.emplace(name_, Source::Borrowed{{buffer.data(), text.size()}});
  try {
    memory_->reader.start(source);
    return read_only_value(memory_->reader, source);
  } catch (const std::length_error& full) {  // the symbol table
    return failure(ErrorCode::limit, full.what());
  }
}

}  // namespace kastell::document

#include "document/json/structural_index.h"

#include <algorithm>

#include "base/text.h"
#include "document/json/simdjson_library.h"

namespace kastell::document::json {

struct StructuralIndex::Simdjson {
  std::unique_ptr<simdjson::internal::dom_parser_implementation> parser;
};

namespace {

bool is_white_space(char c) {
  return c == ' ' || c == '\n' || c == '\r' || c == '\t';
}
bool is_punctuation(char c) {
  return c == '{' || c == '}' || c == '[' || c == ']' || c == ',' || c == ':';
}

struct StringEnd {
  std::size_t offset;   // just behind the closing quote, or of the flaw
  const char* message;  // null if the string is sound
};

// Grows by doubling: who reads one text reads longer ones.
simdjson::error_code make_room(simdjson::internal::dom_parser_implementation& parser, std::size_t size) {
  if (size <= parser.capacity()) return simdjson::SUCCESS;
  return parser.set_capacity(std::max(size, parser.capacity() * 2));
}

StringEnd find_string_end(std::string_view text, std::size_t quote) {
  for (std::size_t at = quote + 1; at < text.size(); ++at) {
    const auto byte = static_cast<unsigned char>(text[at]);
    if (byte == '"') return {at + 1, nullptr};
    if (byte == '\n') return {quote, "the string that begins here is not closed in its line"};
    if (byte < 0x20) return {at, "a control character inside a string must be written as an escape"};
    if (byte == '\\') ++at;
  }
  return {quote, "the string that begins here is never closed"};
}

}  // namespace

StructuralIndex::StructuralIndex() : simdjson_(std::make_unique<Simdjson>()) {}

void StructuralIndex::read(std::string_view text, Means means) {
  slow_.clear();
  flaw_.reset();
  const bool by_simdjson = means == Means::simdjson || (means == Means::fastest && is_worth_simdjson(text.size()));
  if (!by_simdjson || !index_by_simdjson(text)) index_up_to_flaw(text);
}

bool StructuralIndex::index_by_simdjson(std::string_view text) {
  const simdjson::implementation* implementation = simdjson_implementation();
  if (implementation == nullptr) return false;
  auto& parser = simdjson_->parser;
  const auto* bytes = reinterpret_cast<const std::uint8_t*>(text.data());
  const simdjson::error_code made = parser == nullptr
                                        ? implementation->create_dom_parser_implementation(text.size(), 1, parser)
                                        : make_room(*parser, text.size());
  if (made != simdjson::SUCCESS) return false;
  if (parser->stage1(bytes, text.size(), simdjson::stage1_mode::regular) != simdjson::SUCCESS) {
    parser.reset();
    return false;
  }
  offsets_ = {parser->structural_indexes.get(), parser->n_structural_indexes + std::size_t{1}};
  return true;
}

StructuralIndex::~StructuralIndex() = default;

// simdjson says that something is wrong, but not where, or is not there: go through the bytes one by one.
void StructuralIndex::index_up_to_flaw(std::string_view text) {
  const auto invalid = find_invalid_utf8(text);
  if (invalid) flaw_ = {static_cast<std::uint32_t>(*invalid), "invalid UTF-8"};
  std::size_t end = invalid.value_or(text.size());
  bool in_scalar = false;
  for (std::size_t at = 0; at < end;) {
    const char c = text[at];
    const bool begins_token = is_punctuation(c) || (!is_white_space(c) && !in_scalar);
    in_scalar = !is_punctuation(c) && !is_white_space(c) && c != '"';
    if (begins_token) slow_.push_back(static_cast<std::uint32_t>(at));
    if (c != '"' || !begins_token) {
      ++at;
      continue;
    }
    const StringEnd string_end = find_string_end(text.substr(0, end), at);
    if (string_end.message != nullptr) {
      slow_.pop_back();
      // A string that only the invalid bytes cut off is not to blame.
      const bool cut_by_invalid = invalid && string_end.offset == at;
      if (!cut_by_invalid) flaw_ = {static_cast<std::uint32_t>(string_end.offset), string_end.message};
      end = at;
      break;
    }
    at = string_end.offset;
  }
  slow_.push_back(static_cast<std::uint32_t>(end));
  offsets_ = slow_;
}

}  // namespace kastell::document::json

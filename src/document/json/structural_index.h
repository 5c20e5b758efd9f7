// Stage 1 of reading JSON: where every token of the text begins.
//
// simdjson finds them at some GB/s and checks UTF-8 and strings on the way. Its index is read as it
// is, without simdjson's second stage: see docs/decisions/002-json-simdjson.md.
#pragma once

#include <cstdint>
#include <memory>
#include <optional>
#include <span>
#include <string_view>
#include <vector>

namespace kastell::document::json {

class StructuralIndex {
 public:
  // Byte by byte: what is left to a text with a flaw, and where simdjson is not there. Far slower, but for the first
  // few kilobytes of a process: is_worth_simdjson().
  enum class Means : std::uint8_t { fastest, simdjson, bytewise };

  // Of no text.
  StructuralIndex();
  explicit StructuralIndex(std::string_view text, Means means = Means::fastest) : StructuralIndex() {
    read(text, means);
  }
  ~StructuralIndex();
  StructuralIndex(const StructuralIndex&) = delete;
  StructuralIndex& operator=(const StructuralIndex&) = delete;

  // Of another text, in the same memory. `text` needs Source::padding readable bytes behind it.
  void read(std::string_view text, Means means = Means::fastest);

  // Offsets of brackets, colons, commas and first bytes of scalars (of a string: its opening quote),
  // followed by the end of the readable text as a sentinel.
  std::span<const std::uint32_t> offsets() const { return offsets_; }

  // What is wrong with the text's bytes, if anything. The index then ends before that place.
  struct Flaw {
    std::uint32_t offset;
    const char* message;
  };
  const std::optional<Flaw>& flaw() const { return flaw_; }

 private:
  struct Simdjson;

  bool index_by_simdjson(std::string_view text);
  void index_up_to_flaw(std::string_view text);

  std::unique_ptr<Simdjson> simdjson_;
  std::vector<std::uint32_t> slow_;
  std::span<const std::uint32_t> offsets_;
  std::optional<Flaw> flaw_;
};

}  // namespace kastell::document::json

// Where something stands in a file that is the value of a ConfigMap's key.
//
// Only a literal block scalar ("kubelet: |") keeps the lines of its text; of other forms the key's place is all there
// is.
#pragma once

#include <optional>
#include <string_view>
#include <vector>

#include "document/document.h"
#include "document/path.h"

namespace kastell::policy {

class EmbeddedText {
 public:
  // `value`: the text, which begins at `offset` of `source`. Both outlive it. Of a source without a text, which was
  // saved and loaded again, the lengths of its lines tell as much.
  EmbeddedText(const document::Source& source, std::string_view value, std::uint32_t offset, SymbolTable& symbols);

  // The offset, in the source, of what the path leads to in the text; if the text has several documents, the first step
  // is the number of one. Of something missing that of its nearest parent. Nothing if the text keeps no lines.
  std::optional<std::uint32_t> offset_of(std::span<const document::Step> path) const;

 private:
  bool find_lines(std::string_view source, std::uint32_t offset);
  bool find_lines(const document::Source::Places& places, std::uint32_t offset);

  std::string_view value_;
  bool counts_code_points_;  // offsets of the source do

  document::DocumentStream stream_;
  std::vector<std::uint32_t> text_lines_, source_lines_;  // where each line of the text begins, in both
};

}  // namespace kastell::policy

// Looking names up in the tables of schemas.
#pragma once

#include <optional>
#include <string_view>
#include <vector>

#include "base/symbol.h"
#include "kube/api_schema/tables.h"

namespace kastell::kube::api_schema {

std::optional<Word> find_word(const Tables& tables, std::string_view text);

// The row of a kind that is served at `minor`; of none, any; null if the tables do not have it.
const ApiKind* find_kind(const Tables& tables, std::string_view api_version, std::string_view kind, std::uint8_t minor);
// The type of that name; of several any.
std::optional<std::uint16_t> find_structure(const Tables& tables, std::string_view name);
const Lifecycle* find_lifecycle(const Tables& tables, std::string_view api_version, std::string_view kind);

// The field of a structure that `minor` has, or null.
const Field* find_field(const Tables& tables, const Type& type, Word name, std::uint8_t minor);

// The words of symbols, each looked up once.
class WordsOfSymbols {
 public:
  static constexpr Word none = 0xFFFF;

  Word of(const Tables& tables, const SymbolTable& symbols, Symbol symbol) {
    const auto at = static_cast<std::size_t>(symbol);
    if (at >= words_.size()) words_.resize(symbols.size(), unasked);
    if (words_[at] == unasked) words_[at] = find_word(tables, symbols.text(symbol)).value_or(none);
    return words_[at];
  }

 private:
  static constexpr Word unasked = 0xFFFE;
  std::vector<Word> words_;
};

}  // namespace kastell::kube::api_schema

// The names of the tables as symbols, and the other way round; each looked up once.
#pragma once

#include <vector>

#include "base/symbol.h"
#include "kube/api_schema/names.h"

namespace kastell::kube::intake {

class TableNames {
 public:
  explicit TableNames(SymbolTable& symbols) : symbols_(symbols), tables_(api_schema::tables()) {}

  SymbolTable& symbols() const { return symbols_; }
  const api_schema::Tables& tables() const { return tables_; }

  api_schema::Word word_of(Symbol symbol) { return words_.of(tables_, symbols_, symbol); }
  Symbol symbol_of(api_schema::Word word) {
    if (known_.empty()) known_.resize(tables_.word_starts.size(), unasked);
    if (known_[word] == unasked) known_[word] = symbols_.intern(tables_.word(word));
    return known_[word];
  }

 private:
  static constexpr Symbol unasked{0xFFFFFFFF};

  SymbolTable& symbols_;
  api_schema::Tables tables_;
  api_schema::WordsOfSymbols words_;
  std::vector<Symbol> known_;
};

// The field of that name that the type has at `minor`, or null.
inline const api_schema::Field* find_field(TableNames& names, const api_schema::Type& type, Symbol name,
                                           std::uint8_t minor) {
  const api_schema::Word word = names.word_of(name);
  return word == api_schema::WordsOfSymbols::none ? nullptr : api_schema::find_field(names.tables(), type, word, minor);
}

}  // namespace kastell::kube::intake

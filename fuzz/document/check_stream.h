// What holds of every document stream, whatever the bytes were.
#pragma once

#include <cstdlib>
#include <string>
#include <vector>

#include "document/document.h"
#include "document/write.h"

namespace kastell::document {

inline void require(bool condition) {
  if (!condition) std::abort();
}

inline void check_offsets(const Node& node, std::size_t size) {
  for (const std::uint32_t offset : node.value_offsets()) require(offset <= size);
  for (const std::uint32_t offset : node.key_offsets()) require(offset < size);
}

// Every list and object has offsets inside the source, and every object finds each of its members.
inline void check_tree(const Node& root, std::size_t size) {
  std::vector<const Node*> todo{&root};
  while (!todo.empty()) {
    const Node& node = *todo.back();
    todo.pop_back();
    check_offsets(node, size);
    for (std::uint32_t i = 0; i < node.member_keys().size(); ++i) require(node.find_index(node.member_keys()[i]) == i);
    if (!node.is_list() && !node.is_object()) continue;
    for (std::uint32_t i = 0; i < node.size; ++i) todo.push_back(node.items + i);
  }
}

// The JSON that is written of a document reads back as the same document.
inline void check_round_trip(const Node& root, SymbolTable& symbols, const ParseLimits& limits) {
  std::string text;
  append_json(text, root, symbols);
  const auto again = parse(std::make_shared<Source>("again", text), symbols, {Format::json, limits});
  require(again.errors.empty() && again.documents.size() == 1);
  require(equal(root, again.documents[0].root));
}

inline void check_stream(std::string_view text, Format format) {
  SymbolTable symbols;
  ParseLimits limits;
  limits.depth = 50;
  limits.expanded_nodes_floor = 2000;
  const auto stream = parse(std::make_shared<Source>("fuzz", text), symbols, {format, limits});
  require(stream.errors.size() <= limits.errors);
  for (const Error& error : stream.errors)
    require(error.place.line > 0 && error.place.column > 0 && !error.message.empty());
  for (const Document& document : stream.documents) {
    require(document.offset <= text.size());
    check_tree(document.root, text.size());
    check_round_trip(document.root, symbols, limits);
  }
}

}  // namespace kastell::document

// Compacting: objects of a response copied into an arena of their own, so that the response can go. Left behind are the
// text, the places in it (nobody can look there), members that are null, and metadata.managedFields, which is often
// half of an object and says nothing about it.
#pragma once

#include <array>
#include <memory>
#include <string_view>
#include <vector>

#include "base/arena.h"
#include "base/symbol.h"
#include "document/node.h"

namespace kastell::collect {

class Compactor {
 public:
  Compactor(Arena& arena, SymbolTable& symbols) : arena_(arena), managed_fields_(symbols.intern("managedFields")) {}

  // An item of a list, with the apiVersion and kind that items of typed lists leave out.
  document::Node object(const document::Node& item, std::string_view api_version, std::string_view kind);

 private:
  static constexpr std::size_t cache_size = 4096;

  document::Node copy(const document::Node& node);
  document::Node copy_object(const document::Node& node, std::vector<document::Member> members, bool is_metadata);
  document::Node copy_list(const document::Node& node);
  // Most texts of a cluster come again and again.
  std::string_view text(std::string_view text);

  Arena& arena_;
  Symbol managed_fields_;
  std::array<std::string_view, cache_size> texts_{};
};

}  // namespace kastell::collect

// What a chart rendered to, by which template and as its how-manieth object of a kind: so that an object can be found
// again in another rendering, where it may be called otherwise.
#pragma once

#include <map>
#include <memory>
#include <string>
#include <string_view>
#include <tuple>

#include "document/document.h"

namespace kastell::collect {

struct RenderedObjectId {
  std::string source;  // "web/templates/x.yaml"
  std::string kind;
  std::size_t number = 0;
  auto operator<=>(const RenderedObjectId&) const = default;
};

class RenderedObjects {
 public:
  RenderedObjects(const std::string& output, std::shared_ptr<SymbolTable> symbols);

  const std::map<RenderedObjectId, const document::Document*>& all() const { return objects_; }
  // Null if it is not there.
  const document::Node* find(const RenderedObjectId& id) const;
  // Of the object that begins on a line of the output; nothing if none does.
  const RenderedObjectId* at_line(std::uint32_t line) const;
  const SymbolTable& symbols() const { return *symbols_; }
  // Whether the output was read to its end.
  bool is_sound() const { return stream_.errors.empty(); }

 private:
  std::shared_ptr<SymbolTable> symbols_;
  document::DocumentStream stream_;
  std::map<RenderedObjectId, const document::Document*> objects_;
  std::map<std::uint32_t, const RenderedObjectId*> by_line_;
};

}  // namespace kastell::collect

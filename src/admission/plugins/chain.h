// All plug-ins, one after the other, as admission/plugins.h tells. One per thread; memory is reused.
#pragma once

#include "admission/plugins.h"
#include "admission/plugins/cluster.h"
#include "admission/request.h"

namespace kastell::admission {

class PluginChain {
 public:
  // The world and the forms must outlive it.
  PluginChain(const World& world, ObjectForms& forms, SymbolTable& symbols, std::uint8_t minor, PluginNumbers disabled)
      : cluster_(world, forms, symbols, minor), symbols_(symbols), minor_(minor), disabled_(disabled) {}

  // An object, which has its form and defaults. `old`: what the request changes, as this left it; null if the object is
  // created.
  struct Subject {
    const document::Node& object;
    const document::Node* old = nullptr;
    bool was_stored = false;
  };

  // What becomes of it in a request of that kind. An error if it would cost more than a named bound.
  Result<document::Node> admit(const Request& request, const Subject& subject, Arena& arena);

 private:
  bool is_asked(std::size_t row, const Request& request, const Subject& subject) const;

  Cluster cluster_;
  SymbolTable& symbols_;
  std::uint8_t minor_;
  PluginNumbers disabled_;
};

}  // namespace kastell::admission

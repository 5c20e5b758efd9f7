// What plug-ins add that is always the same.
#pragma once

#include "document/document.h"

namespace kastell::admission {

class Additions {
 public:
  explicit Additions(SymbolTable& symbols);

  // For the token of a Pod's account; both name the volume.
  const document::Node& token_volume() const { return part("volume"); }
  const document::Node& token_mount() const { return part("mount"); }
  const document::Node& not_ready_toleration() const { return part("notReady"); }
  const document::Node& unreachable_toleration() const { return part("unreachable"); }
  const document::Node& not_ready_taint() const { return part("taint"); }
  // The PriorityClasses that every API server makes at its start.
  const document::Node& priority_classes() const { return part("priorityClasses"); }

 private:
  const document::Node& part(std::string_view name) const {
    return *stream_.documents.front().root.find(*symbols_.find(name));
  }

  const SymbolTable& symbols_;
  document::DocumentStream stream_;
};

}  // namespace kastell::admission

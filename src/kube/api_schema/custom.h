// Schemas of custom resources, as the CustomResourceDefinitions of the input declare them.
//
//   CustomSchemas schemas(symbols);
//   schemas.add(definition);
//   const document::Node* schema = schemas.find("example.com/v1", "Backup");
//
// Thread-safety: after the last add() it may be read from any thread.
#pragma once

#include <map>
#include <string>
#include <string_view>

#include "base/symbol.h"
#include "document/node.h"

namespace kastell::kube {

class CustomSchemas {
 public:
  explicit CustomSchemas(SymbolTable& symbols) : symbols_(symbols) {}

  // A CustomResourceDefinition; what of it is not as it should be is left out. It outlives this.
  void add(const document::Node& definition);

  bool empty() const { return schemas_.empty(); }
  // The openAPIV3Schema of that version; null if no definition has one.
  const document::Node* find(std::string_view api_version, std::string_view kind) const;

 private:
  SymbolTable& symbols_;
  std::map<std::string, const document::Node*, std::less<>> schemas_;  // by "group/version kind"
};

}  // namespace kastell::kube

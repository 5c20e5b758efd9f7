// Schemas of custom resources, as the CustomResourceDefinitions of the input declare them.
//
//   CustomSchemas schemas(symbols);
//   schemas.add(definition);
//   const document::Node* schema = schemas.find("example.com/v1", "Backup");
//   const ApiType type = schemas.type_of("example.com/v1", "Backup", 37);     // kube/api_type.h
//
// Thread-safety: after the last add() it may be read from any thread.
#pragma once

#include <map>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "base/symbol.h"
#include "document/node.h"
#include "kube/api_schema/schema_words.h"
#include "kube/api_type.h"

namespace kastell::kube {

class CustomSchemas {
 public:
  explicit CustomSchemas(SymbolTable& symbols) : symbols_(symbols), words_(symbols) {}

  // A CustomResourceDefinition; what of it is not as it should be is left out. It outlives this.
  void add(const document::Node& definition);

  bool empty() const { return schemas_.empty(); }
  // The openAPIV3Schema of that version; null if no definition has one.
  const document::Node* find(std::string_view api_version, std::string_view kind) const;
  // It as a type, which points into this; of any fields if no definition has one.
  ApiType type_of(std::string_view api_version, std::string_view kind, std::uint8_t minor) const;

  // What is served by a schema, by group, version and kind.
  struct Served {
    std::string group, version, kind, resource;
  };
  std::span<const Served> served() const { return served_; }

  const SymbolTable& symbols() const { return symbols_; }
  const api_schema::SchemaWords& words() const { return words_; }

 private:
  SymbolTable& symbols_;
  std::map<std::string, const document::Node*, std::less<>> schemas_;  // by "group/version kind"
  std::vector<Served> served_;
  api_schema::SchemaWords words_;
};

}  // namespace kastell::kube

// Walking a custom resource beside the structural schema of its definition.
#pragma once

#include <string_view>
#include <vector>

#include "kube/api_schema/problems.h"

namespace kastell::kube::api_schema {

// The words of structural schemas, as symbols.
struct SchemaWords {
  explicit SchemaWords(SymbolTable& symbols);
  Symbol type, properties, additional_properties, items, required, enumeration, standard, keeps_unknown_fields,
      int_or_string, embedded_resource;
};

class CustomWalk {
 public:
  CustomWalk(SymbolTable& symbols, std::vector<document::Step>& path, ProblemList& problems)
      : symbols_(symbols), words_(symbols), path_(path), problems_(problems) {}

  // The whole resource: apiVersion, kind and metadata are no matter of its schema.
  void check_resource(const document::Node& object, const document::Node& schema) {
    check_object(object, schema, true);
  }

 private:
  void check(const document::Node& value, const document::Node& schema);
  void check_below(document::Step step, const document::Node& value, const document::Node& schema);
  void check_object(const document::Node& object, const document::Node& schema, bool is_resource);
  void check_member(Symbol name, const document::Node& value, const document::Node& schema, bool is_resource);
  void check_required(const document::Node& object, const document::Node& schema);
  void check_enumeration(const document::Node& value, const document::Node& schema);
  void report_unknown(Symbol name, const document::Node& schema);
  bool is_true(const document::Node& schema, Symbol key) const;
  std::string_view wrong_type(const document::Node& value, const document::Node& schema) const;

  SymbolTable& symbols_;
  SchemaWords words_;
  std::vector<document::Step>& path_;
  ProblemList& problems_;
};

}  // namespace kastell::kube::api_schema

// Walking a custom resource beside the structural schema of its definition.
#pragma once

#include <string_view>
#include <vector>

#include "kube/api_schema/problems.h"
#include "kube/api_schema/schema_words.h"
#include "kube/api_schema/walk.h"

namespace kastell::kube::api_schema {

class CustomWalk {
 public:
  // `built_in` walks what every resource has, in the same path.
  CustomWalk(SymbolTable& symbols, Walk& built_in, std::uint16_t metadata_type, std::vector<document::Step>& path,
             ProblemList& problems)
      : symbols_(symbols),
        words_(symbols),
        built_in_(built_in),
        metadata_type_(metadata_type),
        path_(path),
        problems_(problems) {}

  // The whole resource. Its apiVersion, kind and metadata are no matter of its schema.
  void check_resource(const document::Node& object, const document::Node& schema) {
    check_object(object, schema, true);
  }

  // Whether most_comparisons was too little: then not everything was looked at.
  bool is_exhausted() const { return is_exhausted_; }

 private:
  bool spend(std::size_t comparisons);
  void check(const document::Node& value, const document::Node& schema);
  void check_below(document::Step step, const document::Node& value, const document::Node& schema);
  void check_object(const document::Node& object, const document::Node& schema, bool is_resource);
  void check_member(Symbol name, const document::Node& value, const document::Node& schema, bool is_resource);
  void check_items(const document::Node& list, const document::Node& items);
  void check_embedded(const document::Node& resource);
  void report_wrong_type(const document::Node& value, std::string_view expected);
  void report_missing(Symbol name, bool may_be_null = false);
  void check_required(const document::Node& object, const document::Node& schema);
  void check_enumeration(const document::Node& value, const document::Node& schema);
  void report_unknown(Symbol name, const document::Node& schema);
  std::string_view wrong_type(const document::Node& value, const document::Node& schema) const;

  SymbolTable& symbols_;
  SchemaWords words_;
  Walk& built_in_;
  std::uint16_t metadata_type_;
  std::vector<document::Step>& path_;
  ProblemList& problems_;
  std::uint64_t left_ = FieldReport::most_comparisons;
  bool is_exhausted_ = false;
};

}  // namespace kastell::kube::api_schema

// Walking an object beside its schema.
#pragma once

#include <vector>

#include "kube/api_schema/names.h"
#include "kube/api_schema/problems.h"

namespace kastell::kube::api_schema {

class Walk {
 public:
  Walk(const Tables& tables, SymbolTable& symbols, WordsOfSymbols& words, std::uint8_t minor,
       std::vector<document::Step>& path, ProblemList& problems)
      : tables_(tables), symbols_(symbols), words_(words), minor_(minor), path_(path), problems_(problems) {}

  void check(const document::Node& value, std::uint16_t type);

  // What is one step below.
  void check_below(document::Step step, const document::Node& value, std::uint16_t type);

 private:
  void check_list(const document::Node& list, std::uint16_t items);
  void check_map(const document::Node& map, std::uint16_t values);
  void check_structure(const document::Node& object, const Type& type);
  void check_enumeration(const document::Node& value, const Type& type);
  void report_unknown(Symbol name, const Type& type);
  void report_missing(const document::Node& object, const Type& type);
  void report_wrong_type(const document::Node& value, Shape shape);
  const Field* find_field(const Type& type, Symbol name);
  bool is_active(const Field& field) const { return field.since <= minor_ && minor_ <= field.until; }
  std::span<const Field> fields_of(const Type& type) const { return tables_.fields.subspan(type.first, type.count); }

  const Tables& tables_;
  SymbolTable& symbols_;
  WordsOfSymbols& words_;
  std::uint8_t minor_;
  std::vector<document::Step>& path_;  // where the walk is
  ProblemList& problems_;
};

}  // namespace kastell::kube::api_schema

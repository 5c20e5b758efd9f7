// What an API server gives an object that leaves it out.
#pragma once

#include <map>
#include <span>

#include "base/arena.h"
#include "document/document.h"
#include "document/structure.h"
#include "kube/intake/names.h"

namespace kastell::kube::intake {

using document::Structure;

// The values of the table, each read once. They live as long as this.
class DefaultValues {
 public:
  explicit DefaultValues(TableNames& names) : names_(names) {}

  // Those of a type, in order.
  std::span<const api_schema::Default> of(std::uint16_t type) const;
  const document::Node& value(const api_schema::Default& row);

 private:
  TableNames& names_;
  std::map<api_schema::Word, document::DocumentStream> values_;
};

class Defaults {
 public:
  Defaults(TableNames& names, DefaultValues& values, std::uint8_t minor, Arena& arena)
      : names_(names), tables_(names.tables()), values_(values), minor_(minor), arena_(arena) {}

  // Of a value in its typed form: first its own, then those of what is inside, as Kubernetes does.
  document::Node of(const document::Node& value, std::uint16_t type);

 private:
  document::Node structure(const document::Node& object, std::uint16_t type);
  document::Node list(const document::Node& list, std::uint16_t items);
  document::Node map(const document::Node& map, std::uint16_t values);
  void apply(const api_schema::Default& row, Structure& structure);
  bool holds(const api_schema::Default& row, const api_schema::Type& type, const Structure& structure);
  bool is_absent(const document::Node* value, const api_schema::Field* field) const;
  void give(const api_schema::Default& row, Symbol name, const api_schema::Type& type, Structure& structure);

  TableNames& names_;
  const api_schema::Tables& tables_;
  DefaultValues& values_;
  std::uint8_t minor_;
  Arena& arena_;
};

}  // namespace kastell::kube::intake

// Objects as the Go structs of an API server hold them.
#pragma once

#include <cstdint>
#include <vector>

#include "base/arena.h"
#include "base/result.h"
#include "document/node.h"
#include "document/path.h"
#include "kube/intake/names.h"

namespace kastell::kube::intake {

class TypedForm {
 public:
  TypedForm(TableNames& names, std::uint8_t minor, Arena& arena)
      : names_(names), tables_(names.tables()), minor_(minor), arena_(arena) {}

  // `value` is not null.
  Result<document::Node> of(const document::Node& value, std::uint16_t type);
  // What a field of the type holds to which nothing was given.
  document::Node zero(std::uint16_t type);

 private:
  using Members = std::vector<document::Member>;

  Result<document::Node> list(const document::Node& list, std::uint16_t items);
  Result<document::Node> map(const document::Node& map, std::uint16_t values);
  Result<document::Node> structure(const document::Node& object, const api_schema::Type& type);
  Result<document::Node> below(document::Step step, const document::Node& value, std::uint16_t type);
  void add_written(const api_schema::Type& type, Members& members);
  bool is_left_out(const document::Node& value, const api_schema::Field& field);

  TableNames& names_;
  const api_schema::Tables& tables_;
  std::uint8_t minor_;
  Arena& arena_;
  std::vector<document::Step> path_;
};

}  // namespace kastell::kube::intake

// How the types of Kubernetes' API merge (x-kubernetes-list-type, x-kubernetes-map-type): the generated table.
#pragma once

#include <cstdint>
#include <span>
#include <string_view>

namespace kastell::kube::merge {

enum class Shape : std::uint8_t {
  any,     // whatever is there: maps merge, lists are replaced
  opaque,  // whatever is there, as a whole
  text,
  number,
  boolean,
  scalar,     // any of the three: quantities
  integer,    // a number; the API server's merge does not tell the two apart
  structure,  // declared fields
  map,        // any keys, values of one type
  list,
};

// What the API server takes a list's key for where an item lacks it.
enum class Fallback : std::uint8_t { none, empty, zero, tcp };

inline constexpr std::uint16_t any_type = 0, custom_type = 7;

struct TypeRow {
  Shape shape = Shape::any;
  bool atomic = false;            // replaced as a whole
  bool open = false;              // structure: fields that are not declared are of any type
  std::uint16_t element = 0;      // map, list
  std::uint16_t first_field = 0;  // structure
  std::uint16_t fields = 0;       // structure; by name
  std::string_view keys = {};     // list: "containerPort,protocol"; none: a set of scalars
};

struct FieldRow {
  std::string_view name;
  std::uint16_t type = 0;
  Fallback fallback = Fallback::none;
};

struct KindRow {
  std::string_view group, version, kind;
  std::uint16_t type;
};

extern const std::span<const TypeRow> type_table;
extern const std::span<const FieldRow> field_table;
extern const std::span<const KindRow> kind_table;  // by group, version and kind

}  // namespace kastell::kube::merge

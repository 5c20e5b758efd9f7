// The types of Kubernetes' kinds and of their fields, as one version has them, for what merges objects and for tools
// that check texts about them. From the same tables as kube/api_schema.h.
//
//   const ApiType pod = kube::type_of("", "v1", "Pod", 34);
//   for (const DeclaredField& field : kube::fields_of(pod)) …
//
// Thread-safety: values and tables that never change.
#pragma once

#include <cstdint>
#include <optional>
#include <string_view>
#include <vector>

namespace kastell::document {
struct Node;
}

namespace kastell::kube {

class CustomSchemas;

struct ApiType {
  static constexpr std::uint16_t any_number = 0xFFFF;      // of any type
  static constexpr std::uint16_t custom_number = 0xFFFE;   // an object whose metadata is all that is known of it
  static constexpr std::uint16_t defined_number = 0xFFFD;  // a schema in the definition of a custom resource

  std::uint16_t number = any_number;  // in the tables
  std::uint8_t minor = 0;             // of Kubernetes 1
  bool is_resource = false;           // by definition: has apiVersion, kind and metadata as every object
  bool is_open = false;               // by definition: it or what it is in keeps fields that are not declared
  const document::Node* schema = nullptr;
  const CustomSchemas* schemas = nullptr;  // where it is from
  auto operator<=>(const ApiType&) const = default;
};

// The type of a kind. One that the version does not serve, a custom resource mostly, has the fields of any object and
// others.
ApiType type_of(std::string_view group, std::string_view version, std::string_view kind, std::uint8_t minor);

enum class FieldShape : std::uint8_t { any, text, integer, number, boolean, quantity, structure, map, list };

FieldShape shape_of(ApiType type);
// Of the values of a map, the items of a list.
ApiType element_of(ApiType type);

struct DeclaredField {
  std::string_view name;
  ApiType type;
};
// Of a structure, by name.
std::vector<DeclaredField> fields_of(ApiType type);
std::optional<ApiType> find_field(ApiType type, std::string_view name);

struct DeclaredKind {
  std::string_view group, version, kind;
  ApiType type;
  std::string_view resource = {};  // of a custom one
};
// What the version serves, by apiVersion and kind.
std::vector<DeclaredKind> declared_kinds(std::uint8_t minor);

}  // namespace kastell::kube

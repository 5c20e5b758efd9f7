// Types of the CEL checker (language definition, «Gradual type checking»).
//
// Types are immutable, live in the arena of the environment (or are the constants below) and are
// compared structurally with same_type().
#pragma once

#include <cstdint>
#include <span>
#include <string>
#include <string_view>

#include "base/arena.h"
#include "base/result.h"

namespace kastell::cel {

enum class TypeKind : std::uint8_t {
  dyn,
  null_type,
  boolean,
  int_,
  uint,
  double_,
  string,
  bytes,
  timestamp,
  duration,
  list,       // parameters: element
  map,        // parameters: key, value
  type,       // parameters: the type named, or none
  optional,   // parameters: inside
  wrapper,    // parameters: the primitive type that, or null, its values are of
  opaque,     // name; parameters as declared
  object,     // name; fields known to the environment's TypeProvider
  parameter,  // a type variable of a signature: name
  error,      // the checker's own, after a reported error
};

struct Type {
  TypeKind kind = TypeKind::dyn;
  std::string_view name = {};  // opaque, object, parameter
  std::span<const Type* const> parameters = {};
};

namespace types {
extern const Type dyn, null_type, boolean, int_, uint, double_, string, bytes, timestamp, duration, type, error;
extern const Type list_dyn, map_dyn_dyn, map_string_dyn;
extern const Type wrapper_bool, wrapper_bytes, wrapper_double, wrapper_int, wrapper_string, wrapper_uint;
}  // namespace types

const Type* make_list_type(Arena& arena, const Type& element);
const Type* make_map_type(Arena& arena, const Type& key, const Type& value);
const Type* make_optional_type(Arena& arena, const Type& inside);
const Type* make_type_type(Arena& arena, const Type& named);
const Type* make_opaque_type(Arena& arena, std::string_view name, std::span<const Type* const> parameters = {});
const Type* make_object_type(Arena& arena, std::string_view name);
const Type* make_parameter_type(Arena& arena, std::string_view name);

// The name of a kind that needs neither a name of its own nor parameters:
// "int", "map"; else empty.
std::string_view kind_name(TypeKind kind);

// The primitive type of a wrapper; other types as they are.
const Type& without_wrapper(const Type& type);

// Structurally; a wrapper is the same as its primitive type.
bool same_type(const Type& a, const Type& b);

// cel-go's spelling: "list(string)", "map(string, dyn)", "optional_type(int)", "type(int)",
// "google.protobuf.Timestamp", "kubernetes.Quantity", "null_type".
std::string to_string(const Type& type);

// The same notation, read; a single capital letter is a type parameter. Used by library tables:
// parse_signature("list(A), int -> A").
struct Signature {
  std::span<const Type* const> parameters;
  const Type* result;
};
Result<const Type*> parse_type(Arena& arena, std::string_view text);
Result<Signature> parse_signature(Arena& arena, std::string_view text);

}  // namespace kastell::cel

// Values: what a CEL expression works on at run time (CEL language definition, «Values»).
//
// A Value *is* a document Node: null, bool, int, double, string, list and map values come straight
// out of a parsed document with no conversion, and the kinds below add what documents do not have.
// Everything bigger than 16 bytes lies in the arena of the evaluation (or of the program, for
// constants), so values are copied freely and never destroyed.
//
//   CEL type     kind                          payload
//   null_type    Kind::null
//   bool         Kind::boolean                 boolean
//   int          Kind::integer                 integer
//   double       Kind::floating                floating
//   string       Kind::string                  text/size, valid UTF-8
//   list         Kind::list                    items/size: Node[] == Value[]
//   map          Kind::object                  a document's object: string keys as Symbols
//   map          value_kind::map               pointer to MapValue: any keys
//   uint         value_kind::uint              integer, reinterpreted as uint64
//   bytes        value_kind::bytes             text/size
//   timestamp    value_kind::timestamp         integer: seconds since 1970, size: nanoseconds 0…999999999,
//                                              aux: offset in minutes in which string() shows it (int16)
//   duration     value_kind::duration          integer: nanoseconds
//   type         value_kind::type              pointer to Type (cel/type.h)
//   optional     value_kind::optional          pointer to the Value inside, or null for none
//   opaque       value_kind::opaque            pointer to OpaqueValue: quantity, IP, CIDR, semver, URL, format,
//                                              authorizer…
//   (object)     value_kind::structure         pointer to StructureValue: Object{…}, JSONPatch{…}
//   (error)      value_kind::error             pointer to EvaluationError
//   (object)     value_kind::lazy_map          pointer to LazyMap: fields that are computed when they are read
//
// A list's and an object's aux is a Reflection.
#pragma once

#include <cstddef>
#include <cstdint>
#include <span>
#include <string_view>

#include "base/arena.h"
#include "document/node.h"

namespace kastell::cel {

using document::Kind;
using Value = document::Node;
struct Type;

namespace value_kind {
inline constexpr Kind uint{16};
inline constexpr Kind bytes{17};
inline constexpr Kind timestamp{18};
inline constexpr Kind duration{19};
inline constexpr Kind type{20};
inline constexpr Kind optional{21};
inline constexpr Kind map{22};
inline constexpr Kind opaque{23};
inline constexpr Kind error{24};
inline constexpr Kind structure{25};
inline constexpr Kind lazy_map{26};
}  // namespace value_kind

// What the API server would hold in the place of a list or an object. It shows CEL some of its own Go
// values through reflection (`request`, `namespaceObject`), and those are stricter than lists and maps:
// == with anything of another kind but null is an error, and so are keys that are no strings and
// indexes that are no ints. Lists that are `own` say themselves what they equal (cel/list_manner.h).
enum class Reflection : std::uint16_t { none = 0, collection, structure, own };
inline Value reflected(Value value, Reflection reflection) {
  value.aux = static_cast<std::uint16_t>(reflection);
  return value;
}
inline bool is_reflected(const Value& value) {
  return value.aux != 0 && (value.is_list() || value.is_object());
}

// A map made by an expression. Entries keep insertion order. `index` is an open-addressing table of
// entry numbers + 1 (capacity a power of two), present from 9 entries up.
struct MapEntry {
  Value key;
  Value value;
};
struct MapValue {
  const MapEntry* entries = nullptr;
  std::uint32_t size = 0;
  std::uint32_t index_mask = 0;
  const std::uint32_t* index = nullptr;
};

// An object that a literal made, with the fields given there: of the patches of mutating admission policies.
struct StructureField {
  std::string_view name;
  Value value;
};
struct StructureValue {
  const Type* type;
  std::span<const StructureField> fields;

  const Value* find(std::string_view name) const;  // null if the field was not given
};

// The operations of an opaque type; one constant instance per type, compared by address.
struct OpaqueValue;
struct OpaqueKind {
  std::string_view type_name;  // as type() shows it: "kubernetes.Quantity", "net.IP", …
  bool (*equal)(const OpaqueValue&, const OpaqueValue&);
  // Cost-model size (cel-go's traits.Sizer), or null if it has none.
  std::uint64_t (*size)(const OpaqueValue&);
  // Whether two values of the type can be compared at all; null: any two can.
  bool (*comparable)(const OpaqueValue&, const OpaqueValue&) = nullptr;
  // The hash of a key in a map, which is found by `equal`; null: keys of the type are never found again.
  std::size_t (*hash)(const OpaqueValue&) = nullptr;
};
// Base of every opaque value; the concrete struct derives from it and is created in an arena.
struct OpaqueValue {
  const OpaqueKind* kind;
};

struct EvaluationError {
  std::string_view message;  // cel-go's wording where Kubernetes shows it to users
  std::int64_t expr_id = 0;  // of the expression that failed; 0 until the evaluator fills it in
  // A path goes on with it as with a value, and its next step is the one that fails: a part of an Object that cannot be
  // made JSON (apiserver pkg/cel/mutation/dynamic, ObjectVal.Value()).
  bool unnoticed = false;
};

// Named values that are computed when an expression first reads them: `variables` of an admission policy. An element
// may be an error value. Must outlive every evaluation that it was given to.
class LazyMap {
 public:
  virtual ~LazyMap() = default;
  // The element, or null if there is none of that name. The same answer every time.
  virtual const Value* find(std::string_view name) = 0;
};
Value make_lazy_map(LazyMap& map);

inline Value make_null() {
  return Value::make_null();
}
inline Value make_bool(bool value) {
  return Value::make_boolean(value);
}
inline Value make_int(std::int64_t value) {
  return Value::make_integer(value);
}
inline Value make_double(double value) {
  return Value::make_floating(value);
}
inline Value make_string(std::string_view view) {
  return Value::make_string(view);
}
Value make_uint(std::uint64_t value);
Value make_bytes(std::string_view view);
Value make_timestamp(std::int64_t seconds, std::uint32_t nanoseconds);
Value make_duration(std::int64_t nanoseconds);
Value make_type(const Type& type);
Value make_opaque(const OpaqueValue& value);
Value make_structure(Arena& arena, std::string_view type_name, std::span<const StructureField> fields);
Value make_list(Arena& arena, std::span<const Value> items);
Value make_map(Arena& arena, std::span<const MapEntry> entries);  // later duplicates replace earlier ones
Value make_none();
Value make_optional(Arena& arena, const Value& inside);
Value make_error(Arena& arena, std::string_view message);  // copies the message

inline bool is_error(const Value& v) {
  return v.kind == value_kind::error;
}
inline bool is_map(const Value& v) {
  return v.kind == Kind::object || v.kind == value_kind::map;
}
inline bool is_true(const Value& v) {
  return v.kind == Kind::boolean && v.boolean;
}
inline std::uint64_t as_uint(const Value& v) {
  return static_cast<std::uint64_t>(v.integer);
}
inline std::string_view as_text(const Value& v) {
  return {v.text, v.size};
}  // string or bytes
inline const MapValue& as_map(const Value& v) {
  return *static_cast<const MapValue*>(v.pointer);
}
inline const Value* as_optional(const Value& v) {
  return static_cast<const Value*>(v.pointer);
}
inline const Type& as_type(const Value& v) {
  return *static_cast<const Type*>(v.pointer);
}
inline const StructureValue& as_structure(const Value& v) {
  return *static_cast<const StructureValue*>(v.pointer);
}
inline LazyMap& as_lazy_map(const Value& v) {
  return *static_cast<LazyMap*>(const_cast<void*>(v.pointer));  // NOLINT(cppcoreguidelines-pro-type-const-cast)
}
inline const EvaluationError& as_error(const Value& v) {
  return *static_cast<const EvaluationError*>(v.pointer);
}
// The opaque value as T if it is of that kind, else null.
template <typename T>
const T* as_opaque(const Value& v, const OpaqueKind& kind) {
  if (v.kind != value_kind::opaque) return nullptr;
  const auto* opaque = static_cast<const OpaqueValue*>(v.pointer);
  return opaque->kind == &kind ? static_cast<const T*>(opaque) : nullptr;
}

// CEL equality: numeric across int, uint and double; NaN differs from itself; different types are
// simply unequal; maps in any order. Document objects need the table their keys are interned in.
bool equal(const Value& a, const Value& b, const SymbolTable& symbols);

// The same with cel-go's third outcome: an opaque or a reflected value against a value of another type.
// `==` makes it an error; elements of lists and maps that come out so count as equal, as they do there.
enum class Equality : std::uint8_t { no, yes, incomparable };
Equality compare_equality(const Value& a, const Value& b, const SymbolTable& symbols);

// Three-way comparison for ordered kinds, numeric across int, uint and double.
enum class Ordering : std::int8_t { less = -1, equal = 0, greater = 1, unordered = 2, incomparable = 3 };
Ordering compare(const Value& a, const Value& b);

// Map access by key value for both map forms; null when absent. Numeric keys match across kinds.
const Value* find_key(const Value& map, const Value& key, const SymbolTable& symbols);
// Whether two keys denote the same entry of a map literal: the same kind and the same value.
bool same_map_key(const Value& a, const Value& b);
std::uint32_t map_size(const Value& map);
// The key of entry `at`, 0 ≤ at < map_size; document keys come out as strings.
Value map_key(const Value& map, std::uint32_t at, const SymbolTable& symbols);
const Value& map_value(const Value& map, std::uint32_t at);

// The run-time type name: "int", "map", "google.protobuf.Timestamp", "kubernetes.Quantity", …
std::string_view type_name(const Value& value);

}  // namespace kastell::cel

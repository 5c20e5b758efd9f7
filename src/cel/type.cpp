#include "cel/type.h"

#include <array>

namespace kastell::cel {

namespace types {

const Type dyn{TypeKind::dyn}, null_type{TypeKind::null_type}, boolean{TypeKind::boolean}, int_{TypeKind::int_},
    uint{TypeKind::uint}, double_{TypeKind::double_}, string{TypeKind::string}, bytes{TypeKind::bytes},
    timestamp{TypeKind::timestamp}, duration{TypeKind::duration}, type{TypeKind::type}, error{TypeKind::error};

namespace {
const std::array<const Type*, 1> dyn_once{&dyn};
const std::array<const Type*, 2> dyn_twice{&dyn, &dyn};
const std::array<const Type*, 2> string_and_dyn{&string, &dyn};
constexpr std::array<const Type*, 6> primitives{&boolean, &bytes, &double_, &int_, &string, &uint};

constexpr std::span<const Type* const> only(std::size_t primitive) {
  return std::span{primitives}.subspan(primitive, 1);
}
}  // namespace

const Type list_dyn{TypeKind::list, {}, dyn_once}, map_dyn_dyn{TypeKind::map, {}, dyn_twice},
    map_string_dyn{TypeKind::map, {}, string_and_dyn};
const Type wrapper_bool{TypeKind::wrapper, {}, only(0)}, wrapper_bytes{TypeKind::wrapper, {}, only(1)},
    wrapper_double{TypeKind::wrapper, {}, only(2)}, wrapper_int{TypeKind::wrapper, {}, only(3)},
    wrapper_string{TypeKind::wrapper, {}, only(4)}, wrapper_uint{TypeKind::wrapper, {}, only(5)};

}  // namespace types

namespace {

const Type* make_parameterised(Arena& arena, TypeKind kind, std::initializer_list<const Type*> parameters) {
  const std::span<const Type* const> given{parameters.begin(), parameters.size()};
  return arena.create<Type>(kind, std::string_view{}, std::span<const Type* const>{arena.copy(given)});
}

}  // namespace

const Type* make_list_type(Arena& arena, const Type& element) {
  return make_parameterised(arena, TypeKind::list, {&element});
}

const Type* make_map_type(Arena& arena, const Type& key, const Type& value) {
  return make_parameterised(arena, TypeKind::map, {&key, &value});
}

const Type* make_optional_type(Arena& arena, const Type& inside) {
  return make_parameterised(arena, TypeKind::optional, {&inside});
}

const Type* make_type_type(Arena& arena, const Type& named) {
  return make_parameterised(arena, TypeKind::type, {&named});
}

const Type* make_opaque_type(Arena& arena, std::string_view name, std::span<const Type* const> parameters) {
  return arena.create<Type>(TypeKind::opaque, arena.copy(name), std::span<const Type* const>{arena.copy(parameters)});
}

const Type* make_object_type(Arena& arena, std::string_view name) {
  return arena.create<Type>(TypeKind::object, arena.copy(name));
}

const Type* make_parameter_type(Arena& arena, std::string_view name) {
  return arena.create<Type>(TypeKind::parameter, arena.copy(name));
}

std::string_view kind_name(TypeKind kind) {
  switch (kind) {
    case TypeKind::dyn: return "dyn";
    case TypeKind::null_type: return "null_type";
    case TypeKind::boolean: return "bool";
    case TypeKind::int_: return "int";
    case TypeKind::uint: return "uint";
    case TypeKind::double_: return "double";
    case TypeKind::string: return "string";
    case TypeKind::bytes: return "bytes";
    case TypeKind::timestamp: return "google.protobuf.Timestamp";
    case TypeKind::duration: return "google.protobuf.Duration";
    case TypeKind::list: return "list";
    case TypeKind::map: return "map";
    case TypeKind::type: return "type";
    case TypeKind::optional: return "optional_type";
    case TypeKind::wrapper: return "wrapper";
    case TypeKind::error: return "!error!";
    case TypeKind::opaque:
    case TypeKind::object:
    case TypeKind::parameter: break;
  }
  return {};
}

const Type& without_wrapper(const Type& type) {
  return type.kind == TypeKind::wrapper ? *type.parameters[0] : type;
}

bool same_type(const Type& given_a, const Type& given_b) {
  const Type& a = without_wrapper(given_a);
  const Type& b = without_wrapper(given_b);
  if (&a == &b) return true;
  if (a.kind != b.kind || a.name != b.name || a.parameters.size() != b.parameters.size()) return false;
  for (std::size_t i = 0; i < a.parameters.size(); ++i) {
    if (!same_type(*a.parameters[i], *b.parameters[i])) return false;
  }
  return true;
}

std::string to_string(const Type& type) {
  std::string text{type.name.empty() ? kind_name(type.kind) : type.name};
  if (type.parameters.empty()) return text;
  text += '(';
  for (const Type* parameter : type.parameters) {
    if (text.back() != '(') text += ", ";
    text += to_string(*parameter);
  }
  return text + ')';
}

}  // namespace kastell::cel

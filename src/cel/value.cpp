#include "cel/value.h"

#include <algorithm>
#include <array>
#include <bit>
#include <cmath>
#include <cstring>
#include <functional>

#include "cel/list_manner.h"
#include "cel/type.h"

namespace kastell::cel {

namespace {

constexpr std::uint32_t map_indexed_from = 9;

Value make_pointer(Kind kind, const void* pointer) {
  Value value;
  value.kind = kind;
  value.pointer = pointer;
  return value;
}

// What type() of a value of this static type is called: no parameters.
std::string_view runtime_name(const Type& type) {
  if (type.kind == TypeKind::error) return "error";
  return type.name.empty() ? kind_name(without_wrapper(type).kind) : type.name;
}

bool is_number(const Value& v) {
  return v.kind == Kind::integer || v.kind == value_kind::uint || v.kind == Kind::floating;
}

Ordering order_of(auto a, auto b) {
  return a < b ? Ordering::less : a > b ? Ordering::greater : Ordering::equal;
}

Ordering reversed(Ordering order) {
  if (order == Ordering::less) return Ordering::greater;
  if (order == Ordering::greater) return Ordering::less;
  return order;
}

// The bounds are cel-go's: a double within them is compared with the integer rounded to a double.
Ordering compare_double_int(double d, std::int64_t i) {
  if (d < -0x1p63) return Ordering::less;
  if (d > 0x1p63) return Ordering::greater;
  return order_of(d, static_cast<double>(i));
}

Ordering compare_double_uint(double d, std::uint64_t u) {
  if (d < 0) return Ordering::less;
  if (d > 0x1p64) return Ordering::greater;
  return order_of(d, static_cast<double>(u));
}

Ordering compare_int_uint(std::int64_t i, std::uint64_t u) {
  if (i < 0) return Ordering::less;
  return order_of(static_cast<std::uint64_t>(i), u);
}

Ordering compare_double(double d, const Value& b) {
  if (std::isnan(d)) return Ordering::unordered;
  if (b.kind == Kind::integer) return compare_double_int(d, b.integer);
  if (b.kind == value_kind::uint) return compare_double_uint(d, as_uint(b));
  return std::isnan(b.floating) ? Ordering::unordered : order_of(d, b.floating);
}

Ordering compare_numbers(const Value& a, const Value& b) {
  if (a.kind == Kind::floating) return compare_double(a.floating, b);
  if (b.kind == Kind::floating) return reversed(compare_double(b.floating, a));
  if (a.kind == Kind::integer) {
    return b.kind == Kind::integer ? order_of(a.integer, b.integer) : compare_int_uint(a.integer, as_uint(b));
  }
  return b.kind == Kind::integer ? reversed(compare_int_uint(b.integer, as_uint(a))) : order_of(as_uint(a), as_uint(b));
}

Ordering compare_text(const Value& a, const Value& b) {
  return order_of(as_text(a).compare(as_text(b)), 0);
}

Ordering compare_timestamps(const Value& a, const Value& b) {
  return a.integer == b.integer ? order_of(a.size, b.size) : order_of(a.integer, b.integer);
}

const OpaqueValue& as_opaque_value(const Value& value) {
  return *static_cast<const OpaqueValue*>(value.pointer);
}

bool same_opaque_key(const OpaqueValue& a, const OpaqueValue& b) {
  return a.kind == b.kind && a.kind->hash != nullptr && a.kind->equal(a, b);
}

// Same kind, same payload. Values that neither can be keys nor are compared in another way are never the same.
bool same_payload(const Value& a, const Value& b) {
  if (a.kind != b.kind) return false;
  switch (a.kind) {
    case Kind::null: return true;
    case Kind::boolean: return a.boolean == b.boolean;
    case Kind::floating: return a.floating == b.floating;
    case Kind::string:
    case value_kind::bytes: return as_text(a) == as_text(b);
    case value_kind::type: return runtime_name(as_type(a)) == runtime_name(as_type(b));
    case value_kind::optional: return as_optional(a) == nullptr && as_optional(b) == nullptr;
    case value_kind::opaque: return same_opaque_key(as_opaque_value(a), as_opaque_value(b));
    case Kind::integer:
    case value_kind::uint:
    case value_kind::timestamp:
    case value_kind::duration: return a.integer == b.integer && a.size == b.size;
    default: return false;
  }
}

// How keys of one map are told apart. Of timestamps Go compares the zones as well, and those of whole hours are the
// only ones that it shares (time.FixedZone).
bool same_key(const Value& a, const Value& b) {
  if (!same_payload(a, b)) return false;
  return a.kind != value_kind::timestamp || (a.aux == b.aux && static_cast<std::int16_t>(a.aux) % 60 == 0);
}

std::size_t mix(std::uint64_t bits) {
  bits *= 0x9E3779B97F4A7C15U;
  return static_cast<std::size_t>(bits ^ (bits >> 32));
}

std::size_t hash_opaque(const OpaqueValue& key) {
  return key.kind->hash != nullptr ? key.kind->hash(key) : std::hash<const OpaqueValue*>{}(&key);
}

std::size_t hash_key(const Value& key) {
  const auto salt = static_cast<std::uint64_t>(key.kind) << 56;
  switch (key.kind) {
    case Kind::boolean: return mix(salt + (key.boolean ? 1 : 0));
    case Kind::floating: return mix(salt ^ std::bit_cast<std::uint64_t>(key.floating + 0.0));
    case Kind::string:
    case value_kind::bytes: return std::hash<std::string_view>{}(as_text(key)) ^ salt;
    case value_kind::type: return std::hash<std::string_view>{}(runtime_name(as_type(key))) ^ salt;
    case value_kind::opaque: return hash_opaque(as_opaque_value(key));
    default: return mix(salt ^ static_cast<std::uint64_t>(key.integer));
  }
}

const MapEntry* find_same(const MapValue& map, const Value& key) {
  if (map.index == nullptr) {
    for (std::uint32_t i = 0; i < map.size; ++i) {
      if (same_key(map.entries[i].key, key)) return map.entries + i;
    }
    return nullptr;
  }
  for (auto slot = static_cast<std::uint32_t>(hash_key(key));; ++slot) {
    const std::uint32_t number = map.index[slot & map.index_mask];
    if (number == 0) return nullptr;
    if (same_key(map.entries[number - 1].key, key)) return map.entries + number - 1;
  }
}

// A number's forms as the other integer kind: map keys match across numeric kinds when nothing is lost.
struct Alternatives {
  std::array<Value, 2> keys;
  std::uint32_t count = 0;
  void add(const Value& key) { keys[count++] = key; }
};

Alternatives other_numeric_keys(const Value& key) {
  Alternatives result;
  if (key.kind == Kind::integer) {
    if (key.integer >= 0) result.add(make_uint(as_uint(key)));
  } else if (key.kind == value_kind::uint) {
    if (key.integer >= 0) result.add(make_int(key.integer));
  } else if (key.kind == Kind::floating && key.floating == std::trunc(key.floating)) {
    const double d = key.floating;
    if (d > -0x1p63 && d < 0x1p63) result.add(make_int(static_cast<std::int64_t>(d)));
    if (d >= 0 && d < 0x1p64) result.add(make_uint(static_cast<std::uint64_t>(d)));
  }
  return result;
}

const Value* find_in_map(const MapValue& map, const Value& key) {
  if (const MapEntry* entry = find_same(map, key)) return &entry->value;
  const Alternatives others = other_numeric_keys(key);
  for (std::uint32_t i = 0; i < others.count; ++i) {
    if (const MapEntry* entry = find_same(map, others.keys[i])) return &entry->value;
  }
  return nullptr;
}

std::uint32_t index_capacity(std::size_t entries) {
  return static_cast<std::uint32_t>(std::bit_ceil(entries * 2));
}

// Enters the map's last entry into its index.
void index_last(std::uint32_t* index, const MapValue& map) {
  auto slot = static_cast<std::uint32_t>(hash_key(map.entries[map.size - 1].key));
  while (index[slot & map.index_mask] != 0) ++slot;
  index[slot & map.index_mask] = map.size;
}

std::uint32_t* make_index(Arena& arena, MapValue& map, std::size_t entries) {
  const std::uint32_t capacity = index_capacity(entries);
  auto* index = arena.allocate_array<std::uint32_t>(capacity);
  std::memset(index, 0, capacity * sizeof(std::uint32_t));
  map.index = index;
  map.index_mask = capacity - 1;
  return index;
}

Equality as_equality(bool equal) {
  return equal ? Equality::yes : Equality::no;
}

// Values of different kinds.
Equality compare_unlike(const Value& a, const Value& b) {
  return is_reflected(a) && !b.is_null() ? Equality::incomparable : Equality::no;
}

// Whether one element's outcome decides about its container: those that cannot be compared count as equal, but not to
// a reflected container.
bool decides(const Value& container, Equality element) {
  return element == Equality::no || (element == Equality::incomparable && is_reflected(container));
}

Equality as_outcome_of(const Value& container, Equality element) {
  return container.aux == static_cast<std::uint16_t>(Reflection::structure) ? element : Equality::no;
}

Equality compare_lists(const Value& a, const Value& b, const SymbolTable& symbols) {
  if (has_manner(a)) return manner_of(a).compare(a, b, symbols);
  if (a.size != b.size) return Equality::no;
  for (std::uint32_t i = 0; i < a.size; ++i) {
    if (decides(a, compare_equality(a.items[i], b.items[i], symbols))) return Equality::no;
  }
  return Equality::yes;
}

Equality compare_maps(const Value& a, const Value& b, const SymbolTable& symbols) {
  const std::uint32_t size = map_size(a);
  if (size != map_size(b)) return Equality::no;
  const bool both_documents = a.is_object() && b.is_object();
  for (std::uint32_t i = 0; i < size; ++i) {
    const Value* other = both_documents ? b.find(a.member_keys()[i]) : find_key(b, map_key(a, i, symbols), symbols);
    if (other == nullptr) return Equality::no;
    const Equality element = compare_equality(map_value(a, i), *other, symbols);
    if (decides(a, element)) return as_outcome_of(a, element);
  }
  return Equality::yes;
}

Equality compare_optionals(const Value& a, const Value& b, const SymbolTable& symbols) {
  const Value* x = as_optional(a);
  const Value* y = as_optional(b);
  if (x == nullptr || y == nullptr) return as_equality(x == y);
  return compare_equality(*x, *y, symbols);
}

Equality compare_structures(const StructureValue& a, const StructureValue& b, const SymbolTable& symbols) {
  if (a.type->name != b.type->name || a.fields.size() != b.fields.size()) return Equality::no;
  Equality outcome = Equality::yes;
  for (const StructureField& field : a.fields) {
    const Value* other = b.find(field.name);
    const Equality element = other == nullptr ? Equality::no : compare_equality(field.value, *other, symbols);
    if (element == Equality::no) return element;
    if (element == Equality::incomparable) outcome = element;
  }
  return outcome;
}

Equality compare_opaques(const Value& a, const Value& b) {
  if (b.is_null()) return Equality::no;
  if (b.kind != value_kind::opaque) return Equality::incomparable;
  const OpaqueValue& x = as_opaque_value(a);
  const OpaqueValue& y = as_opaque_value(b);
  if (x.kind != y.kind) return Equality::incomparable;
  if (x.kind->comparable != nullptr && !x.kind->comparable(x, y)) return Equality::incomparable;
  return as_equality(x.kind->equal(x, y));
}

}  // namespace

Value make_uint(std::uint64_t value) {
  Value result = make_int(static_cast<std::int64_t>(value));
  result.kind = value_kind::uint;
  return result;
}

Value make_bytes(std::string_view view) {
  Value result = make_string(view);
  result.kind = value_kind::bytes;
  return result;
}

Value make_timestamp(std::int64_t seconds, std::uint32_t nanoseconds) {
  Value result = make_int(seconds);
  result.kind = value_kind::timestamp;
  result.size = nanoseconds;
  return result;
}

Value make_duration(std::int64_t nanoseconds) {
  Value result = make_int(nanoseconds);
  result.kind = value_kind::duration;
  return result;
}

Value make_type(const Type& type) {
  return make_pointer(value_kind::type, &type);
}

Value make_lazy_map(LazyMap& map) {
  return make_pointer(value_kind::lazy_map, &map);
}
Value make_opaque(const OpaqueValue& value) {
  return make_pointer(value_kind::opaque, &value);
}

Value make_structure(Arena& arena, std::string_view type_name, std::span<const StructureField> fields) {
  const Type* type = make_object_type(arena, type_name);
  const std::span<const StructureField> kept = arena.copy(fields);
  return make_pointer(value_kind::structure, arena.create<StructureValue>(type, kept));
}

const Value* StructureValue::find(std::string_view name) const {
  const auto found = std::ranges::find(fields, name, &StructureField::name);
  return found == fields.end() ? nullptr : &found->value;
}

Value make_list(Arena& arena, std::span<const Value> items) {
  Value list;
  list.kind = Kind::list;
  list.size = static_cast<std::uint32_t>(items.size());
  list.items = arena.copy(items).data();
  return list;
}

Value make_map(Arena& arena, std::span<const MapEntry> entries) {
  auto* kept = arena.allocate_array<MapEntry>(entries.size());
  auto* map = arena.create<MapValue>();
  map->entries = kept;
  std::uint32_t* index = entries.size() >= map_indexed_from ? make_index(arena, *map, entries.size()) : nullptr;
  for (const MapEntry& entry : entries) {
    if (const MapEntry* earlier = find_same(*map, entry.key)) {
      kept[earlier - kept].value = entry.value;
      continue;
    }
    kept[map->size++] = entry;
    if (index != nullptr) index_last(index, *map);
  }
  Value result = make_pointer(value_kind::map, map);
  result.size = map->size;
  return result;
}

Value make_none() {
  return make_pointer(value_kind::optional, nullptr);
}

Value make_optional(Arena& arena, const Value& inside) {
  return make_pointer(value_kind::optional, arena.create<Value>(inside));
}

Value make_error(Arena& arena, std::string_view message) {
  return make_pointer(value_kind::error, arena.create<EvaluationError>(arena.copy(message)));
}

bool equal(const Value& a, const Value& b, const SymbolTable& symbols) {
  return compare_equality(a, b, symbols) == Equality::yes;
}

Equality compare_equality(const Value& a, const Value& b, const SymbolTable& symbols) {
  if (is_number(a)) return as_equality(is_number(b) && compare_numbers(a, b) == Ordering::equal);
  if (is_map(a)) return is_map(b) ? compare_maps(a, b, symbols) : compare_unlike(a, b);
  if (a.kind == value_kind::opaque) return compare_opaques(a, b);
  if (a.kind != b.kind) return compare_unlike(a, b);
  if (a.is_list()) return compare_lists(a, b, symbols);
  if (a.kind == value_kind::optional) return compare_optionals(a, b, symbols);
  if (a.kind == value_kind::structure) return compare_structures(as_structure(a), as_structure(b), symbols);
  return as_equality(same_payload(a, b));
}

Ordering compare(const Value& a, const Value& b) {
  if (is_number(a) && is_number(b)) return compare_numbers(a, b);
  if (a.kind != b.kind) return Ordering::incomparable;
  switch (a.kind) {
    case Kind::boolean: return order_of(a.boolean, b.boolean);
    case Kind::string:
    case value_kind::bytes: return compare_text(a, b);
    case value_kind::timestamp: return compare_timestamps(a, b);
    case value_kind::duration: return order_of(a.integer, b.integer);
    default: return Ordering::incomparable;
  }
}

const Value* find_key(const Value& map, const Value& key, const SymbolTable& symbols) {
  if (map.kind == value_kind::map) return find_in_map(as_map(map), key);
  if (!map.is_object() || !key.is_string()) return nullptr;
  const auto symbol = symbols.find(key.as_string());
  return symbol ? map.find(*symbol) : nullptr;
}

bool same_map_key(const Value& a, const Value& b) {
  return same_key(a, b);
}

std::uint32_t map_size(const Value& map) {
  return map.is_object() ? map.size : as_map(map).size;
}

Value map_key(const Value& map, std::uint32_t at, const SymbolTable& symbols) {
  return map.is_object() ? make_string(symbols.text(map.member_keys()[at])) : as_map(map).entries[at].key;
}

const Value& map_value(const Value& map, std::uint32_t at) {
  return map.is_object() ? map.items[at] : as_map(map).entries[at].value;
}

std::string_view type_name(const Value& value) {
  switch (value.kind) {
    case Kind::null: return "null_type";
    case Kind::boolean: return "bool";
    case Kind::integer: return "int";
    case Kind::floating: return "double";
    case Kind::string: return "string";
    case Kind::list: return "list";
    case Kind::object:
    case value_kind::map: return "map";
    case value_kind::uint: return "uint";
    case value_kind::bytes: return "bytes";
    case value_kind::timestamp: return "google.protobuf.Timestamp";
    case value_kind::duration: return "google.protobuf.Duration";
    case value_kind::type: return "type";
    case value_kind::optional: return "optional_type";
    case value_kind::opaque: return static_cast<const OpaqueValue*>(value.pointer)->kind->type_name;
    case value_kind::structure: return as_structure(value).type->name;
    case value_kind::lazy_map: return "object";
    default: return "error";
  }
}

}  // namespace kastell::cel

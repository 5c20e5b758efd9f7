#include "cel/mutation.h"

#include "base/base64.h"
#include "cel/patch/patch_types.h"
#include "cel/patch/structure.h"
#include "cel/time_text.h"
#include "cel/type.h"

namespace kastell::cel {

using document::Member;
using document::Node;

namespace {

constexpr unsigned deepest_value = 1000;

// A number that a double cannot hold is a text, as in protobuf's JSON.
constexpr std::int64_t widest_integer = (std::int64_t{1} << 53) - 1;

class DocumentWriter {
 public:
  DocumentWriter(Arena& arena, SymbolTable& symbols, std::size_t& room)
      : arena_(arena), symbols_(symbols), room_(room) {}

  Result<Node> write(const Value& value, unsigned depth) {
    if (depth == 0) return failure(ErrorCode::limit, "a value is nested deeper than the limit of 1000 levels");
    const std::size_t taken = sizeof(Node) + (value.is_string() ? value.size : 0);
    if (taken > room_) return failure(ErrorCode::limit, "the values take more than the limit of 16 MiB");
    room_ -= taken;
    switch (value.kind) {
      case Kind::null:
      case Kind::boolean:
      case Kind::floating:
      case Kind::string: return value;
      case Kind::integer: return integer(value.integer);
      case value_kind::uint: return integer(value.integer);
      case value_kind::bytes: return text(encode_base64(as_text(value)));
      case value_kind::timestamp: return text(format_timestamp({.seconds = value.integer, .nanoseconds = value.size}));
      case value_kind::duration: return text(format_duration_seconds(value.integer));
      case value_kind::type: return text(to_string(as_type(value)));
      case value_kind::optional:
        return as_optional(value) == nullptr ? Result<Node>(make_null()) : write(*as_optional(value), depth - 1);
      case value_kind::structure: return structure(as_structure(value), depth);
      case value_kind::error: return failure(ErrorCode::evaluation, std::string(as_error(value).message));
      case Kind::list: return list(value, depth);
      case Kind::object:
      case value_kind::map: return map(value, depth);
      default:
        return failure(ErrorCode::unsupported, "unsupported conversion to ref.Val: " + std::string(type_name(value)));
    }
  }

 private:
  Node text(const std::string& value) { return make_string(arena_.copy(value)); }

  Node integer(std::int64_t value) {
    const bool fits = value >= -widest_integer && value <= widest_integer;
    return fits ? Node::make_integer(value) : text(std::to_string(value));
  }

  Result<Node> list(const Value& value, unsigned depth) {
    std::vector<Node> items;
    for (const Value& item : value.as_list()) {
      const auto written = write(item, depth - 1);
      if (!written) return written;
      items.push_back(*written);
    }
    return document::make_list(arena_, items);
  }

  Result<Node> map(const Value& value, unsigned depth) {
    std::vector<Member> members;
    for (std::uint32_t i = 0; i < map_size(value); ++i) {
      const Value key = map_key(value, i, symbols_);
      if (!key.is_string()) {
        return failure(ErrorCode::type, "map key is of type " + std::string(type_name(key)) + ", not string");
      }
      const auto written = write(map_value(value, i), depth - 1);
      if (!written) return written;
      members.push_back({symbols_.intern(key.as_string()), *written});
    }
    return document::make_object(arena_, members, false);
  }

  Result<Node> structure(const StructureValue& value, unsigned depth) {
    std::vector<Member> members;
    for (const StructureField& field : value.fields) {
      const auto written = write(field.value, depth - 1);
      if (!written) return written;
      members.push_back({symbols_.intern(field.name), *written});
    }
    return document::make_object(arena_, members, false);
  }

  Arena& arena_;
  SymbolTable& symbols_;
  std::size_t& room_;
};

void find_misnamed(const Value& value, const std::string& path, std::string& errors, unsigned depth) {
  if (depth == 0) return;
  if (value.kind == value_kind::structure) {
    const StructureValue& object = as_structure(value);
    if (object.type->name != path) {
      errors.append(errors.empty() ? "" : "\n").append("unexpected type name \"").append(object.type->name);
      errors.append("\", expected \"").append(path);
      errors += "\", which matches field name path from root Object type";
    }
    for (const StructureField& field : object.fields) {
      find_misnamed(field.value, path + '.' + std::string(field.name), errors, depth - 1);
    }
  }
  for (const Value& item : value.as_list()) find_misnamed(item, path, errors, depth - 1);
  if (value.kind != value_kind::map) return;
  for (std::uint32_t i = 0; i < map_size(value); ++i) find_misnamed(map_value(value, i), path, errors, depth - 1);
}

}  // namespace

Result<Node> to_document(const Value& value, Arena& arena, SymbolTable& symbols, std::size_t& room) {
  return DocumentWriter(arena, symbols, room).write(value, deepest_value);
}

std::string misnamed_types(const Value& object) {
  std::string errors;
  if (object.kind != value_kind::structure) return errors;
  find_misnamed(object, std::string(as_structure(object).type->name), errors, deepest_value);
  return errors;
}

Result<std::vector<JsonPatchValue>> read_json_patch(const Value& list) {
  std::vector<JsonPatchValue> operations;
  for (const Value& item : list.as_list()) {
    if (item.kind != value_kind::structure || as_structure(item).type->name != patch::json_patch_name) {
      return failure(ErrorCode::type,
                     "type mismatch: JSONPatchType.expression should evaluate to array of JSONPatch, got element of " +
                         std::string(type_name(item)));
    }
    const StructureValue& object = as_structure(item);
    const auto text = [&](std::string_view field) {
      const Value* value = object.find(field);
      return value == nullptr ? std::string_view{} : value->as_string();
    };
    JsonPatchValue operation{text("op"), text("path"), text("from"), std::nullopt};
    if (const Value* value = object.find("value")) operation.value = *value;
    operations.push_back(operation);
  }
  return operations;
}

}  // namespace kastell::cel

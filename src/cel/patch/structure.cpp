#include "cel/patch/structure.h"

#include <algorithm>
#include <string>
#include <vector>

#include "cel/library/kubernetes_values.h"
#include "cel/patch/patch_types.h"
#include "cel/type.h"

namespace kastell::cel::patch {

namespace {

constexpr unsigned depth_limit = 1000;

bool is_json_patch(const StructureValue& structure) {
  return structure.type->name == json_patch_name;
}

bool has_only_text_keys(const Value& map) {
  if (map.kind != value_kind::map) return true;
  const std::span<const MapEntry> entries{as_map(map).entries, as_map(map).size};
  return std::ranges::all_of(entries, [](const MapEntry& entry) { return entry.key.is_string(); });
}

// The API server makes the whole object a JSON object before it looks: the field that it cannot, or null.
const StructureField* field_without_json(const StructureValue& object) {
  const auto found =
      std::ranges::find_if_not(object.fields, [](const StructureField& f) { return has_only_text_keys(f.value); });
  return found == object.fields.end() ? nullptr : &*found;
}

class PlainForm {
 public:
  explicit PlainForm(CallContext& context) : context_(context) {}

  Value of(const Value& value, unsigned depth) {
    if (depth > depth_limit) return make_error(context_.arena, "a value is nested deeper than 1000 levels");
    switch (value.kind) {
      case value_kind::type: return make_string(type_text(value));
      case value_kind::optional:
        return as_optional(value) == nullptr ? make_null() : of(*as_optional(value), depth + 1);
      case value_kind::structure:
        return is_json_patch(as_structure(value)) ? value : of_object(as_structure(value), depth);
      case Kind::list: return of_list(value, depth);
      case value_kind::map: return of_map(as_map(value), depth);
      case value_kind::opaque: return of_opaque(value);
      default: return value;  // a document has nothing but plain values
    }
  }

 private:
  std::string_view type_text(const Value& type) {
    const std::string text = to_string(as_type(type));
    return context_.arena.copy(std::string_view(text).substr(0, text.find('(')));
  }

  Value of_opaque(const Value& value) {
    if (as_opaque<NamedFormatValue>(value, format_kind) != nullptr) return value;
    return make_error(context_.arena, "unsupported conversion to ref.Val: " + std::string(type_name(value)));
  }

  Value of_list(const Value& list, unsigned depth) {
    std::vector<Value> items;
    for (const Value& item : list.as_list()) {
      items.push_back(of(item, depth + 1));
      if (is_error(items.back())) return items.back();
    }
    return cel::make_list(context_.arena, std::span<const Value>(items));
  }

  Value of_map(const MapValue& map, unsigned depth) {
    std::vector<MapEntry> entries(map.entries, map.entries + map.size);
    for (MapEntry& entry : entries) {
      entry.value = of(entry.value, depth + 1);
      if (is_error(entry.value)) return entry.value;
    }
    return make_map(context_.arena, entries);
  }

  Value of_object(const StructureValue& object, unsigned depth) {
    if (const StructureField* bad = field_without_json(object)) {
      Value error = make_error(
          context_.arena,
          std::string("fail to convert field \"").append(bad->name).append("\": a map has a key that is no string"));
      error.pointer = context_.arena.create<EvaluationError>(as_error(error).message, 0, true);
      return error;
    }
    std::vector<MapEntry> entries;
    for (const StructureField& field : object.fields) {
      entries.push_back({make_string(field.name), of(field.value, depth + 1)});
      if (is_error(entries.back().value)) return entries.back().value;
    }
    return make_map(context_.arena, entries);
  }

  CallContext& context_;
};

Value select_of_object(CallContext& context, const StructureValue& object, std::string_view name) {
  if (field_without_json(object) != nullptr) {
    return make_error(context.arena, std::string("cannot get field \"").append(name).append("\""));
  }
  const Value* found = object.find(name);
  return found == nullptr ? make_null() : plain_form(context, *found);
}

Value select_of_patch(CallContext& context, const StructureValue& patch, std::string_view name) {
  const Type* type = find_field(json_patch_name, name);
  if (type == nullptr) return make_error(context.arena, std::string("unsupported indexer: ").append(name));
  if (const Value* found = patch.find(name)) return *found;
  return type->kind == TypeKind::string ? make_string("") : make_null();
}

void set(std::vector<StructureField>& fields, const StructureField& given) {
  const auto earlier = std::ranges::find(fields, given.name, &StructureField::name);
  if (earlier == fields.end()) {
    fields.push_back(given);
  } else {
    earlier->value = given.value;
  }
}

// Null, or the error that a field of a JSONPatch is.
Value problem_of(CallContext& context, const StructureField& field) {
  const Type* type = find_field(json_patch_name, field.name);
  if (type == nullptr) {
    return make_error(context.arena, std::string("unexpected JSONPatchType field: ").append(field.name));
  }
  if (type->kind == TypeKind::dyn || field.value.is_string()) return make_null();
  return make_error(context.arena, std::string("unexpected type ")
                                       .append(type_name(field.value))
                                       .append(" for JSONPatchType '")
                                       .append(field.name)
                                       .append("' field"));
}

Value construct_json_patch(CallContext& context, std::vector<StructureField> fields) {
  for (StructureField& field : fields) {
    if (field.name != "value") field.value = plain_form(context, field.value);
    if (const Value problem = problem_of(context, field); is_error(problem)) return problem;
  }
  std::erase_if(fields, [](const StructureField& f) { return f.name != "value" && f.value.size == 0; });
  return make_structure(context.arena, json_patch_name, fields);
}

}  // namespace

Value construct(CallContext& context, std::string_view type, std::span<const StructureField> given) {
  std::vector<StructureField> fields;
  for (const StructureField& field : given) set(fields, field);
  if (type == json_patch_name) return construct_json_patch(context, std::move(fields));
  return make_structure(context.arena, type, fields);
}

Value select(CallContext& context, const StructureValue& structure, std::string_view field) {
  return is_json_patch(structure) ? select_of_patch(context, structure, field)
                                  : select_of_object(context, structure, field);
}

Presence find_if_set(CallContext& context, const StructureValue& structure, std::string_view field) {
  if (!is_json_patch(structure)) return {field_without_json(structure) == nullptr ? structure.find(field) : nullptr};
  if (find_field(json_patch_name, field) != nullptr) return {structure.find(field)};
  return {nullptr, make_error(context.arena, std::string("unsupported field: ").append(field))};
}

Value plain_form(CallContext& context, const Value& value) {
  return PlainForm(context).of(value, 0);
}

}  // namespace kastell::cel::patch

#include "kube/api_schema/custom_walk.h"

#include <algorithm>
#include <string>

#include "kube/api_schema/texts.h"
#include "kube/schema/schema.h"

namespace kastell::kube::api_schema {

using document::Node;
using document::Step;

SchemaWords::SchemaWords(SymbolTable& symbols)
    : type(symbols.intern("type")),
      properties(symbols.intern("properties")),
      additional_properties(symbols.intern("additionalProperties")),
      items(symbols.intern("items")),
      required(symbols.intern("required")),
      enumeration(symbols.intern("enum")),
      standard(symbols.intern("default")),
      keeps_unknown_fields(symbols.intern("x-kubernetes-preserve-unknown-fields")),
      int_or_string(symbols.intern("x-kubernetes-int-or-string")),
      embedded_resource(symbols.intern("x-kubernetes-embedded-resource")),
      nullable(symbols.intern("nullable")),
      list_type(symbols.intern("x-kubernetes-list-type")),
      list_keys(symbols.intern("x-kubernetes-list-map-keys")),
      map_type(symbols.intern("x-kubernetes-map-type")) {}

bool CustomWalk::spend(std::size_t comparisons) {
  is_exhausted_ = is_exhausted_ || comparisons > left_;
  left_ -= is_exhausted_ ? 0 : comparisons;
  return !is_exhausted_;
}

// What is expected instead, in words; empty if the value suits.
std::string_view CustomWalk::wrong_type(const Node& value, const Node& schema) const {
  struct Named {
    std::string_view name;
    Shape shape;
  };
  static constexpr Named shapes[] = {{"object", Shape::object}, {"array", Shape::list},    {"string", Shape::string},
                                     {"integer", Shape::int64}, {"number", Shape::number}, {"boolean", Shape::boolean}};
  const Node* type = schema.find(words_.type);
  Shape shape = Shape::any;
  for (const Named& known : shapes) {
    if (type != nullptr && type->as_string() == known.name) shape = known.shape;
  }
  if (is_true(schema, words_.int_or_string)) shape = Shape::int_or_string;
  return suits(value, shape) ? std::string_view{} : shape_in_words(shape);
}

void CustomWalk::check(const Node& value, const Node& schema) {
  if (value.is_null() || !schema.is_object()) return;
  if (const std::string_view expected = wrong_type(value, schema); !expected.empty()) {
    return report_wrong_type(value, expected);
  }
  check_enumeration(value, schema);
  if (value.is_object()) {
    const bool is_resource = is_true(schema, words_.embedded_resource);
    if (is_resource) check_embedded(value);
    return check_object(value, schema, is_resource);
  }
  const Node* items = schema.find(words_.items);
  if (value.is_list() && items != nullptr) check_items(value, *items);
}

// Null is an absent member, but no absent item.
void CustomWalk::check_items(const Node& list, const Node& items) {
  for (std::uint32_t i = 0; i < list.size; ++i) {
    path_.push_back(Step::index(i));
    const std::string_view expected = list.items[i].is_null() ? wrong_type(list.items[i], items) : std::string_view{};
    if (expected.empty() || is_true(items, words_.nullable)) {
      check(list.items[i], items);
    } else {
      report_wrong_type(list.items[i], expected);
    }
    path_.pop_back();
  }
}

void CustomWalk::check_embedded(const Node& resource) {
  for (const Symbol name : {symbols::apiVersion, symbols::kind}) {
    if (resource.find(name) == nullptr) report_missing(name);
  }
}

void CustomWalk::report_wrong_type(const Node& value, std::string_view expected) {
  Arena scratch;
  problems_.add(FieldProblemType::wrong_type, path_, mismatch_text(expected, &value, scratch));
}

// Null is read as absence. Where a field may be null, nobody knows which of both it is.
void CustomWalk::report_missing(Symbol name, bool may_be_null) {
  path_.push_back(Step::key(name));
  problems_.add(FieldProblemType::missing_field, path_,
                may_be_null
                    ? "a field that its CustomResourceDefinition demands, and that may be null, is null or missing"
                    : "demanded by its CustomResourceDefinition but missing",
                may_be_null);
  path_.pop_back();
}

void CustomWalk::check_below(Step step, const Node& value, const Node& schema) {
  path_.push_back(step);
  check(value, schema);
  path_.pop_back();
}

void CustomWalk::check_object(const Node& object, const Node& schema, bool is_resource) {
  for (std::uint32_t i = 0; i < object.size; ++i) {
    check_member(object.member_keys()[i], object.items[i], schema, is_resource);
  }
  check_required(object, schema);
}

void CustomWalk::check_member(Symbol name, const Node& value, const Node& schema, bool is_resource) {
  if (is_resource && name == symbols::metadata) {
    return built_in_.check_below(Step::key(name), value, metadata_type_);
  }
  if (is_resource && (name == symbols::apiVersion || name == symbols::kind)) return;
  const Node* properties = schema.find(words_.properties);
  const Node* declared = properties == nullptr ? nullptr : properties->find(name);
  const Node* others = schema.find(words_.additional_properties);
  if (declared == nullptr && others != nullptr && others->is_object()) declared = others;
  if (declared != nullptr) return check_below(Step::key(name), value, *declared);
  const bool takes_any = is_true(schema, words_.additional_properties) || is_true(schema, words_.keeps_unknown_fields);
  // A schema without a type is one of something that is kept as it is.
  if (!takes_any && schema.find(words_.type) != nullptr) report_unknown(name, schema);
}

void CustomWalk::report_unknown(Symbol name, const Node& schema) {
  std::vector<std::string_view> candidates;
  if (const Node* properties = schema.find(words_.properties);
      properties != nullptr && !problems_.is_full() && spend(properties->size)) {
    for (const Symbol known : properties->member_keys()) candidates.push_back(symbols_.text(known));
  }
  path_.push_back(Step::key(name));
  problems_.add(FieldProblemType::unknown_field, path_,
                "no field of its CustomResourceDefinition" + suggestion(symbols_.text(name), candidates));
  path_.pop_back();
}

// A field with a default is filled in before anybody asks for it.
void CustomWalk::check_required(const Node& object, const Node& schema) {
  const Node* required = schema.find(words_.required);
  if (required == nullptr || !spend(required->as_list().size())) return;
  const Node* properties = schema.find(words_.properties);
  for (const Node& one : required->as_list()) {
    if (!one.is_string()) continue;
    const Symbol name = symbols_.intern(one.as_string());
    const Node* declared = properties == nullptr ? nullptr : properties->find(name);
    const bool is_filled_in = declared != nullptr && declared->find(words_.standard) != nullptr;
    if (is_filled_in || object.find(name) != nullptr) continue;
    report_missing(name, declared != nullptr && is_true(*declared, words_.nullable));
  }
}

void CustomWalk::check_enumeration(const Node& value, const Node& schema) {
  const Node* values = schema.find(words_.enumeration);
  if (values == nullptr || !values->is_list() || !spend(values->as_list().size())) return;
  if (std::ranges::any_of(values->as_list(), [&](const Node& one) { return equal(one, value); })) return;
  std::vector<std::string_view> texts;
  for (const Node& one : values->as_list()) {
    if (one.is_string()) texts.push_back(one.as_string());
  }
  problems_.add(FieldProblemType::not_in_enumeration, path_, one_of(texts) + suggestion(value.as_string(), texts));
}

}  // namespace kastell::kube::api_schema

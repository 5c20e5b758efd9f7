// The walk itself, and what concerns objects.

#include "custom/values/walk.h"

#include <algorithm>
#include <utility>

namespace kastell::custom {

using document::Kind;
using document::Node;
using document::Step;
using kube::FieldProblemType;

const Patterns::Compiled& Patterns::of(std::string_view text) {
  std::string key(text);
  const auto known = compiled_.find(key);
  if (known != compiled_.end()) return known->second;
  if (compiled_.size() == most_kept) compiled_.clear();
  Compiled made = cel::TextPattern::compile(text);
  return compiled_.emplace(std::move(key), std::move(made)).first->second;
}

void ValueWalk::fail(FieldProblemType type, const std::string& explanation) {
  if (tally_ != nullptr) {
    tally_->fails = true;
  } else {
    sink_.fail(type, path_, explanation);
  }
}

void ValueWalk::doubt(const std::string& explanation, bool is_unreadable) {
  if (tally_ != nullptr) {
    tally_->is_unknown = true;
  } else if (!steps_.is_exhausted()) {  // else there is one reason for everything
    sink_.doubt(FieldProblemType::invalid_value, path_, explanation, is_unreadable);
  }
}

void ValueWalk::unreadable(Symbol keyword, std::string_view what) {
  doubt("its definition cannot be read here: " + std::string(symbols_.text(keyword)) + " is " + std::string(what),
        true);
}

std::string_view ValueWalk::text_of(const Node& schema, Symbol keyword) const {
  const Node* value = schema.find(keyword);
  return value == nullptr ? std::string_view{} : value->as_string();
}

// Nothing if the keyword is not there, or no list.
const Node* ValueWalk::list_of(const Node& schema, Symbol keyword) {
  const Node* value = schema.find(keyword);
  if (value == nullptr || value->is_list()) return value;
  unreadable(keyword, "no list");
  return nullptr;
}

std::optional<std::uint64_t> ValueWalk::count(const Node& schema, Symbol keyword) {
  const Node* value = schema.find(keyword);
  if (value == nullptr) return std::nullopt;
  if (value->kind == Kind::integer && value->integer >= 0) return static_cast<std::uint64_t>(value->integer);
  unreadable(keyword, "no count");
  return std::nullopt;
}

void ValueWalk::check_size(std::uint64_t size, const Node& schema, Symbol least, Symbol most, std::string_view unit) {
  const auto bound = [&](std::uint64_t number) {
    return std::to_string(number) + " " + std::string(unit) + (number == 1 ? "" : "s");
  };
  const auto smallest = count(schema, least), largest = count(schema, most);
  if (smallest && size < *smallest)
    fail("has fewer than " + bound(*smallest) + ", the least that its definition allows");
  if (largest && size > *largest) fail("has more than " + bound(*largest) + ", the most that its definition allows");
}

void ValueWalk::check_resource(const Node& resource, const Node& schema) {
  check_size(resource.size, schema, words_.min_properties, words_.max_properties, "field");
  check_branches(resource, schema);
  check_members(resource, schema, Asked::values, true);
}

void ValueWalk::check_below(Step step, const Node& value, const Node& schema, Asked asked) {
  path_.push_back(step);
  check(value, schema, asked);
  path_.pop_back();
}

// A value of a wrong type has been told, by whoever asks for types.
void ValueWalk::check(const Node& value, const Node& schema, Asked asked) {
  if (!steps_.spend(1)) return;
  if (!schema.is_object()) return doubt("its definition cannot be read here: a schema is no object", true);
  if (const Node* type = schema.find(words_.type); type != nullptr && !type->is_string()) {
    return unreadable(words_.type, "no text");
  }
  const bool suits = suits_type(value, schema);
  if (!suits && asked == Asked::all)
    fail(FieldProblemType::wrong_type, "is of a type that its definition does not allow");
  if (!suits || (value.is_null() && asked == Asked::values)) return;
  if (asked == Asked::all) check_enumeration(value, schema);
  switch (value.kind) {
    case Kind::integer:
    case Kind::floating: check_number(value, schema); break;
    case Kind::string: check_text(value.as_string(), schema); break;
    case Kind::list: check_list(value, schema, asked); break;
    case Kind::object: check_object(value, schema, asked); break;
    default: break;
  }
  check_branches(value, schema);
}

bool ValueWalk::suits_type(const Node& value, const Node& schema) {
  if (value.is_null() && is_true(schema, words_.nullable)) return true;
  const bool is_whole =
      value.kind == Kind::integer ||
      (value.kind == Kind::floating &&
       static_cast<double>(static_cast<std::int64_t>(std::clamp(value.floating, -0x1p53, 0x1p53))) == value.floating);
  if (is_true(schema, words_.int_or_string)) return value.is_string() || is_whole;
  const std::string_view type = text_of(schema, words_.type);
  if (type == "object") return value.is_object();
  if (type == "array") return value.is_list();
  if (type == "string") return value.is_string();
  if (type == "boolean") return value.kind == Kind::boolean;
  if (type == "number") return value.kind == Kind::integer || value.kind == Kind::floating;
  return type != "integer" || is_whole;
}

void ValueWalk::check_object(const Node& object, const Node& schema, Asked asked) {
  check_size(object.size, schema, words_.min_properties, words_.max_properties, "field");
  if (asked == Asked::all) check_required(object, schema);
  check_members(object, schema, asked, is_true(schema, words_.embedded_resource));
}

// Of a resource's metadata a definition may say what names it takes; its types are nobody else's matter.
void ValueWalk::check_members(const Node& object, const Node& schema, Asked asked, bool is_resource) {
  const Node* properties = schema.find(words_.properties);
  const Node* others = schema.find(words_.additional_properties);
  for (std::uint32_t i = 0; i < object.size; ++i) {
    const Symbol name = object.member_keys()[i];
    const Node* declared = properties == nullptr ? nullptr : properties->find(name);
    if (declared == nullptr && others != nullptr && others->is_object()) declared = others;
    const bool is_metadata = is_resource && name == symbols::metadata;
    if (declared != nullptr) check_below(Step::key(name), object.items[i], *declared, is_metadata ? Asked::all : asked);
  }
}

void ValueWalk::check_required(const Node& object, const Node& schema) {
  const Node* required = list_of(schema, words_.required);
  if (required == nullptr || !steps_.spend(required->size)) return;
  for (const Node& one : required->as_list()) {
    const auto name = symbols_.find(one.as_string());
    if (name && object.find(*name) != nullptr) continue;
    fail(FieldProblemType::invalid_value, "lacks " + std::string(one.as_string()) + ", which its definition demands");
  }
}

void ValueWalk::check_enumeration(const Node& value, const Node& schema) {
  const Node* values = list_of(schema, words_.enumeration);
  if (values == nullptr || !steps_.spend(values->size)) return;
  if (std::ranges::any_of(values->as_list(), [&](const Node& one) { return equal(one, value); })) return;
  fail(FieldProblemType::invalid_value, "is none of the values that its definition lists");
}

}  // namespace kastell::custom

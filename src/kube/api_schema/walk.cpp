#include "kube/api_schema/walk.h"

#include <algorithm>

#include "kube/api_schema/texts.h"
#include "kube/schema/schema.h"

namespace kastell::kube::api_schema {

using document::Node;
using document::Step;

namespace {

const Node no_members = Node::make_empty_object();

}  // namespace

void Walk::check(const Node& value, std::uint16_t number) {
  const Type& type = tables_.types[number];
  if (value.is_null()) return;
  if (!suits(value, type.shape)) return report_wrong_type(value, type.shape);
  switch (type.shape) {
    case Shape::list: return check_list(value, type.first);
    case Shape::map: return check_map(value, type.first);
    case Shape::structure: return check_structure(value, type);
    case Shape::enumeration: return check_enumeration(value, type);
    default: return;
  }
}

void Walk::check_below(Step step, const Node& value, std::uint16_t type) {
  path_.push_back(step);
  check(value, type);
  path_.pop_back();
}

void Walk::check_list(const Node& list, std::uint16_t items) {
  for (std::uint32_t i = 0; i < list.size; ++i) {
    // Go's decoder makes an empty structure of an item that is null.
    const bool is_empty = list.items[i].is_null() && tables_.types[items].shape == Shape::structure;
    check_below(Step::index(i), is_empty ? no_members : list.items[i], items);
  }
}

void Walk::check_map(const Node& map, std::uint16_t values) {
  for (std::uint32_t i = 0; i < map.size; ++i) check_below(Step::key(map.member_keys()[i]), map.items[i], values);
}

void Walk::check_structure(const Node& object, const Type& type) {
  std::uint32_t demanded = 0;
  for (std::uint32_t i = 0; i < object.size; ++i) {
    const Symbol name = object.member_keys()[i];
    const Field* field = find_field(type, name);
    if (field == nullptr) {
      report_unknown(name, type);
      continue;
    }
    demanded += field->demanded && !object.items[i].is_null() ? 1 : 0;
    check_below(Step::key(name), object.items[i], field->type);
  }
  if (demanded < type.demanded) report_missing(object, type);
}

const Field* Walk::find_field(const Type& type, Symbol name) {
  const Word word = words_.of(tables_, symbols_, name);
  return word == WordsOfSymbols::none ? nullptr : api_schema::find_field(tables_, type, word, minor_);
}

void Walk::check_enumeration(const Node& value, const Type& type) {
  const std::string_view text = value.as_string();
  if (text.empty()) return;  // as good as not written
  const auto words = tables_.values.subspan(type.first, type.count);
  if (std::ranges::any_of(words, [&](Word word) { return tables_.word(word) == text; })) return;
  std::vector<std::string_view> known;
  for (const Word word : words) known.push_back(tables_.word(word));
  problems_.add(FieldProblemType::not_in_enumeration, path_, one_of(known) + suggestion(text, known));
}

// A name that another version knows is said so; else what it may be meant for.
void Walk::report_unknown(Symbol name, const Type& type) {
  path_.push_back(Step::key(name));
  std::string explanation = "no field of " + std::string(tables_.word(type.name));
  const std::string_view text = symbols_.text(name);
  std::vector<std::string_view> candidates;
  const Field* elsewhere = nullptr;
  for (const Field& field : problems_.is_full() ? std::span<const Field>{} : fields_of(type)) {
    if (is_active(field)) candidates.push_back(tables_.word(field.name));
    if (tables_.word(field.name) == text) elsewhere = &field;
  }
  if (elsewhere == nullptr) {
    explanation += suggestion(text, candidates);
  } else if (elsewhere->since > minor_) {
    explanation += " before Kubernetes 1." + std::to_string(elsewhere->since);
  } else {
    explanation += " since Kubernetes 1." + std::to_string(elsewhere->until + 1);
  }
  problems_.add(FieldProblemType::unknown_field, path_, explanation);
  path_.pop_back();
}

void Walk::report_missing(const Node& object, const Type& type) {
  for (const Field& field : fields_of(type)) {
    if (!field.demanded || !is_active(field)) continue;
    const Symbol name = symbols_.intern(tables_.word(field.name));
    const Node* value = object.find(name);
    if (value != nullptr && !value->is_null()) continue;
    path_.push_back(Step::key(name));
    problems_.add(FieldProblemType::missing_field, path_,
                  "demanded by " + std::string(tables_.word(type.name)) + " but missing");
    path_.pop_back();
  }
}

void Walk::report_wrong_type(const Node& value, Shape shape) {
  Arena scratch;
  problems_.add(FieldProblemType::wrong_type, path_, mismatch_text(shape_in_words(shape), &value, scratch));
}

}  // namespace kastell::kube::api_schema

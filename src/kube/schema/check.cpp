// Checking a value against the schema tables.

#include <algorithm>
#include <array>

#include "kube/schema/configuration_fields.h"
#include "kube/schema/object_fields.h"
#include "kube/schema/pod_fields.h"

namespace kastell::kube {

using document::Kind;
using document::Node;
using document::Step;

namespace {

template <std::size_t... sizes>
constexpr auto joined(const Field (&... tables)[sizes]) {
  std::array<Field, (sizes + ...)> all{};
  auto end = all.begin();
  ((end = std::copy_n(tables, sizes, end)), ...);
  return all;
}
constexpr auto fields = joined(pod_fields, object_fields, configuration_fields);

// Field numbers + 1 by schema and well-known symbol, so that a member costs one look-up.
using FieldIndex =
    std::array<std::array<std::uint16_t, symbols::well_known_count>, static_cast<std::size_t>(Schema::count)>;

constexpr FieldIndex make_index() {
  FieldIndex index{};
  std::uint16_t number = 0;
  for (const Field& field : fields) {
    index[static_cast<std::size_t>(field.owner)][static_cast<std::size_t>(field.name)] = ++number;
  }
  return index;
}
constexpr FieldIndex field_index = make_index();

const Field* find_field(Schema owner, Symbol name) {
  const auto at = static_cast<std::size_t>(name);
  if (at >= symbols::well_known_count) return nullptr;
  const std::uint16_t number = field_index[static_cast<std::size_t>(owner)][at];
  return number == 0 ? nullptr : &fields[number - 1];
}

class Check {
 public:
  explicit Check(SchemaReporter& reporter) : reporter_(reporter) {}

  void check(const Node& node, Schema schema) {
    switch (schema) {
      case Schema::any: return;
      case Schema::boolean: return expect(node, node.kind == Kind::boolean, "a boolean");
      case Schema::integer: return expect(node, node.kind == Kind::integer, "an integer");
      case Schema::string: return expect(node, node.is_string(), "a string");
      case Schema::quantity: return expect(node, is_quantity(node), "a quantity");
      case Schema::integer_or_string:
        return expect(node, node.is_string() || node.kind == Kind::integer, "an integer or a string");
      case Schema::string_map: return check_map(node, Schema::string);
      case Schema::quantity_map: return check_map(node, Schema::quantity);
      default: return check_object(node, schema);
    }
  }

 private:
  static bool is_quantity(const Node& node) {
    return node.is_string() || node.kind == Kind::integer || node.kind == Kind::floating;
  }

  void expect(const Node& node, bool suits, std::string_view expected) {
    if (!suits) reporter_.report({path_.data(), depth_}, expected, &node);
  }

  void check_map(const Node& node, Schema values) {
    if (!node.is_object()) return expect(node, false, "an object");
    for (std::uint32_t i = 0; i < node.size; ++i) check_below(Step::key(node.member_keys()[i]), node.items[i], values);
  }

  void check_object(const Node& node, Schema schema) {
    if (!node.is_object()) return expect(node, false, "an object");
    const auto keys = node.member_keys();
    for (std::uint32_t i = 0; i < node.size; ++i) {
      const Field* field = find_field(schema, keys[i]);
      // A field that is null is an absent one.
      if (field == nullptr || node.items[i].is_null()) continue;
      path_[depth_++] = Step::key(keys[i]);
      field->is_list ? check_items(node.items[i], field->schema) : check(node.items[i], field->schema);
      --depth_;
    }
  }

  void check_items(const Node& list, Schema schema) {
    if (!list.is_list()) return expect(list, false, "a list");
    for (std::uint32_t i = 0; i < list.size; ++i) check_below(Step::index(i), list.items[i], schema);
  }

  void check_below(const Step& step, const Node& node, Schema schema) {
    path_[depth_++] = step;
    check(node, schema);
    --depth_;
  }

  SchemaReporter& reporter_;
  std::array<Step, 16> path_;  // the tables nest less deeply
  std::size_t depth_ = 0;
};

std::string_view kind_in_words(const Node* node) {
  if (node == nullptr) return "nothing";
  switch (node->kind) {
    case Kind::null: return "null";
    case Kind::boolean: return "a boolean";
    case Kind::integer: return "an integer";
    case Kind::floating: return "a number with a fraction";
    case Kind::string: return "a string";
    case Kind::list: return "a list";
    default: return "an object";
  }
}

}  // namespace

void check_schema(const Node& node, Schema schema, SchemaReporter& reporter) {
  Check(reporter).check(node, schema);
}

std::string_view mismatch_text(std::string_view expected, const Node* found, Arena& arena) {
  constexpr std::string_view parts[] = {"expected ", ", found "};
  const std::string_view kind = kind_in_words(found);
  char* text = arena.allocate_array<char>(parts[0].size() + expected.size() + parts[1].size() + kind.size());
  char* end = text;
  for (const std::string_view part : {parts[0], expected, parts[1], kind}) end = std::ranges::copy(part, end).out;
  return {text, static_cast<std::size_t>(end - text)};
}

}  // namespace kastell::kube

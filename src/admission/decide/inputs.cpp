#include "admission/decide/inputs.h"

#include <algorithm>
#include <array>
#include <vector>

#include "admission/read/fields.h"
#include "cel/admission_variables.h"
#include "cel/kubernetes_libraries.h"

namespace kastell::admission {

using cel::Value;
using document::Member;
using document::Node;

namespace {

Value text(std::string_view value) {
  return cel::make_string(value);
}

class ObjectWriter {
 public:
  explicit ObjectWriter(Arena& arena) : arena_(arena) {}

  // At most `most_members`.
  void add(Symbol key, const Value& value) { members_[size_++] = {key, value}; }
  Value finish() const { return document::make_object(arena_, std::span(members_).first(size_), false); }

 private:
  Arena& arena_;
  static constexpr std::size_t most_members = 12;
  std::array<Member, most_members> members_;
  std::size_t size_ = 0;
};

Value write_kind(const GroupVersionKind& kind, Arena& arena) {
  ObjectWriter writer(arena);
  writer.add(symbols::group, text(kind.group));
  writer.add(symbols::version, text(kind.version));
  writer.add(symbols::kind, text(kind.kind));
  return writer.finish();
}

Value write_resource(const GroupVersionResource& resource, Arena& arena) {
  ObjectWriter writer(arena);
  writer.add(symbols::group, text(resource.group));
  writer.add(symbols::version, text(resource.version));
  writer.add(symbols::resource, text(resource.resource));
  return writer.finish();
}

// Fields of Kubernetes' own types that are Go maps and not structs.
constexpr std::array<std::string_view, 14> map_fields{
    "annotations", "binaryData",   "capacity", "data",       "hard",     "labels",     "limits",
    "matchLabels", "nodeSelector", "overhead", "parameters", "requests", "stringData", "volumeAttributes"};
static_assert(std::ranges::is_sorted(map_fields));

// The same value with every object and list marked as what Go holds there.
class Reflector {
 public:
  Reflector(Arena& arena, const SymbolTable& symbols) : arena_(arena), symbols_(symbols) {}

  Value reflect(const Node& node, bool is_map, unsigned depth) const {
    if (depth == 0 || (!node.is_list() && !node.is_object())) return node;
    if (node.is_list()) {
      std::vector<Value> items;
      for (const Node& item : node.as_list()) items.push_back(reflect(item, false, depth - 1));
      return cel::reflected(cel::make_list(arena_, items), cel::Reflection::collection);
    }
    std::vector<Member> members;
    for (std::size_t i = 0; i < node.size; ++i) {
      const Symbol key = node.member_keys()[i];
      const bool is_map_field = std::ranges::binary_search(map_fields, symbols_.text(key));
      members.push_back({key, reflect(node.member_values()[i], is_map_field, depth - 1)});
    }
    return cel::reflected(document::make_object(arena_, members, false),
                          is_map ? cel::Reflection::collection : cel::Reflection::structure);
  }

 private:
  Arena& arena_;
  const SymbolTable& symbols_;
};

constexpr unsigned deepest_object = 1000;

}  // namespace

Node in_version(const Node& object, const GroupVersionKind& kind, Arena& arena, const SymbolTable& symbols) {
  std::string api_version(kind.group);
  api_version.append(kind.group.empty() ? "" : "/").append(kind.version);
  std::vector<Member> members;
  for (std::size_t i = 0; i < object.size; ++i) {
    const Symbol key = object.member_keys()[i];
    const bool is_version = symbols.text(key) == "apiVersion";
    members.push_back({key, is_version ? text(arena.copy(api_version)) : object.member_values()[i]});
  }
  return document::make_object(arena, members, false);
}

Result<Inputs> InputBuilder::build(const GroupVersionResource& resource, const GroupVersionKind& kind,
                                   bool reflected) const {
  auto request = cel::make_request(arena_, symbols_, request_value(resource, kind));
  if (!request) return std::unexpected(request.error());
  Inputs inputs;
  inputs.object = object_value(request_.object, kind, reflected);
  inputs.old_object = object_value(request_.old_object, kind, reflected);
  inputs.request = *request;
  inputs.authorizer = cel::make_authorizer(arena_);
  inputs.request_resource = cel::make_resource_check(arena_, {.group = request_.resource.group,
                                                              .resource = request_.resource.resource,
                                                              .subresource = request_.subresource,
                                                              .name_space = request_.name_space,
                                                              .name = request_.name});
  return inputs;
}

Value InputBuilder::request_value(const GroupVersionResource& resource, const GroupVersionKind& kind) const {
  const Fields given(request_.fields, symbols_);
  ObjectWriter writer(arena_);
  writer.add(symbols::kind, write_kind(kind, arena_));
  writer.add(symbols::resource, write_resource(resource, arena_));
  writer.add(symbols::subResource, text(request_.subresource));
  writer.add(symbols::requestKind, write_kind(request_.kind, arena_));
  writer.add(symbols::requestResource, write_resource(request_.resource, arena_));
  writer.add(symbols::requestSubResource, text(request_.subresource));
  writer.add(symbols::name, text(request_.name));
  writer.add(symbols::namespace_, text(request_.name_space));
  writer.add(symbols::operation, text(request_.operation));
  if (const Node* user = given.find("userInfo")) writer.add(symbols::userInfo, *user);
  writer.add(symbols::dryRun, cel::make_bool(request_.dry_run));
  if (const Node* options = given.find("options")) writer.add(symbols::options, *options);
  return writer.finish();
}

Value InputBuilder::object_value(const Node& object, const GroupVersionKind& kind, bool reflected) const {
  if (!object.is_object()) return cel::make_null();
  Value value = reflected ? document::without_null_members(object, arena_) : object;
  if (kind != request_.kind) value = in_version(value, kind, arena_, symbols_);
  return reflected ? Reflector(arena_, symbols_).reflect(value, false, deepest_object) : value;
}

}  // namespace kastell::admission

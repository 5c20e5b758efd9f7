#include "snapshot/object_reader.h"

#include <algorithm>
#include <optional>
#include <utility>

namespace kastell::snapshot {

using document::Kind;
using document::Node;
using document::Step;

namespace {

std::string_view text_of(const Node& object, Symbol key) {
  const Node* member = object.find(key);
  return member == nullptr ? std::string_view{} : member->as_string();
}

std::string_view api_version_of(const Node& node) {
  return text_of(node, symbols::apiVersion);
}
std::string_view kind_of(const Node& node) {
  return text_of(node, symbols::kind);
}

bool is_kubernetes_object(const Node& node) {
  return node.is_object() && !api_version_of(node).empty() && !kind_of(node).empty();
}

// "Pod" for "PodList"; empty for "List" itself.
std::string_view item_kind(std::string_view list_kind) {
  return list_kind.substr(0, list_kind.size() - std::string_view("List").size());
}

// `kind: List` in any case, and a kind like PodList when it has items: a custom resource may well be
// called AllowList.
bool is_list_kind(const Node& object, std::string_view kind) {
  if (!kind.ends_with("List")) return false;
  const Node* items = object.find(symbols::items);
  return kind == "List" || (items != nullptr && (items->is_list() || items->is_null()));
}

std::uint32_t offset_of(const Node& parent, std::size_t at, std::uint32_t fallback) {
  const auto offsets = parent.value_offsets();
  return at < offsets.size() ? offsets[at] : fallback;
}

const char* describe(const Node& node) {
  switch (node.kind) {
    case Kind::null: return "null";
    case Kind::boolean: return "a boolean";
    case Kind::integer:
    case Kind::floating: return "a number";
    case Kind::string: return "a text";
    case Kind::list: return node.size == 0 ? "an empty list" : "a list without Kubernetes objects";
    default: return node.size == 0 ? "an empty object" : "an object with neither apiVersion nor kind";
  }
}

}  // namespace

void name_object(Object& object) {
  object.api_version = api_version_of(object.root);
  object.kind = kind_of(object.root);
  if (const Node* metadata = object.root.find(symbols::metadata)) {
    object.name_space = text_of(*metadata, symbols::namespace_);
    object.name = text_of(*metadata, symbols::name);
    if (object.name.empty()) object.name = text_of(*metadata, symbols::generateName);
  }
}

void ObjectReader::read(const document::Document& document) {
  prefix_.clear();
  read_value({.node = &document.root, .offset = document.offset, .depth = 0});
}

void ObjectReader::report(const Candidate& candidate, CoverageStatus status, std::string reason) {
  troubles_.push_back({source_.name(), status, std::move(reason), source_.place_of(candidate.offset)});
}

void ObjectReader::read_value(const Candidate& candidate) {
  const Node& node = *candidate.node;
  if (node.is_object() && (!api_version_of(node).empty() || !kind_of(node).empty() || !candidate.kind.empty())) {
    return read_object(candidate);
  }
  const bool holds_objects = (node.is_list() && std::ranges::any_of(node.as_list(), is_kubernetes_object)) ||
                             (node.is_object() && std::ranges::any_of(node.member_values(), is_kubernetes_object));
  if (holds_objects && !candidate.meant_as_object) return read_collection(candidate);
  report(candidate, candidate.meant_as_object ? CoverageStatus::partial : CoverageStatus::skipped,
         std::string("not a Kubernetes object: ") + describe(node));
}

void ObjectReader::read_object(const Candidate& candidate) {
  const Node& node = *candidate.node;
  const bool has_api_version = !api_version_of(node).empty() || !candidate.api_version.empty();
  const bool has_kind = !kind_of(node).empty() || !candidate.kind.empty();
  if (!has_api_version) {
    return report(candidate, CoverageStatus::partial, "kind " + std::string(kind_of(node)) + " without an apiVersion");
  }
  if (!has_kind) {
    return report(candidate, CoverageStatus::partial,
                  "apiVersion " + std::string(api_version_of(node)) + " without a kind");
  }
  if (is_list_kind(node, kind_of(node))) return read_list_kind(candidate, kind_of(node));
  const bool inherits = api_version_of(node).empty() || kind_of(node).empty();
  add_object(candidate, inherits ? with_inherited(candidate) : node);
}

void ObjectReader::read_list_kind(const Candidate& list, std::string_view kind) {
  const Node* items = list.node->find(symbols::items);
  if (items == nullptr || items->is_null()) return;
  if (!items->is_list()) return report(list, CoverageStatus::partial, "the items of a List are not a list");
  if (list.depth == SnapshotBuilder::deepest_list) {
    return report(list, CoverageStatus::partial,
                  "Lists nested deeper than the limit of " + std::to_string(SnapshotBuilder::deepest_list));
  }
  Candidate sample{.node = nullptr, .offset = list.offset, .depth = list.depth + 1, .meant_as_object = true};
  if (const std::string_view inherited = item_kind(kind); !inherited.empty()) {
    sample.kind = inherited;
    sample.api_version = api_version_of(*list.node);
  }
  prefix_.push_back(Step::key(symbols::items));
  read_items(*items, sample);
  prefix_.pop_back();
}

void ObjectReader::read_collection(const Candidate& collection) {
  const Candidate sample{.node = nullptr, .offset = collection.offset, .depth = collection.depth + 1};
  const Node& node = *collection.node;
  if (node.is_list()) return read_items(node, sample);
  for (std::size_t i = 0; i < node.size; ++i) {
    Candidate member = sample;
    member.node = &node.member_values()[i];
    member.offset = offset_of(node, i, collection.offset);
    prefix_.push_back(Step::key(node.member_keys()[i]));
    // One level only: what is not an object here is a stranger, even if it holds objects.
    member.node->is_object() ? read_value(member) : report(member, CoverageStatus::skipped, describe(*member.node));
    prefix_.pop_back();
  }
}

void ObjectReader::read_items(const Node& list, const Candidate& sample) {
  for (std::size_t i = 0; i < list.size; ++i) {
    Candidate item = sample;
    item.node = &list.as_list()[i];
    item.offset = offset_of(list, i, sample.offset);
    prefix_.push_back(Step::index(static_cast<std::uint32_t>(i)));
    read_value(item);
    prefix_.pop_back();
  }
}

Node ObjectReader::with_inherited(const Candidate& candidate) {
  const Node& written = *candidate.node;
  std::vector<document::Member> members;
  const auto add = [&](Symbol key, std::string_view text) {
    if (text_of(written, key).empty()) {
      members.push_back({key, Node::make_string(text), candidate.offset, candidate.offset});
    }
  };
  add(symbols::apiVersion, candidate.api_version);
  add(symbols::kind, candidate.kind);
  const auto keys = written.member_keys();
  for (std::size_t i = 0; i < keys.size(); ++i) {
    if (std::ranges::any_of(members, [&](const auto& member) { return member.key == keys[i]; })) continue;
    const auto key_offsets = written.key_offsets();
    members.push_back({keys[i], written.member_values()[i], key_offsets.empty() ? candidate.offset : key_offsets[i],
                       offset_of(written, i, candidate.offset)});
  }
  return make_object(arena_, members, true);
}

void ObjectReader::add_object(const Candidate& candidate, const Node& written) {
  // `field: null` is no field to Kubernetes, and must not be one to has() in a control either.
  Object object;
  object.root = without_null_members(written, arena_);
  object.had_nulls = object.root.items != written.items;
  name_object(object);
  object.offset = candidate.offset;
  object.prefix = prefix_;
  objects_.push_back(std::move(object));
}

}  // namespace kastell::snapshot

#include "collect/cluster/compact.h"

#include <algorithm>
#include <functional>

namespace kastell::collect {

using document::Member;
using document::Node;

namespace {

constexpr std::size_t longest_shared_text = 128;

// Only ever the few that were put in front.
bool holds(std::span<const Member> members, Symbol key) {
  return std::ranges::any_of(members.first(std::min<std::size_t>(members.size(), 2)),
                             [key](const Member& member) { return member.key == key; });
}

}  // namespace

// Items of typed lists leave out what they are, metadata-only ones say what they are now.
Node Compactor::object(const Node& item, std::string_view api_version, std::string_view kind) {
  const Node* said = item.find(symbols::kind);
  if (said != nullptr && said->as_string() != "PartialObjectMetadata") return copy_object(item, {}, false);
  std::vector<Member> members = {{symbols::apiVersion, Node::make_string(text(api_version))},
                                 {symbols::kind, Node::make_string(text(kind))}};
  return copy_object(item, std::move(members), false);
}

// As deep as a parser goes (document::ParseLimits::depth).
Node Compactor::copy(const Node& node) {
  switch (node.kind) {
    case document::Kind::string: return Node::make_string(text(node.as_string()));
    case document::Kind::list: return copy_list(node);
    case document::Kind::object: return copy_object(node, {}, false);
    default: return node;
  }
}

Node Compactor::copy_object(const Node& node, std::vector<Member> members, bool is_metadata) {
  const auto keys = node.member_keys();
  members.reserve(members.size() + keys.size());
  for (std::size_t i = 0; i < keys.size(); ++i) {
    const Node& value = node.member_values()[i];
    if (value.is_null() || (is_metadata && keys[i] == managed_fields_) || holds(members, keys[i])) continue;
    const bool metadata = keys[i] == symbols::metadata && value.is_object();
    members.push_back({keys[i], metadata ? copy_object(value, {}, true) : copy(value)});
  }
  return make_object(arena_, members, false);
}

Node Compactor::copy_list(const Node& node) {
  std::vector<Node> items;
  items.reserve(node.size);
  for (const Node& item : node.as_list()) items.push_back(copy(item));
  return make_list(arena_, items);
}

std::string_view Compactor::text(std::string_view text) {
  if (text.size() > longest_shared_text) return arena_.copy(text);
  std::string_view& cached = texts_[std::hash<std::string_view>()(text) % cache_size];
  if (cached != text || cached.data() == nullptr) cached = arena_.copy(text);
  return cached;
}

}  // namespace kastell::collect

#include "custom/values/defaults.h"

#include <vector>

namespace kastell::custom {

using document::Member;
using document::Node;

namespace {

class Filler {
 public:
  Filler(const Keywords& words, Steps& steps, Arena& arena) : words_(words), steps_(steps), arena_(arena) {}

  Node fill(const Node& value, const Node& schema) {
    if (!schema.is_object() || !steps_.spend(1)) return value;
    if (value.is_list()) return fill_list(value, schema);
    return value.is_object() ? fill_object(value, schema) : value;
  }

 private:
  Node fill_list(const Node& list, const Node& schema) {
    const Node* items = schema.find(words_.items);
    if (items == nullptr) return list;
    std::vector<Node> filled;
    bool is_changed = false;
    for (const Node& item : list.as_list()) {
      filled.push_back(fill(item, *items));
      is_changed = is_changed || is_other(filled.back(), item);
    }
    return is_changed ? make_list(arena_, std::span<const Node>(filled)) : list;
  }

  Node fill_object(const Node& object, const Node& schema) {
    const Node* properties = schema.find(words_.properties);
    const Node* others = schema.find(words_.additional_properties);
    std::vector<Member> members;
    bool is_changed = false;
    for (std::uint32_t i = 0; i < object.size; ++i) {
      const Symbol name = object.member_keys()[i];
      const Node* declared = properties == nullptr ? nullptr : properties->find(name);
      if (declared == nullptr) declared = others;
      members.push_back({name, declared == nullptr ? object.items[i] : fill(object.items[i], *declared)});
      is_changed = is_changed || is_other(members.back().value, object.items[i]);
    }
    is_changed = (properties != nullptr && add_missing(object, *properties, members)) || is_changed;
    return is_changed ? make_object(arena_, members, false) : object;
  }

  bool add_missing(const Node& object, const Node& properties, std::vector<Member>& members) {
    const std::size_t before = members.size();
    for (std::uint32_t i = 0; i < properties.size && properties.is_object() && steps_.spend(1); ++i) {
      const Symbol name = properties.member_keys()[i];
      const Node* standard = properties.items[i].find(words_.standard);
      if (standard == nullptr || standard->is_null() || object.find(name) != nullptr) continue;
      members.push_back({name, fill(*standard, properties.items[i])});
    }
    return members.size() != before;
  }

  // Values without parts are never changed.
  static bool is_other(const Node& filled, const Node& value) {
    return (value.is_list() || value.is_object()) && filled.items != value.items;
  }

  const Keywords& words_;
  Steps& steps_;
  Arena& arena_;
};

}  // namespace

Node with_defaults(const Node& value, const Node& schema, const Keywords& words, Steps& steps, Arena& arena) {
  return Filler(words, steps, arena).fill(value, schema);
}

}  // namespace kastell::custom

#include "custom/values/prune.h"

#include <vector>

namespace kastell::custom {

using document::Member;
using document::Node;

namespace {

class Pruner {
 public:
  Pruner(const Keywords& words, Steps& steps, Arena& arena) : words_(words), steps_(steps), arena_(arena) {}

  // Without a schema nothing is known.
  Node prune(const Node& value, const Node* schema, bool is_resource) {
    if (!steps_.spend(1)) return value;
    if (value.is_list()) return prune_list(value, schema);
    return value.is_object() ? prune_object(value, schema, is_resource) : value;
  }

 private:
  Node prune_list(const Node& list, const Node* schema) {
    const Node* items = schema == nullptr ? nullptr : object_in(*schema, words_.items);
    if (items == nullptr && schema != nullptr && is_true(*schema, words_.keeps_unknown_fields)) return list;
    std::vector<Node> kept;
    for (const Node& item : list.as_list()) kept.push_back(prune(item, items, false));
    return make_list(arena_, std::span<const Node>(kept));
  }

  Node prune_object(const Node& object, const Node* schema, bool is_resource) {
    if (schema == nullptr) return Node::make_empty_object();
    const bool keeps_all = is_true(*schema, words_.keeps_unknown_fields);
    const bool is_whole = is_resource || is_true(*schema, words_.embedded_resource);
    std::vector<Member> kept;
    for (std::uint32_t i = 0; i < object.size; ++i) {
      const Symbol name = object.member_keys()[i];
      const Node& value = object.items[i];
      const bool is_of_all =
          is_whole && (name == words_.api_version || name == symbols::kind || name == symbols::metadata);
      if (is_of_all) {
        kept.push_back({name, value});
      } else if (const Node* declared = declared_member(*schema, name); declared != nullptr) {
        kept.push_back({name, prune(value, declared->is_object() ? declared : nullptr, false)});
      } else if (keeps_all) {
        kept.push_back({name, value});
      }
    }
    return make_object(arena_, kept, false);
  }

  // The schema of a member, which may be "true"; null if there is none.
  const Node* declared_member(const Node& schema, Symbol name) const {
    const Node* properties = object_in(schema, words_.properties);
    const Node* property = properties == nullptr ? nullptr : properties->find(name);
    if (property != nullptr) return property;
    const Node* others = schema.find(words_.additional_properties);
    const bool is_refused = others != nullptr && others->kind == document::Kind::boolean && !others->boolean;
    return is_refused ? nullptr : others;
  }

  static const Node* object_in(const Node& schema, Symbol word) {
    const Node* found = schema.find(word);
    return found != nullptr && found->is_object() ? found : nullptr;
  }

  const Keywords& words_;
  Steps& steps_;
  Arena& arena_;
};

}  // namespace

Node pruned(const Node& resource, const Node& schema, const Keywords& words, Steps& steps, Arena& arena) {
  return Pruner(words, steps, arena).prune(resource, &schema, true);
}

}  // namespace kastell::custom

#include "admission/plugins/plugin.h"

namespace kastell::admission {

using document::Node;
using document::Structure;

namespace {

constexpr std::string_view fields[] = {"priorityClassName", "priority", "preemptionPolicy"};

void keep(Structure& spec, const Node& old) {
  const Node* before = old.find(symbols::spec);
  if (before == nullptr) return;
  for (const std::string_view field : fields) {
    const Node* known = before->find(spec.symbols().intern(field));
    if (known != nullptr && !spec.has(field)) spec.set(field, *known);
  }
}

}  // namespace

// What the Pod says itself stays, where it would be refused unless it is the same.
Result<void> priority(PluginCall& call) {
  Structure& spec = call.draft.spec;
  SymbolTable& symbols = call.draft.symbols();
  if (call.old != nullptr) return keep(spec, *call.old), Result<void>{};
  const std::string_view named = spec.text("priorityClassName");
  const Node* found = named.empty() ? call.cluster.default_priority_class() : call.cluster.priority_class(named);
  if (!named.empty() && found == nullptr) return {};
  const Node* name = found == nullptr ? nullptr : find_below(*found, symbols::metadata, symbols::name);
  if (name != nullptr && named.empty()) spec.set("priorityClassName", *name);
  const Node* value = found == nullptr ? nullptr : found->find(symbols::value);
  if (!spec.has("priority")) spec.set("priority", value == nullptr ? Node::make_integer(0) : *value);
  if (spec.has("preemptionPolicy")) return {};
  const Node* policy = found == nullptr ? nullptr : found->find(symbols.intern("preemptionPolicy"));
  if (policy != nullptr) spec.set("preemptionPolicy", *policy);
  if (found == nullptr) spec.set("preemptionPolicy", Node::make_string("PreemptLowerPriority"));
  return {};
}

}  // namespace kastell::admission

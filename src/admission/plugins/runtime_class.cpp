#include "admission/plugins/plugin.h"

namespace kastell::admission {

using document::Member;
using document::Node;
using document::Structure;

namespace {

struct Toleration {
  std::string_view key, operation, value, effect;
  std::optional<std::int64_t> seconds;
  const Node* node;

  bool is_same(const Toleration& other) const {
    return key == other.key && operation == other.operation && value == other.value && effect == other.effect &&
           seconds == other.seconds;
  }
};

Toleration read(const Node& node, SymbolTable& symbols) {
  const auto text = [&](std::string_view name) { return text_of(node, symbols.intern(name)); };
  const Node* seconds = node.find(symbols.intern("tolerationSeconds"));
  return {text("key"),
          text("operator"),
          text("value"),
          text("effect"),
          seconds == nullptr ? std::optional<std::int64_t>{} : seconds->integer,
          &node};
}

// Whether the first tolerates all that the second does (pkg/util/tolerations).
bool covers(const Toleration& all, const Toleration& one) {
  if (all.is_same(one)) return true;
  if (all.key != one.key && !(all.key.empty() && all.operation == "Exists")) return false;
  if (all.effect != one.effect && !all.effect.empty()) return false;
  const bool is_limited = all.effect == "NoExecute" && all.seconds;
  if (is_limited && (!one.seconds || *one.seconds > *all.seconds)) return false;
  if (all.operation == "Exists") return true;
  const bool is_equal = all.operation.empty() || all.operation == "Equal";
  return is_equal && one.operation == "Equal" && one.value == all.value;
}

std::vector<Node> merged(std::span<const Node> of_pod, std::span<const Node> of_class, SymbolTable& symbols) {
  std::vector<Toleration> all, kept;
  for (const auto list : {of_pod, of_class}) {
    for (const Node& node : list) all.push_back(read(node, symbols));
  }
  for (std::size_t i = 0; i < all.size(); ++i) {
    const Toleration& one = all[i];
    const auto before = [&](const Toleration& other) { return covers(other, one); };
    const auto later = [&](const Toleration& other) { return !other.is_same(one) && covers(other, one); };
    if (std::ranges::any_of(kept, before) ||
        std::any_of(all.begin() + static_cast<std::ptrdiff_t>(i) + 1, all.end(), later))
      continue;
    kept.push_back(one);
  }
  std::vector<Node> nodes;
  for (const Toleration& one : kept) nodes.push_back(*one.node);
  return nodes;
}

// Where both say something else the Pod would be refused, and keeps what it says.
void select_nodes(Structure& spec, const Node& selector) {
  const Symbol name = spec.symbols().intern("nodeSelector");
  Structure chosen = spec.below("nodeSelector");
  chosen.add_missing(Structure(selector, spec.symbols(), spec.arena()));
  if (!chosen.members().empty()) spec.set(name, chosen.node());
}

Result<void> schedule(Structure& spec, const Node& scheduling) {
  SymbolTable& symbols = spec.symbols();
  if (const Node* selector = scheduling.find(symbols.intern("nodeSelector"))) select_nodes(spec, *selector);
  const Symbol tolerations = symbols.intern("tolerations");
  const Node* of_class = scheduling.find(tolerations);
  const auto added = of_class == nullptr ? std::span<const Node>{} : of_class->as_list();
  const auto own = items_of(spec, tolerations);
  if (own.size() + added.size() > most_merged_tolerations) {
    return failure(ErrorCode::limit,
                   "spec.tolerations: with those of the RuntimeClass more than the limit most_merged_tolerations");
  }
  const std::vector<Node> all = merged(own, added, symbols);
  if (!all.empty()) spec.set(tolerations, document::make_list(spec.arena(), all));
  return {};
}

}  // namespace

Result<void> runtime_class(PluginCall& call) {
  Structure& spec = call.draft.spec;
  SymbolTable& symbols = call.draft.symbols();
  const std::string_view name = spec.text("runtimeClassName");
  const Node* found = name.empty() ? nullptr : call.cluster.runtime_class(name);
  if (found == nullptr) return {};
  const Symbol overhead = symbols.intern("overhead");
  const Node* fixed = find_below(*found, overhead, symbols.intern("podFixed"));
  if (fixed != nullptr && !spec.has("overhead")) spec.set(overhead, *fixed);
  const Node* scheduling = found->find(symbols.intern("scheduling"));
  return scheduling == nullptr ? Result<void>{} : schedule(spec, *scheduling);
}

}  // namespace kastell::admission

#include "admission/plugins/plugin.h"

namespace kastell::admission {

using document::Node;

namespace {

// Whether one of them is for the same taint, for however long.
bool tolerates(std::span<const Node> tolerations, const Node& wanted, SymbolTable& symbols) {
  const Symbol key = symbols.intern("key"), effect = symbols.intern("effect");
  const auto covers = [&](const Node& toleration, Symbol field) {
    const std::string_view text = text_of(toleration, field);
    return text.empty() || text == text_of(wanted, field);
  };
  return std::ranges::any_of(tolerations, [&](const Node& one) { return covers(one, key) && covers(one, effect); });
}

}  // namespace

Result<void> default_toleration_seconds(PluginCall& call) {
  document::Structure& spec = call.draft.spec;
  const Symbol list = call.draft.symbols().intern("tolerations");
  const Additions& additions = call.cluster.additions();
  for (const Node* wanted : {&additions.not_ready_toleration(), &additions.unreachable_toleration()}) {
    if (!tolerates(items_of(spec, list), *wanted, call.draft.symbols())) append_item(spec, list, *wanted);
  }
  return {};
}

}  // namespace kastell::admission

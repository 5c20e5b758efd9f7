// Classes that are the default where an object names none.
#include "admission/plugins/plugin.h"

namespace kastell::admission {

using document::Node;

namespace {

void give(PluginCall& call, std::string_view field, std::string_view by_default) {
  const Symbol name = call.draft.symbols().intern(field);
  if (call.old == nullptr) {
    if (!by_default.empty()) call.draft.spec.set(name, Node::make_string(by_default));
    return;
  }
  const Node* before = find_below(*call.old, symbols::spec, name);
  if (before != nullptr) call.draft.spec.set(name, *before);
}

}  // namespace

Result<void> default_storage_class(PluginCall& call) {
  constexpr std::string_view field = "storageClassName";
  const bool is_named =
      call.draft.spec.has(field) || call.draft.annotation("volume.beta.kubernetes.io/storage-class") != nullptr;
  if (!is_named) give(call, field, call.cluster.default_storage_class());
  return {};
}

Result<void> default_ingress_class(PluginCall& call) {
  constexpr std::string_view field = "ingressClassName";
  const bool is_named = call.draft.spec.has(field) || call.draft.annotation("kubernetes.io/ingress.class") != nullptr;
  if (!is_named) give(call, field, call.cluster.default_ingress_class());
  return {};
}

}  // namespace kastell::admission

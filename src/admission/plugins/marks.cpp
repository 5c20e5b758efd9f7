// What says of a new object that something must happen before it is used, or gone.
#include "admission/plugins/plugin.h"

namespace kastell::admission {

using document::Node;

namespace {

// An update keeps a mark that is still there, and does not set it again.
bool is_marked(const Node* list, const auto& is_mark) {
  return list != nullptr && std::ranges::any_of(list->as_list(), is_mark);
}

std::string_view finalizer_of(std::string_view kind) {
  if (kind == "PersistentVolume") return "kubernetes.io/pv-protection";
  return kind == "PersistentVolumeClaim" ? "kubernetes.io/pvc-protection" : "kubernetes.io/vac-protection";
}

}  // namespace

Result<void> taint_nodes_by_condition(PluginCall& call) {
  const Node& taint = call.cluster.additions().not_ready_taint();
  const Symbol list = call.draft.symbols().intern("taints");
  const Symbol key = call.draft.symbols().intern("key"), effect = call.draft.symbols().intern("effect");
  const auto is_it = [&](const Node& one) {
    return text_of(one, key) == text_of(taint, key) && text_of(one, effect) == text_of(taint, effect);
  };
  if (call.old != nullptr && !is_marked(find_below(*call.old, symbols::spec, list), is_it)) return {};
  if (!is_marked(call.draft.spec.find(list), is_it)) append_item(call.draft.spec, list, taint);
  return {};
}

Result<void> storage_object_in_use_protection(PluginCall& call) {
  const std::string_view finalizer = finalizer_of(call.kind);
  const auto is_it = [&](const Node& one) { return one.as_string() == finalizer; };
  if (call.old != nullptr && !is_marked(find_below(*call.old, symbols::metadata, symbols::finalizers), is_it))
    return {};
  Draft& object = call.draft;
  if (is_marked(object.metadata.find(symbols::finalizers), is_it)) return {};
  append_item(object.metadata, symbols::finalizers, Node::make_string(finalizer));
  return {};
}

}  // namespace kastell::admission

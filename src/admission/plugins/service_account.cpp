#include "admission/plugins/plugin.h"

namespace kastell::admission {

using document::Node;
using document::Structure;

namespace {

constexpr std::string_view volume_prefix = "kube-api-access-";

bool is_automounted(const Structure& spec, const Node* account) {
  constexpr std::string_view field = "automountServiceAccountToken";
  if (const Node* own = spec.find(field)) return own->boolean;
  const Node* of_account = account == nullptr ? nullptr : account->find(spec.symbols().intern(field));
  return of_account == nullptr || of_account->boolean;
}

// The first volume with a name such as an API server gives it; empty if there is none.
std::string_view token_volume_of(std::span<const Node> volumes) {
  for (const Node& volume : volumes) {
    const std::string_view name = text_of(volume, symbols::name);
    if (name.starts_with(volume_prefix)) return name;
  }
  return {};
}

// Whether any container was without a mount at the place.
bool mount_in(Structure& spec, std::string_view list, const Node& mount) {
  bool has_mounted = false;
  const Symbol path = spec.symbols().intern("mountPath");
  change_items(spec, list, [&](Structure& container) {
    for (const Node& known : items_of(container, symbols::volumeMounts)) {
      if (text_of(known, path) == text_of(mount, path)) return;
    }
    append_item(container, symbols::volumeMounts, mount);
    has_mounted = true;
  });
  return has_mounted;
}

Node named(const Node& object, std::string_view name, Arena& arena) {
  return name.empty() ? object : with_member(object, symbols::name, Node::make_string(name), arena);
}

// The volume of an update has the name that it was given at first.
std::string_view token_volume_of(const Node* old) {
  const Node* volumes = old == nullptr ? nullptr : find_below(*old, symbols::spec, symbols::volumes);
  return token_volume_of(volumes == nullptr ? std::span<const Node>{} : volumes->as_list());
}

void mount_token(PluginCall& call) {
  Structure& spec = call.draft.spec;
  const Additions& additions = call.cluster.additions();
  const std::string_view own = token_volume_of(items_of(spec, symbols::volumes));
  const std::string_view name = own.empty() ? token_volume_of(call.old) : own;
  const Node mount = named(additions.token_mount(), name, call.draft.arena());
  const bool in_init = mount_in(spec, "initContainers", mount), in_others = mount_in(spec, "containers", mount);
  if (!own.empty() || !(in_init || in_others)) return;
  append_item(spec, symbols::volumes, named(additions.token_volume(), name, call.draft.arena()));
}

}  // namespace

// A mirror pod stays as the kubelet made it.
Result<void> service_account(PluginCall& call) {
  Draft& pod = call.draft;
  if (pod.annotation("kubernetes.io/config.mirror") != nullptr) return {};
  if (pod.spec.text("serviceAccountName").empty()) {
    pod.spec.set("serviceAccountName", Node::make_string("default"));
    pod.spec.set("serviceAccount", Node::make_string("default"));
  }
  const Node* account = call.cluster.service_account(call.name_space, pod.spec.text("serviceAccountName"));
  if (is_automounted(pod.spec, account)) mount_token(call);
  const Symbol secrets = pod.symbols().intern("imagePullSecrets");
  const Node* of_account = account == nullptr ? nullptr : account->find(secrets);
  if (of_account != nullptr && items_of(pod.spec, secrets).empty()) pod.spec.set(secrets, *of_account);
  return {};
}

}  // namespace kastell::admission

#include "policy/facts/missing_references.h"

#include <algorithm>
#include <array>
#include <vector>

#include "policy/facts/members.h"

namespace kastell::policy {

using document::Member;
using document::Node;
using snapshot::Object;

namespace {

// The lists of of_pod, and what kind each is about.
enum List : std::size_t { config_maps, secrets, service_accounts, claims, runtime_classes, priority_classes };
constexpr std::size_t list_count = 6;

struct Target {
  std::string_view group, kind;
  bool namespaced = true;
};
constexpr std::array<Target, list_count> targets{{{"", "ConfigMap"},
                                                  {"", "Secret"},
                                                  {"", "ServiceAccount"},
                                                  {"", "PersistentVolumeClaim"},
                                                  {"node.k8s.io", "RuntimeClass", false},
                                                  {"scheduling.k8s.io", "PriorityClass", false}}};

// What every namespace or cluster has without anybody writing it.
bool is_given(std::size_t list, std::string_view name) {
  if (list == config_maps) return name == "kube-root-ca.crt";
  if (list == service_accounts) return name == "default";
  if (list == priority_classes) return name.starts_with("system-");
  return false;
}

// Kinds whose controllers make a Secret, and the field below spec that names it (empty: the object's own name).
struct SecretMaker {
  std::string_view group, kind, holder, name;
};
constexpr auto secret_makers = std::to_array<SecretMaker>({
    {"bitnami.com", "SealedSecret", "", ""},
    {"cert-manager.io", "Certificate", "", "secretName"},
    {"external-secrets.io", "ExternalSecret", "target", "name"},
});

bool is_optional(const Node& reference) {
  return document::is_true(reference, symbols::optional);
}

}  // namespace

// In the arena, as most pods miss nothing and the others little.
struct MissingReferences::Names {
  struct Name {
    Node name;
    const Name* before = nullptr;
  };
  struct List {
    const Name* last = nullptr;
    std::size_t size = 0;
  };

  void add(std::size_t list, std::string_view name) {
    List& to = lists[list];
    to = {arena.create<Name>(Node::make_string(name), to.last), to.size + 1};
    any = true;
  }

  // In the order in which they were added.
  Node list(std::size_t at) const {
    std::size_t left = lists[at].size;
    const std::span<Node> items(arena.allocate_array<Node>(left), left);
    for (const Name* name = lists[at].last; name != nullptr; name = name->before) items[--left] = name->name;
    return make_list(arena, std::span<const Node>(items));
  }

  Arena& arena;
  std::array<List, list_count> lists = {};
  bool any = false;
};

MissingReferences::MissingReferences(const snapshot::Snapshot& snapshot) : snapshot_(snapshot) {
  SymbolTable& table = *snapshot.shared_symbols();
  claim_name_ = table.intern("claimName");
  config_maps_ = table.intern("configMaps");
  secrets_ = table.intern("secrets");
  service_accounts_ = table.intern("serviceAccounts");
  claims_ = table.intern("claims");
  runtime_classes_ = table.intern("runtimeClasses");
  priority_classes_ = table.intern("priorityClasses");
  remember_made_secrets();
  const Node empty = make_list(arena_, std::span<const Node>{});
  const std::array<Member, list_count> members{{{config_maps_, empty},
                                                {secrets_, empty},
                                                {service_accounts_, empty},
                                                {claims_, empty},
                                                {runtime_classes_, empty},
                                                {priority_classes_, empty}}};
  nothing_missing_ = make_object(arena_, members, false);
}

void MissingReferences::remember_made_secrets() {
  for (const SecretMaker& maker : secret_makers) {
    for (const auto id : snapshot_.of_kind(maker.group, maker.kind)) {
      const Object& object = snapshot_.object(id);
      const Node* named = object.root.find(symbols::spec);
      const auto text_of = [this](const Node* node, std::string_view key) -> const Node* {
        const auto symbol = snapshot_.symbols().find(key);
        return symbol ? member(node, *symbol) : nullptr;
      };
      if (!maker.holder.empty()) named = text_of(named, maker.holder);
      const Node* name = maker.name.empty() ? nullptr : text_of(named, maker.name);
      const std::string_view made = name == nullptr || name->as_string().empty() ? object.name : name->as_string();
      made_secrets_.insert(std::string(object.effective_namespace()) + "/" + std::string(made));
    }
  }
}

bool MissingReferences::exists(std::string_view group, std::string_view kind, std::string_view name_space,
                               std::string_view name) const {
  if (snapshot_.find(group, kind, name_space, name)) return true;
  return kind == "Secret" && !made_secrets_.empty() &&
         made_secrets_.contains(std::string(name_space) + "/" + std::string(name));
}

void MissingReferences::add(std::string_view name, std::size_t list, std::string_view name_space, Names& names) const {
  const Target& target = targets[list];
  if (name.empty() || is_given(list, name)) return;
  if (exists(target.group, target.kind, target.namespaced ? name_space : std::string_view{}, name)) return;
  names.add(list, name);
}

void MissingReferences::add_named(const Node* reference, Symbol name, std::size_t list, std::string_view name_space,
                                  Names& names) const {
  if (reference == nullptr || is_optional(*reference)) return;
  const Node* text = reference->find(name);
  if (text != nullptr) add(text->as_string(), list, name_space, names);
}

void MissingReferences::add_volume(const Node& volume, std::string_view name_space, Names& names) const {
  add_named(volume.find(symbols::secret), symbols::secretName, secrets, name_space, names);
  add_named(volume.find(symbols::configMap), symbols::name, config_maps, name_space, names);
  add_named(volume.find(symbols::persistentVolumeClaim), claim_name_, claims, name_space, names);
  const Node* sources = member(volume.find(symbols::projected), symbols::sources);
  if (sources == nullptr) return;
  for (const Node& source : sources->as_list()) {
    add_named(source.find(symbols::secret), symbols::name, secrets, name_space, names);
    add_named(source.find(symbols::configMap), symbols::name, config_maps, name_space, names);
  }
}

void MissingReferences::add_environment(const Node& container, std::string_view name_space, Names& names) const {
  if (const Node* env = container.find(symbols::env)) {
    for (const Node& variable : env->as_list()) {
      const Node* from = variable.find(symbols::valueFrom);
      if (from == nullptr) continue;
      add_named(from->find(symbols::secretKeyRef), symbols::name, secrets, name_space, names);
      add_named(from->find(symbols::configMapKeyRef), symbols::name, config_maps, name_space, names);
    }
  }
  const Node* env_from = container.find(symbols::envFrom);
  if (env_from == nullptr) return;
  for (const Node& source : env_from->as_list()) {
    add_named(source.find(symbols::secretRef), symbols::name, secrets, name_space, names);
    add_named(source.find(symbols::configMapRef), symbols::name, config_maps, name_space, names);
  }
}

void MissingReferences::add_classes(const Node& spec, std::string_view name_space, Names& names) const {
  const Node* account = spec.find(symbols::serviceAccountName);
  if (account == nullptr) account = spec.find(symbols::serviceAccount);
  if (account != nullptr) add(account->as_string(), service_accounts, name_space, names);
  if (const Node* name = spec.find(symbols::runtimeClassName)) add(name->as_string(), runtime_classes, {}, names);
  if (const Node* name = spec.find(symbols::priorityClassName)) add(name->as_string(), priority_classes, {}, names);
  const Node* pull_secrets = spec.find(symbols::imagePullSecrets);
  if (pull_secrets == nullptr) return;
  for (const Node& reference : pull_secrets->as_list())
    add_named(&reference, symbols::name, secrets, name_space, names);
}

Node MissingReferences::of_pod(const Node& pod, std::string_view name_space, Arena& arena) const {
  Names names{.arena = arena};
  const Node& spec = *pod.find(symbols::spec);
  add_classes(spec, name_space, names);
  if (const Node* volumes = spec.find(symbols::volumes)) {
    for (const Node& volume : volumes->as_list()) add_volume(volume, name_space, names);
  }
  if (const Node* containers = pod.find(symbols::containers)) {
    for (const Node& container : containers->as_list()) add_environment(container, name_space, names);
  }
  if (!names.any) return nothing_missing_;
  const std::array<Member, list_count> members{{{config_maps_, names.list(config_maps)},
                                                {secrets_, names.list(secrets)},
                                                {service_accounts_, names.list(service_accounts)},
                                                {claims_, names.list(claims)},
                                                {runtime_classes_, names.list(runtime_classes)},
                                                {priority_classes_, names.list(priority_classes)}}};
  return make_object(arena, members, false);
}

}  // namespace kastell::policy

#include "policy/facts/object_facts.h"

#include <algorithm>
#include <array>
#include <map>
#include <set>
#include <vector>

#include "kube/api_resource.h"
#include "kube/object_types.h"
#include "kube/rbac_resources.h"
#include "kube/rbac_rule.h"
#include "policy/facts/credential_facts.h"
#include "policy/facts/members.h"

namespace kastell::policy {

using document::make_list;
using document::make_object;
using document::Member;
using document::Node;

using kube::ResourceScope;
using snapshot::Object;

namespace {

constexpr std::string_view rbac = "rbac.authorization.k8s.io", networking = "networking.k8s.io",
                           admission = "admissionregistration.k8s.io", cilium = "cilium.io";

// The ports of a Service, to be asked for often: it and the Ingress may have as many as a file holds.
class ServicePorts {
 public:
  explicit ServicePorts(const Node* spec) : forwards_(text(member(spec, symbols::type)) == "ExternalName") {
    for (const Node& port : items(member(spec, symbols::ports))) {
      for (const Node* key : {port.find(symbols::port), port.find(symbols::name)}) {
        if (key != nullptr && key->kind == document::Kind::integer) numbers_.insert(key->integer);
        if (key != nullptr && key->is_string()) names_.insert(key->as_string());
      }
    }
  }

  bool has(const Node& wanted) const {
    if (forwards_) return true;  // whatever the port
    return wanted.is_string() ? names_.contains(wanted.as_string())
                              : wanted.kind == document::Kind::integer && numbers_.contains(wanted.integer);
  }

 private:
  bool forwards_;
  std::set<std::int64_t> numbers_;
  std::set<std::string_view> names_;
};

Node one_member(Symbol key, const Node& value, Arena& arena) {
  const std::array<Member, 1> members{{{key, value}}};
  return make_object(arena, members, false);
}

// A view of "a/b" that lives in the arena.
std::string_view joined(std::string_view a, std::string_view b, Arena& arena) {
  char* out = arena.allocate_array<char>(a.size() + b.size() + 1);
  std::ranges::copy(a, out);
  out[a.size()] = '/';
  std::ranges::copy(b, out + a.size() + 1);
  return {out, a.size() + b.size() + 1};
}

// The API server takes a token without audience, and one for an audience of its own; that is its issuer unless
// --api-audiences says otherwise, as a rule https://kubernetes.default.svc.
bool is_for_api_server(const Node& token) {
  const std::string_view audience = text(token.find(symbols::audience));
  return audience.empty() || audience.starts_with("https://kubernetes.default");
}

bool projects_token(const Node* spec) {
  return std::ranges::any_of(items(member(spec, symbols::volumes)), [](const Node& volume) {
    return std::ranges::any_of(items(member(volume.find(symbols::projected), symbols::sources)),
                               [](const Node& source) {
                                 const Node* token = source.find(symbols::serviceAccountToken);
                                 return token != nullptr && is_for_api_server(*token);
                               });
  });
}

// ClusterRoles that every cluster has.
bool is_given_role(std::string_view name) {
  constexpr std::array<std::string_view, 4> user_facing{"admin", "cluster-admin", "edit", "view"};
  return name.starts_with("system:") || std::ranges::find(user_facing, name) != user_facing.end();
}

}  // namespace

struct ObjectFacts::Keys {
  explicit Keys(SymbolTable& table)
      : missing(table.intern("missing")),
        rights(table.intern("rights")),
        kubelet_versions(table.intern("kubeletVersions")),
        projects_token(table.intern("projectsToken")),
        selects_pods(table.intern("selectsPods")),
        unnamed_ports(table.intern("unnamedPorts")),
        target_port(table.intern("targetPort")),
        missing_services(table.intern("missingServices")),
        missing_ports(table.intern("missingPorts")),
        missing_secrets(table.intern("missingSecrets")),
        role_exists(table.intern("roleExists")),
        missing_accounts(table.intern("missingAccounts")),
        target_exists(table.intern("targetExists")),
        unknown_resources(table.intern("unknownResources")),
        cluster_scoped_resources(table.intern("clusterScopedResources")),
        backend(table.intern("backend")),
        default_backend(table.intern("defaultBackend")),
        http(table.intern("http")),
        paths(table.intern("paths")),
        webhooks(table.intern("webhooks")),
        client_config(table.intern("clientConfig")),
        node_info(table.intern("nodeInfo")),
        kubelet_version(table.intern("kubeletVersion")),
        endpoint_selector(table.intern("endpointSelector")),
        specs(table.intern("specs")),
        credentials(table.intern("credentials")),
        credential_words(table.intern("credentialWords")),
        credential_keys(table.intern("credentialKeys")) {}

  Symbol missing, rights, kubelet_versions, projects_token, selects_pods, unnamed_ports, target_port, missing_services,
      missing_ports, missing_secrets, role_exists, missing_accounts, target_exists, unknown_resources,
      cluster_scoped_resources, backend, default_backend, http, paths, webhooks, client_config, node_info,
      kubelet_version, endpoint_selector, specs, credentials, credential_words, credential_keys;
};

ObjectFacts::ObjectFacts(const snapshot::Snapshot& snapshot, const Parameters& parameters, bool all_rights,
                         unsigned minor)
    : snapshot_(snapshot),
      keys_(std::make_unique<const Keys>(*snapshot.shared_symbols())),
      missing_(snapshot),
      rights_(snapshot, all_rights, minor) {
  std::set<std::string_view> versions;
  for (const auto id : snapshot.of_kind("", "Node")) {
    const Node* info = member(snapshot.object(id).root.find(symbols::status), keys_->node_info);
    const std::string_view version = text(member(info, keys_->kubelet_version));
    if (!version.empty()) versions.insert(version);
  }
  std::vector<Node> list;
  for (const std::string_view version : versions) list.push_back(Node::make_string(version));
  kubelet_versions_ = make_list(arena_, list);
  nothing_ = make_list(arena_, std::span<const Node>{});
  parameters_ = make_parameters(parameters);
}
ObjectFacts::~ObjectFacts() = default;

// The texts are copied: the options need not outlive the scan, but facts do.
Node ObjectFacts::make_parameters(const Parameters& parameters) {
  std::vector<Member> members;
  for (const auto& [name, values] : parameters) {
    std::vector<Node> list;
    for (const std::string& value : values) list.push_back(Node::make_string(arena_.copy(value)));
    members.push_back({snapshot_.shared_symbols()->intern(name), make_list(arena_, list)});
  }
  return make_object(arena_, members, false);
}

void ObjectFacts::append_pod_members(const Node& pod, std::string_view name_space, std::string_view account,
                                     Member* members, Arena& arena) const {
  members[0] = {keys_->missing, missing_.of_pod(pod, name_space, arena)};
  members[1] = {keys_->rights, rights_.of(name_space, account, arena)};
  members[2] = {keys_->kubelet_versions, kubelet_versions_};
  members[3] = {keys_->credentials, credentials_of(pod, arena)};
  members[4] = {symbols::parameters, parameters_};
  members[5] = {keys_->projects_token, Node::make_boolean(projects_token(pod.find(symbols::spec)))};
  members[6] = {keys_->credential_words, credential_words_of(pod, arena)};
}

Node ObjectFacts::of_object(const Object& object, Arena& arena) const {
  using Maker = Node (ObjectFacts::*)(const Object&, Arena&) const;
  struct Entry {
    std::string_view group, kind;
    Maker make;
  };
  static constexpr Entry makers[] = {
      {"", "Service", &ObjectFacts::selected},
      {networking, "NetworkPolicy", &ObjectFacts::selected},
      {"policy", "PodDisruptionBudget", &ObjectFacts::selected},
      {networking, "Ingress", &ObjectFacts::of_ingress},
      {rbac, "RoleBinding", &ObjectFacts::of_binding},
      {rbac, "ClusterRoleBinding", &ObjectFacts::of_binding},
      {admission, "ValidatingWebhookConfiguration", &ObjectFacts::of_webhooks},
      {admission, "MutatingWebhookConfiguration", &ObjectFacts::of_webhooks},
      {"autoscaling", "HorizontalPodAutoscaler", &ObjectFacts::of_autoscaler},
      {"", "Namespace", &ObjectFacts::of_namespace},
      {"", "ConfigMap", &ObjectFacts::of_config_map},
  };
  const std::string_view group = object.group();
  for (const Entry& entry : makers) {
    if (entry.kind == object.kind && entry.group == group) return (this->*entry.make)(object, arena);
  }
  return make_object(arena, std::span<const Member>{}, false);
}

Node ObjectFacts::selected(const Object& object, Arena& arena) const {
  std::call_once(selecting_, [this] { selected_ = std::make_unique<const SelectedPods>(snapshot_); });
  const auto id = static_cast<snapshot::ObjectId>(&object - snapshot_.objects().data());
  std::array<Member, 2> members{{{keys_->selects_pods, Node::make_boolean(selected_->selects_any(id))}}};
  const auto unnamed = object.kind == "PodDisruptionBudget" ? std::nullopt : unnamed_ports(object, arena);
  if (unnamed) members[1] = {keys_->unnamed_ports, *unnamed};
  return make_object(arena, {members.data(), unnamed ? 2U : 1U}, false);
}

std::optional<Node> ObjectFacts::unnamed_ports(const Object& object, Arena& arena) const {
  if (!NamedPorts::asks(object, keys_->target_port)) return nothing_;
  std::call_once(naming_, [this] { named_ports_ = std::make_unique<const NamedPorts>(snapshot_); });
  const auto names = named_ports_->unnamed(object);
  if (!names) return std::nullopt;
  std::vector<Node> list;
  for (const std::string_view name : *names) list.push_back(Node::make_string(name));
  return list.empty() ? nothing_ : make_list(arena, list);
}

std::vector<const Node*> ObjectFacts::backends_of(const Object& ingress) const {
  std::vector<const Node*> services;
  const auto add = [&](const Node* backend) {
    const Node* service = member(backend, symbols::service);
    if (!text(member(service, symbols::name)).empty()) services.push_back(service);
  };
  const Node* spec = ingress.root.find(symbols::spec);
  add(member(spec, keys_->default_backend));
  for (const Node& rule : items(member(spec, symbols::rules))) {
    for (const Node& path : items(member(rule.find(keys_->http), keys_->paths))) add(path.find(keys_->backend));
  }
  return services;
}

// {Service: [numbers and names of ports that it lacks]}, for Services that are there.
Node ObjectFacts::missing_ports(const Object& ingress, std::span<const Node* const> backends, Arena& arena) const {
  std::map<std::string_view, std::vector<Node>> missing;
  std::map<snapshot::ObjectId, ServicePorts> known;
  for (const Node* backend : backends) {
    const std::string_view name = text(backend->find(symbols::name));
    const auto service = snapshot_.find("", "Service", ingress.effective_namespace(), name);
    const Node* port = backend->find(symbols::port);
    if (!service || port == nullptr) continue;
    const Node* wanted = port->find(symbols::number);
    if (wanted == nullptr) wanted = port->find(symbols::name);
    const Node* spec = snapshot_.object(*service).root.find(symbols::spec);
    const ServicePorts& ports = known.try_emplace(*service, spec).first->second;
    if (wanted != nullptr && !ports.has(*wanted)) missing[name].push_back(*wanted);
  }
  std::vector<Member> members;
  for (const auto& [name, ports] : missing) {
    members.push_back({snapshot_.shared_symbols()->intern(name), make_list(arena, ports)});
  }
  return make_object(arena, members, false);
}

Node ObjectFacts::of_ingress(const Object& object, Arena& arena) const {
  std::vector<Node> services, secrets;
  const std::string_view name_space = object.effective_namespace();
  const Node* spec = object.root.find(symbols::spec);
  const auto backends = backends_of(object);
  for (const Node* backend : backends) {
    const Node& name = *backend->find(symbols::name);
    if (!missing_.exists("", "Service", name_space, name.as_string())) services.push_back(name);
  }
  for (const Node& tls : items(member(spec, symbols::tls))) {
    const std::string_view name = text(tls.find(symbols::secretName));
    if (!name.empty() && !missing_.exists("", "Secret", name_space, name)) secrets.push_back(Node::make_string(name));
  }
  const std::array<Member, 3> members{{{keys_->missing_services, make_list(arena, services)},
                                       {keys_->missing_ports, missing_ports(object, backends, arena)},
                                       {keys_->missing_secrets, make_list(arena, secrets)}}};
  return make_object(arena, members, false);
}

Node ObjectFacts::of_binding(const Object& object, Arena& arena) const {
  const Node* reference = object.root.find(symbols::roleRef);
  const std::string_view kind = text(member(reference, symbols::kind)), name = text(member(reference, symbols::name));
  const std::string_view name_space = object.kind == "RoleBinding" ? object.effective_namespace() : std::string_view{};
  const bool cluster_wide = kind == "ClusterRole";
  const bool exists = (cluster_wide && is_given_role(name)) ||
                      snapshot_.find(rbac, kind, cluster_wide ? std::string_view{} : name_space, name).has_value();
  std::vector<Node> accounts;
  for (const Node& subject : items(object.root.find(symbols::subjects))) {
    if (text(subject.find(symbols::kind)) != "ServiceAccount") continue;
    const std::string_view written = text(subject.find(symbols::namespace_));
    const std::string_view account_space = written.empty() ? name_space : written;
    const std::string_view account = text(subject.find(symbols::name));
    if (account.empty() || account == "default") continue;
    if (!missing_.exists("", "ServiceAccount", account_space, account)) accounts.push_back(Node::make_string(account));
  }
  const std::array<Member, 2> members{
      {{keys_->role_exists, Node::make_boolean(exists)}, {keys_->missing_accounts, make_list(arena, accounts)}}};
  return make_object(arena, members, false);
}

Node ObjectFacts::of_webhooks(const Object& object, Arena& arena) const {
  std::vector<Node> services;
  for (const Node& webhook : items(object.root.find(keys_->webhooks))) {
    const Node* service = member(webhook.find(keys_->client_config), symbols::service);
    const std::string_view name_space = text(member(service, symbols::namespace_));
    const std::string_view name = text(member(service, symbols::name));
    if (name.empty() || missing_.exists("", "Service", name_space, name)) continue;
    services.push_back(Node::make_string(joined(name_space, name, arena)));
  }
  return one_member(keys_->missing_services, make_list(arena, services), arena);
}

Node ObjectFacts::of_autoscaler(const Object& object, Arena& arena) const {
  const Node* target = member(object.root.find(symbols::spec), symbols::scaleTargetRef);
  const bool exists =
      snapshot_
          .find(kube::api_group(text(member(target, symbols::apiVersion))), text(member(target, symbols::kind)),
                object.effective_namespace(), text(member(target, symbols::name)))
          .has_value();
  return one_member(keys_->target_exists, Node::make_boolean(exists), arena);
}

// Cilium's count too: its clusterwide ones where they select every pod.
Node ObjectFacts::of_namespace(const Object& object, Arena& arena) const {
  std::vector<Node> names;
  for (const auto& [group, kind] : {std::pair{networking, "NetworkPolicy"}, std::pair{cilium, "CiliumNetworkPolicy"}}) {
    for (const auto id : snapshot_.of_kind(group, kind)) {
      const Object& policy = snapshot_.object(id);
      if (policy.effective_namespace() != object.name) continue;
      // The API server would refuse it.
      if (!kube::find_type_problems(policy.root, group, kind, arena).empty()) continue;
      names.push_back(Node::make_string(policy.name));
    }
  }
  const auto selects_all = [this](const Node* spec) {
    const Node* selector = member(spec, keys_->endpoint_selector);
    if (selector == nullptr) return false;
    const auto values = selector->member_values();
    return std::ranges::all_of(values, [](const Node& value) { return value.size == 0; });
  };
  for (const auto id : snapshot_.of_kind(cilium, "CiliumClusterwideNetworkPolicy")) {
    const Object& policy = snapshot_.object(id);
    const auto specs = items(policy.root.find(keys_->specs));
    const bool all = selects_all(policy.root.find(symbols::spec)) ||
                     std::ranges::any_of(specs, [&](const Node& spec) { return selects_all(&spec); });
    if (all) names.push_back(Node::make_string(policy.name));
  }
  return one_member(symbols::networkPolicies, make_list(arena, names), arena);
}

Node ObjectFacts::of_config_map(const Object& object, Arena& arena) const {
  const ConfigMapCredentials found = credentials_in(object.root, snapshot_.symbols());
  const std::array<Member, 2> members{{{keys_->credential_keys, make_list(arena, found.keys)},
                                       {symbols::credentialNames, make_list(arena, found.names)}}};
  return make_object(arena, members, false);
}

// A request for one namespace counts as made in it (apiserver/pkg/endpoints/request: NewRequestInfo), so that a Role
// there may grant it. One for the list of all, or to make one, does not.
static bool is_own_namespace(std::string_view resource, const Node& rule, const Node& role) {
  if (resource != "namespaces" && !resource.starts_with("namespaces/")) return false;
  constexpr std::array<std::string_view, 4> of_one{"get", "update", "patch", "delete"};
  if (std::ranges::none_of(of_one, [&rule](std::string_view verb) { return kube::covers_verb(rule, verb); })) {
    return false;
  }
  const std::string_view name_space = text(member(role.find(symbols::metadata), symbols::namespace_));
  return !kube::names_objects(rule) || name_space.empty() || kube::rule_lists(rule, symbols::resourceNames, name_space);
}

// A resource is unknown when none of the rule's groups has it and all of them are Kubernetes' own.
Node ObjectFacts::of_rule(const Node& rule, const Node& role, Arena& arena) const {
  std::vector<Node> unknown, cluster_scoped;
  const auto groups = items(rule.find(symbols::apiGroups));
  const bool foreign = std::ranges::any_of(groups, [](const Node& group) {
    return group.as_string() == "*" || !kube::is_built_in_group(group.as_string());
  });
  const bool in_role = text(role.find(symbols::kind)) == "Role";
  if (!foreign && !groups.empty()) {
    for (const Node& resource : items(rule.find(symbols::resources))) {
      const std::string_view name = resource.as_string();
      if (name.starts_with('*')) continue;
      ResourceScope best = ResourceScope::unknown;
      for (const Node& group : groups) {
        const ResourceScope scope = kube::find_rbac_resource(group.as_string(), name);
        if (best != ResourceScope::namespaced && scope != ResourceScope::unknown) best = scope;
      }
      if (best == ResourceScope::unknown) unknown.push_back(resource);
      if (best == ResourceScope::cluster && in_role && !is_own_namespace(name, rule, role)) {
        cluster_scoped.push_back(resource);
      }
    }
  }
  const std::array<Member, 2> members{{{keys_->unknown_resources, make_list(arena, unknown)},
                                       {keys_->cluster_scoped_resources, make_list(arena, cluster_scoped)}}};
  return make_object(arena, members, false);
}

}  // namespace kastell::policy

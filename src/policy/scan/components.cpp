#include "policy/scan/components.h"

#include <algorithm>

namespace kastell::policy {

using document::make_list;
using document::make_object;
using document::Member;
using document::Node;
using kube::ComponentView;

namespace {

// Told from the containers as written, before their view is built.
bool may_run_component(const Node& object, const kube::PodLocation& location) {
  const Node* spec = document::find(object, location.spec_path);
  const Node* containers = spec == nullptr ? nullptr : spec->find(symbols::containers);
  return containers != nullptr && std::ranges::any_of(containers->as_list(), kube::may_run_component);
}

}  // namespace

// Certificate authorities of the input's control planes.
struct ComponentFacts::Authorities {
  explicit Authorities(SymbolTable& symbols)
      : client_key(symbols.intern("clientCAFiles")),
        etcd_key(symbols.intern("etcdCAFiles")),
        cluster_key(symbols.intern("cluster")) {}

  Symbol client_key, etcd_key, cluster_key;
  Arena arena;
  std::vector<Node> client, etcd;

  void add(const ComponentView& component, Symbol flag, std::vector<Node>& files) {
    const Node* file = component.view.find(component.keys->host_files)->find(flag);
    if (file == nullptr) return;
    if (std::ranges::none_of(files, [file](const Node& known) { return known.as_string() == file->as_string(); })) {
      files.push_back(Node::make_string(arena.copy(file->as_string())));
    }
  }
};

ComponentFacts::ComponentFacts(const snapshot::Snapshot& snapshot) : snapshot_(snapshot) {}
ComponentFacts::~ComponentFacts() = default;

const kube::ComponentFlags& ComponentFacts::flags() const {
  std::call_once(flags_made_,
                 [this] { flags_ = std::make_unique<const kube::ComponentFlags>(*snapshot_.shared_symbols()); });
  return *flags_;
}

std::span<const ComponentView> ComponentFacts::of_configuration(const snapshot::Object& object, Arena& arena) const {
  if (!kube::may_hold_components(object.root)) return {};
  return kube::components_of_configuration(object.root, flags(), *snapshot_.shared_symbols(), arena,
                                           company_of(object));
}

kube::ConfigurationCompany ComponentFacts::company_of(const snapshot::Object& object) const {
  std::call_once(companies_made_, [this] {
    for (const std::string_view kind : {"ClusterConfiguration", "InitConfiguration"}) {
      for (const auto id : snapshot_.of_kind("kubeadm.k8s.io", kind)) {
        companies_[snapshot_.object(id).document].kubeadm = true;
      }
    }
    std::map<std::uint32_t, int> kubelets;
    for (const auto id : snapshot_.of_kind("kubelet.config.k8s.io", "KubeletConfiguration")) {
      const snapshot::Object& kubelet = snapshot_.object(id);
      companies_[kubelet.document].kubelet = ++kubelets[kubelet.document] == 1 ? &kubelet.root : nullptr;
    }
  });
  const auto at = companies_.find(object.document);
  return at == companies_.end() ? kube::ConfigurationCompany{} : at->second;
}

std::span<const ComponentView> ComponentFacts::of_pod(const kube::PodView& pod, Arena& arena) const {
  const bool may = std::ranges::any_of(
      pod.containers, [](const kube::ContainerView& container) { return kube::may_run_component(*container.raw); });
  if (!may) return {};
  return kube::components_of_pod(pod, flags(), *snapshot_.shared_symbols(), arena);
}

const ComponentFacts::Authorities& ComponentFacts::authorities() const {
  std::call_once(authorities_made_, [this] {
    SymbolTable& table = *snapshot_.shared_symbols();
    authorities_ = std::make_unique<Authorities>(table);
    const Symbol client_ca = table.intern("client-ca-file"), etcd_ca = table.intern("trusted-ca-file");
    const auto add = [&](std::span<const ComponentView> components) {
      for (const ComponentView& component : components) {
        if (component.name == "kube-apiserver") authorities_->add(component, client_ca, authorities_->client);
        if (component.name == "etcd") authorities_->add(component, etcd_ca, authorities_->etcd);
      }
    };
    Arena scratch(64 * 1024);
    for (const snapshot::Object& object : snapshot_.objects()) {
      scratch.reset();
      add(of_configuration(object, scratch));
      for (const auto& location : kube::find_pods(object.root, table, scratch)) {
        if (!may_run_component(object.root, location)) continue;
        const auto built = kube::build_pod_view(object.root, location, table, scratch);
        // One that the API server would refuse runs nothing.
        if (built.problems.empty()) add(of_pod(built.view, scratch));
      }
    }
  });
  return *authorities_;
}

Node ComponentFacts::with_cluster(const ComponentView& component, Arena& arena) const {
  const Node& view = component.view;
  Member* members = arena.allocate_array<Member>(view.size + 1);
  for (std::uint32_t i = 0; i < view.size; ++i) members[i] = {view.member_keys()[i], view.items[i]};
  std::size_t count = view.size;
  if (component.name == "etcd" || component.name == "kube-apiserver") {
    const Authorities& known = authorities();
    const Member cluster[] = {{known.client_key, make_list(arena, known.client)},
                              {known.etcd_key, make_list(arena, known.etcd)}};
    members[count++] = {known.cluster_key, make_object(arena, cluster, false)};
  }
  return make_object(arena, {members, count}, false);
}

}  // namespace kastell::policy

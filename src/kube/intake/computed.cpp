#include "kube/intake/computed.h"

#include <algorithm>
#include <iterator>
#include <string>

#include "base/ascii.h"
#include "base/base64.h"
#include "kube/image_reference.h"
#include "kube/intake/pod_defaults.h"
#include "kube/intake/scalars.h"
#include "kube/namespace_label.h"

namespace kastell::kube::intake {

using document::Node;

namespace {

// "pull-policy": Always for the tag "latest", said or not (pkg/util/parsers).
void give_pull_policy(Structure& structure, std::string_view image_field, std::string_view policy_field) {
  if (!structure.text(policy_field).empty()) return;
  const auto image = parse_image_reference(structure.text(image_field));
  const bool is_latest = image && (image->tag == "latest" || (image->tag.empty() && image->digest.empty()));
  structure.set(policy_field, Node::make_string(is_latest ? "Always" : "IfNotPresent"));
}
void pull_policy(Structure& container) {
  give_pull_policy(container, "image", "imagePullPolicy");
}
void pull_policy_of_volume(Structure& source) {
  give_pull_policy(source, "reference", "pullPolicy");
}

void empty_dir(Structure& volume) {
  if (std::ranges::all_of(volume.members(), [&](const auto& member) { return member.key == symbols::name; })) {
    volume.set("emptyDir", Node::make_empty_object());
  }
}

void port(Structure& service_port) {
  const Node* target = service_port.find("targetPort");
  const bool is_given = target != nullptr && (target->is_string() ? target->size != 0 : target->integer != 0);
  const Node* port = service_port.find("port");
  if (!is_given && port != nullptr) service_port.set("targetPort", *port);
}

Node object_of(std::string_view name, const Node& value, const Structure& like) {
  return document::with_member(Node::make_empty_object(), like.symbols().intern(name), value, like.arena());
}

void session_affinity(Structure& spec) {
  if (spec.text("sessionAffinity") == "None") return spec.remove("sessionAffinityConfig");
  if (spec.text("sessionAffinity") != "ClientIP") return;
  const Node* config = spec.find("sessionAffinityConfig");
  const Node* client = config == nullptr ? nullptr : config->find(spec.symbols().intern("clientIP"));
  if (client != nullptr && client->find(spec.symbols().intern("timeoutSeconds")) != nullptr) return;
  const Node timeout = object_of("timeoutSeconds", Node::make_integer(10'800), spec);
  spec.set("sessionAffinityConfig", object_of("clientIP", timeout, spec));
}

// Reachable from outside without being of a type that is.
void external_traffic(Structure& spec) {
  const bool is_reachable = spec.text("type") == "ClusterIP" && spec.has("externalIPs");
  if (is_reachable && spec.text("externalTrafficPolicy").empty()) {
    spec.set("externalTrafficPolicy", Node::make_string("Cluster"));
  }
}

void name_label(Structure& name_space) {
  const Node labelled = with_name_label(name_space.node(), name_space.arena(), name_space.symbols());
  name_space.set(symbols::metadata, *labelled.find(symbols::metadata));
}

const Node* find(const Node* node, std::initializer_list<std::string_view> path, SymbolTable& symbols) {
  for (const std::string_view name : path) {
    if (node != nullptr) node = node->find(symbols.intern(name));
  }
  return node;
}

// An object without labels bears those of its template.
void template_labels(Structure& object) {
  SymbolTable& symbols = object.symbols();
  const Node* labels = find(object.find("spec"), {"template", "metadata", "labels"}, symbols);
  if (labels == nullptr || !object.has("metadata")) return;
  Structure metadata = object.below("metadata");
  if (const Node* own = metadata.find("labels"); own != nullptr && own->size != 0) return;
  metadata.set("labels", *labels);
  object.set("metadata", metadata.node());
}

void template_selector(Structure& spec) {
  const Node* labels = find(spec.find("template"), {"metadata", "labels"}, spec.symbols());
  if (labels != nullptr && !spec.has("selector")) spec.set("selector", *labels);
}

// What stands in stringData is written into data.
void string_data(Structure& secret) {
  const Node* texts = secret.find("stringData");
  if (texts == nullptr) return;
  Structure data = secret.below("data");
  for (std::uint32_t i = 0; i < texts->size; ++i) {
    const std::string encoded = encode_base64(texts->items[i].as_string());
    data.set(texts->member_keys()[i], Node::make_string(secret.arena().copy(encoded)));
  }
  secret.remove("stringData");
  if (!data.members().empty()) secret.set("data", data.node());
}

// For containers the limit is the most unless it is said, and the request the limit, or else the least.
void container_limits(Structure& item) {
  if (item.text("type") != "Container") return;
  Structure limits = item.below("default"), requests = item.below("defaultRequest");
  Structure most = item.below("max"), least = item.below("min");
  limits.add_missing(most);
  requests.add_missing(limits);
  requests.add_missing(least);
  if (!limits.members().empty()) item.set("default", limits.node());
  if (!requests.members().empty()) item.set("defaultRequest", requests.node());
}

void capacity(Structure& status) {
  if (status.has("allocatable")) return;
  if (const Node* capacity = status.find("capacity")) status.set("allocatable", *capacity);
}

// In resource.k8s.io/v1beta1 a request that names no class has its alternatives below it.
void device_request(Structure& request) {
  if (request.text("deviceClassName").empty()) return;
  if (request.text("allocationMode").empty()) request.set("allocationMode", Node::make_string("ExactCount"));
  if (request.text("allocationMode") == "ExactCount" && !request.has("count")) {
    request.set("count", Node::make_integer(1));
  }
}

void names_of_kind(Structure& names) {
  const std::string_view kind = names.text("kind");
  const std::string lower = in_lower_case(kind);
  if (names.text("singular").empty()) names.set("singular", Node::make_string(names.arena().copy(lower)));
  if (names.text("listKind").empty() && !kind.empty()) {
    names.set("listKind", Node::make_string(names.arena().copy(std::string(kind) + "List")));
  }
}

// A field that holds the first of a list: either is made of the other, and the single one wins.
void keep_in_step(Structure& structure, std::string_view single, std::string_view list, std::string_view member) {
  const Node* one = structure.find(single);
  const Node* many = structure.find(list);
  const auto text_of = [&](const Node& item) {
    return member.empty() ? item.as_string() : item.find(structure.symbols().intern(member))->as_string();
  };
  if (one == nullptr && many != nullptr && text_of(many->items[0]).empty()) return;
  if (one == nullptr && many != nullptr) return structure.set(single, Node::make_string(text_of(many->items[0])));
  if (one == nullptr || (many != nullptr && text_of(many->items[0]) == one->as_string())) return;
  const Node item = member.empty() ? *one : object_of(member, *one, structure);
  structure.set(list, document::make_list(structure.arena(), {&item, 1}));
}
void pod_cidrs(Structure& spec) {
  keep_in_step(spec, "podCIDR", "podCIDRs", "");
}
void pod_ips(Structure& status) {
  keep_in_step(status, "podIP", "podIPs", "ip");
}

void claim_kinds(Structure& spec) {
  change_items(spec, "volumeClaimTemplates", [](Structure& claim) {
    claim.set("apiVersion", Node::make_string("v1"));
    claim.set("kind", Node::make_string("PersistentVolumeClaim"));
  });
}

// An address of a load balancer is a virtual one unless it is said.
void load_balancer_mode(Structure& service) {
  const Node* type = find(service.find("spec"), {"type"}, service.symbols());
  if (type == nullptr || type->as_string() != "LoadBalancer" || !service.has("status")) return;
  Structure status = service.below("status");
  Structure balancer = status.below("loadBalancer");
  change_items(balancer, "ingress", [](Structure& ingress) {
    if (!ingress.text("ip").empty() && !ingress.has("ipMode")) ingress.set("ipMode", Node::make_string("VIP"));
  });
  status.set("loadBalancer", balancer.node());
  service.set("status", status.node());
}

// A DaemonSet tells the generation of its template in an annotation; a new one has none yet.
void template_generation(Structure& metadata) {
  constexpr std::string_view name = "deprecated.daemonset.template.generation";
  Structure annotations = metadata.below("annotations");
  if (annotations.has(name)) return;
  annotations.set(name, Node::make_string("0"));
  metadata.set("annotations", annotations.node());
}

// autoscaling/v1 keeps metrics in an annotation; without any there is one, of the processor.
void processor_target(Structure& autoscaler) {
  constexpr std::string_view metrics = "autoscaling.alpha.kubernetes.io/metrics";
  SymbolTable& symbols = autoscaler.symbols();
  const bool has_metrics = find(autoscaler.find("metadata"), {"annotations", metrics}, symbols) != nullptr;
  if (has_metrics || !autoscaler.has("spec")) return;
  Structure spec = autoscaler.below("spec");
  if (!spec.has("targetCPUUtilizationPercentage")) spec.set("targetCPUUtilizationPercentage", Node::make_integer(80));
  autoscaler.set("spec", spec.node());
}

// Quantities of resource lists have no more than three decimal places.
void milli(Structure& structure, Symbol field) {
  const Node* list = structure.find(field);
  if (list == nullptr || !list->is_object()) return;
  Structure rounded(*list, structure.symbols(), structure.arena());
  for (document::Member& member : rounded.members()) member.value = rounded_quantity(member.value, structure.arena());
  structure.set(field, rounded.node());
}

struct Function {
  std::string_view name;
  void (*apply)(Structure&);
};

constexpr Function functions[] = {
    {"capacity", capacity},
    {"claim-kinds", claim_kinds},
    {"container-limits", container_limits},
    {"device-request", device_request},
    {"empty-dir", empty_dir},
    {"external-traffic", external_traffic},
    {"grace-period", grace_period},
    {"host-ports", host_ports},
    {"load-balancer-mode", load_balancer_mode},
    {"name-label", name_label},
    {"names-of-kind", names_of_kind},
    {"pod-cidrs", pod_cidrs},
    {"pod-ips", pod_ips},
    {"pod-requests", pod_requests},
    {"port", port},
    {"processor-target", processor_target},
    {"pull-policy", pull_policy},
    {"pull-policy-of-volume", pull_policy_of_volume},
    {"requests-of-limits", requests_of_limits},
    {"service-account", service_account},
    {"session-affinity", session_affinity},
    {"string-data", string_data},
    {"template-generation", template_generation},
    {"template-labels", template_labels},
    {"template-selector", template_selector},
};

}  // namespace

void compute_default(std::string_view name, Symbol field, Structure& structure) {
  if (name == "milli") return milli(structure, field);
  const auto* found = std::ranges::find(functions, name, &Function::name);
  if (found != std::end(functions)) found->apply(structure);
}

}  // namespace kastell::kube::intake

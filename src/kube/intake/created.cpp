#include "kube/intake/created.h"

#include <algorithm>
#include <charconv>

namespace kastell::kube::intake {

using document::Node;

namespace {

constexpr std::uint8_t never = 0xFF;

struct Row {
  std::string_view group, kind;
  std::uint8_t generation_since = 0, status_since = 0;  // minors
};

// Kinds with nothing of both are not here.
constexpr Row rows[] = {
    {"", "Namespace", never},
    {"", "PersistentVolume", never},
    {"", "PersistentVolumeClaim", never},
    {"", "Pod", 33},
    {"", "PodTemplate", 0, never},
    {"", "ReplicationController"},
    {"", "ResourceQuota", never},
    {"", "Service", never},
    {"admissionregistration.k8s.io", "MutatingWebhookConfiguration", 0, never},
    {"admissionregistration.k8s.io", "ValidatingWebhookConfiguration", 0, never},
    {"apps", "DaemonSet"},
    {"apps", "Deployment"},
    {"apps", "ReplicaSet"},
    {"apps", "StatefulSet"},
    {"autoscaling", "HorizontalPodAutoscaler", 37},
    {"batch", "CronJob"},
    {"batch", "Job"},
    {"certificates.k8s.io", "CertificateSigningRequest", never},
    {"discovery.k8s.io", "EndpointSlice", 0, never},
    {"flowcontrol.apiserver.k8s.io", "FlowSchema"},
    {"flowcontrol.apiserver.k8s.io", "PriorityLevelConfiguration"},
    {"networking.k8s.io", "Ingress"},
    {"networking.k8s.io", "IngressClass", 0, never},
    {"networking.k8s.io", "NetworkPolicy", 0, never},
    {"networking.k8s.io", "ServiceCIDR", never, 36},
    {"policy", "PodDisruptionBudget"},
    {"resource.k8s.io", "DeviceClass", 0, never},
    {"resource.k8s.io", "DeviceTaintRule", 0, 35},
    {"resource.k8s.io", "ResourceClaim", never},
    {"resource.k8s.io", "ResourceSlice", 0, never},
    {"scheduling.k8s.io", "PriorityClass", 0, never},
    {"storage.k8s.io", "CSINode", never, 37},
    {"storage.k8s.io", "VolumeAttachment", never},
};

void finalize_name_space(Structure& object) {
  Structure spec = object.below("spec");
  const Node* known = spec.find("finalizers");
  const auto finalizers = known == nullptr ? std::span<const Node>{} : known->as_list();
  constexpr std::string_view own = "kubernetes";
  if (std::ranges::any_of(finalizers, [&](const Node& one) { return one.as_string() == own; })) return;
  std::vector<Node> all(finalizers.begin(), finalizers.end());
  all.push_back(Node::make_string(own));
  spec.set("finalizers", document::make_list(object.arena(), all));
  object.set("spec", spec.node());
}

// The first generation of a DaemonSet's template, which an annotation tells.
void number_template(Structure& object) {
  constexpr std::string_view name = "deprecated.daemonset.template.generation";
  Structure metadata = object.below("metadata"), annotations = metadata.below("annotations");
  const std::string_view text = annotations.text(name);
  std::int64_t number = 0;
  std::from_chars(text.data(), text.data() + text.size(), number);
  if (number >= 1) return;
  annotations.set(name, Node::make_string("1"));
  metadata.set("annotations", annotations.node());
  object.set("metadata", metadata.node());
}

void gate(const Structure& spec, std::string_view now, Structure& status) {
  const Node* gates = spec.find("schedulingGates");
  if (gates == nullptr || gates->size == 0) return;
  Structure condition(Node{}, status.symbols(), status.arena());
  condition.set("type", Node::make_string("PodScheduled"));
  condition.set("status", Node::make_string("False"));
  if (!now.empty()) condition.set("lastTransitionTime", Node::make_string(now));
  condition.set("reason", Node::make_string("SchedulingGated"));
  condition.set("message", Node::make_string("Scheduling is blocked due to non-empty scheduling gates"));
  const Node made = condition.node();
  status.set("conditions", document::make_list(status.arena(), {&made, 1}));
}

void create_pod(std::uint8_t minor, std::string_view now, Structure& pod, Structure& status) {
  constexpr std::uint8_t resources_since = 37, own_class_until = 36;  // a class that the Pod claims to have
  Structure spec = pod.below("spec");
  if (minor >= resources_since) pod_resources(spec);
  status.set("phase", Node::make_string("Pending"));
  gate(spec, now, status);
  const std::string_view own = minor <= own_class_until ? pod.below("status").text("qosClass") : std::string_view{};
  status.set("qosClass", Node::make_string(own.empty() ? quality_of_service(spec, minor) : own));
  pod.set("spec", spec.node());
}

}  // namespace

Creation creation_of(std::string_view group, std::string_view kind, std::uint8_t minor) {
  const auto* row = std::ranges::find_if(rows, [&](const Row& one) { return one.group == group && one.kind == kind; });
  if (row == std::end(rows)) return {};
  return {.has_generation = minor >= row->generation_since, .clears_status = minor >= row->status_since};
}

void create(std::string_view kind, std::uint8_t minor, std::string_view now, Structure& object, Structure& status) {
  if (kind == "Pod") return create_pod(minor, now, object, status);
  if (kind == "DaemonSet") return number_template(object);
  if (kind == "Namespace") {
    status.set("phase", Node::make_string("Active"));
    return finalize_name_space(object);
  }
  if (kind != "PersistentVolume") return;
  status.set("phase", Node::make_string("Pending"));
  if (!now.empty()) status.set("lastPhaseTransitionTime", Node::make_string(now));
}

}  // namespace kastell::kube::intake

#include "kube/api_resource.h"

#include <algorithm>
#include <array>
#include <tuple>

#include "base/ascii.h"

namespace kastell::kube {

namespace {

constexpr bool namespaced = true, cluster_wide = false, pods = true;

// From the types of k8s.io/api v0.37.2: those that have a client with `list`.
constexpr auto built_in = std::to_array<ApiResource>({
    {"", "ComponentStatus", "componentstatuses", "v1", cluster_wide},
    {"", "ConfigMap", "configmaps", "v1"},
    {"", "Endpoints", "endpoints", "v1"},
    {"", "Event", "events", "v1"},
    {"", "LimitRange", "limitranges", "v1"},
    {"", "Namespace", "namespaces", "v1", cluster_wide},
    {"", "Node", "nodes", "v1", cluster_wide},
    {"", "PersistentVolume", "persistentvolumes", "v1", cluster_wide},
    {"", "PersistentVolumeClaim", "persistentvolumeclaims", "v1"},
    {"", "Pod", "pods", "v1", namespaced, pods},
    {"", "PodTemplate", "podtemplates", "v1", namespaced, pods},
    {"", "ReplicationController", "replicationcontrollers", "v1", namespaced, pods},
    {"", "ResourceQuota", "resourcequotas", "v1"},
    {"", "Secret", "secrets", "v1"},
    {"", "Service", "services", "v1"},
    {"", "ServiceAccount", "serviceaccounts", "v1"},
    {"admissionregistration.k8s.io", "MutatingAdmissionPolicy", "mutatingadmissionpolicies", "v1", cluster_wide},
    {"admissionregistration.k8s.io", "MutatingAdmissionPolicyBinding", "mutatingadmissionpolicybindings", "v1",
     cluster_wide},
    {"admissionregistration.k8s.io", "MutatingWebhookConfiguration", "mutatingwebhookconfigurations", "v1",
     cluster_wide},
    {"admissionregistration.k8s.io", "ValidatingAdmissionPolicy", "validatingadmissionpolicies", "v1", cluster_wide},
    {"admissionregistration.k8s.io", "ValidatingAdmissionPolicyBinding", "validatingadmissionpolicybindings", "v1",
     cluster_wide},
    {"admissionregistration.k8s.io", "ValidatingWebhookConfiguration", "validatingwebhookconfigurations", "v1",
     cluster_wide},
    {"apiextensions.k8s.io", "CustomResourceDefinition", "customresourcedefinitions", "v1", cluster_wide},
    {"apiregistration.k8s.io", "APIService", "apiservices", "v1", cluster_wide},
    {"apps", "ControllerRevision", "controllerrevisions", "v1"},
    {"apps", "DaemonSet", "daemonsets", "v1", namespaced, pods},
    {"apps", "Deployment", "deployments", "v1", namespaced, pods},
    {"apps", "ReplicaSet", "replicasets", "v1", namespaced, pods},
    {"apps", "StatefulSet", "statefulsets", "v1", namespaced, pods},
    {"autoscaling", "HorizontalPodAutoscaler", "horizontalpodautoscalers", "v2"},
    {"batch", "CronJob", "cronjobs", "v1", namespaced, pods},
    {"batch", "Job", "jobs", "v1", namespaced, pods},
    {"certificates.k8s.io", "CertificateSigningRequest", "certificatesigningrequests", "v1", cluster_wide},
    {"certificates.k8s.io", "ClusterTrustBundle", "clustertrustbundles", "v1", cluster_wide},
    {"certificates.k8s.io", "PodCertificateRequest", "podcertificaterequests", "v1"},
    {"coordination.k8s.io", "Lease", "leases", "v1"},
    {"coordination.k8s.io", "LeaseCandidate", "leasecandidates", "v1beta1"},
    {"discovery.k8s.io", "EndpointSlice", "endpointslices", "v1"},
    {"events.k8s.io", "Event", "events", "v1"},
    {"flowcontrol.apiserver.k8s.io", "FlowSchema", "flowschemas", "v1", cluster_wide},
    {"flowcontrol.apiserver.k8s.io", "PriorityLevelConfiguration", "prioritylevelconfigurations", "v1", cluster_wide},
    {"internal.apiserver.k8s.io", "StorageVersion", "storageversions", "v1alpha1", cluster_wide},
    {"networking.k8s.io", "IPAddress", "ipaddresses", "v1", cluster_wide},
    {"networking.k8s.io", "Ingress", "ingresses", "v1"},
    {"networking.k8s.io", "IngressClass", "ingressclasses", "v1", cluster_wide},
    {"networking.k8s.io", "NetworkPolicy", "networkpolicies", "v1"},
    {"networking.k8s.io", "ServiceCIDR", "servicecidrs", "v1", cluster_wide},
    {"node.k8s.io", "RuntimeClass", "runtimeclasses", "v1", cluster_wide},
    {"policy", "PodDisruptionBudget", "poddisruptionbudgets", "v1"},
    {"policy", "PodSecurityPolicy", "podsecuritypolicies", "v1beta1", cluster_wide},
    {"rbac.authorization.k8s.io", "ClusterRole", "clusterroles", "v1", cluster_wide},
    {"rbac.authorization.k8s.io", "ClusterRoleBinding", "clusterrolebindings", "v1", cluster_wide},
    {"rbac.authorization.k8s.io", "Role", "roles", "v1"},
    {"rbac.authorization.k8s.io", "RoleBinding", "rolebindings", "v1"},
    {"resource.k8s.io", "DeviceClass", "deviceclasses", "v1", cluster_wide},
    {"resource.k8s.io", "DeviceTaintRule", "devicetaintrules", "v1", cluster_wide},
    {"resource.k8s.io", "ResourceClaim", "resourceclaims", "v1"},
    {"resource.k8s.io", "ResourceClaimTemplate", "resourceclaimtemplates", "v1"},
    {"resource.k8s.io", "ResourcePoolStatusRequest", "resourcepoolstatusrequests", "v1alpha3", cluster_wide},
    {"resource.k8s.io", "ResourceSlice", "resourceslices", "v1", cluster_wide},
    {"scheduling.k8s.io", "CompositePodGroup", "compositepodgroups", "v1alpha3"},
    {"scheduling.k8s.io", "PodGroup", "podgroups", "v1beta1"},
    {"scheduling.k8s.io", "PriorityClass", "priorityclasses", "v1", cluster_wide},
    {"scheduling.k8s.io", "Workload", "workloads", "v1beta1"},
    {"storage.k8s.io", "CSIDriver", "csidrivers", "v1", cluster_wide},
    {"storage.k8s.io", "CSINode", "csinodes", "v1", cluster_wide},
    {"storage.k8s.io", "CSIStorageCapacity", "csistoragecapacities", "v1"},
    {"storage.k8s.io", "StorageClass", "storageclasses", "v1", cluster_wide},
    {"storage.k8s.io", "VolumeAttachment", "volumeattachments", "v1", cluster_wide},
    {"storage.k8s.io", "VolumeAttributesClass", "volumeattributesclasses", "v1", cluster_wide},
    {"storagemigration.k8s.io", "StorageVersionMigration", "storageversionmigrations", "v1", cluster_wide},
});

constexpr auto custom_pods = std::to_array<ApiResource>({
    {"apps.kruise.io", "AdvancedCronJob", "advancedcronjobs", "v1alpha1", namespaced, pods},
    {"apps.kruise.io", "BroadcastJob", "broadcastjobs", "v1alpha1", namespaced, pods},
    {"apps.kruise.io", "CloneSet", "clonesets", "v1alpha1", namespaced, pods},
    {"apps.kruise.io", "DaemonSet", "daemonsets", "v1beta1", namespaced, pods},
    {"apps.kruise.io", "StatefulSet", "statefulsets", "v1beta1", namespaced, pods},
    {"apps.kruise.io", "UnitedDeployment", "uniteddeployments", "v1alpha1", namespaced, pods},
    {"argoproj.io", "ClusterWorkflowTemplate", "clusterworkflowtemplates", "v1alpha1", cluster_wide, pods},
    {"argoproj.io", "CronWorkflow", "cronworkflows", "v1alpha1", namespaced, pods},
    {"argoproj.io", "Rollout", "rollouts", "v1alpha1", namespaced, pods},
    {"argoproj.io", "Workflow", "workflows", "v1alpha1", namespaced, pods},
    {"argoproj.io", "WorkflowTemplate", "workflowtemplates", "v1alpha1", namespaced, pods},
    {"batch.volcano.sh", "Job", "jobs", "v1alpha1", namespaced, pods},
    {"jobset.x-k8s.io", "JobSet", "jobsets", "v1alpha2", namespaced, pods},
    {"keda.sh", "ScaledJob", "scaledjobs", "v1alpha1", namespaced, pods},
    {"kubeflow.org", "MPIJob", "mpijobs", "v2beta1", namespaced, pods},
    {"kubeflow.org", "Notebook", "notebooks", "v1", namespaced, pods},
    {"kubeflow.org", "PyTorchJob", "pytorchjobs", "v1", namespaced, pods},
    {"kubeflow.org", "TFJob", "tfjobs", "v1", namespaced, pods},
    {"kubeflow.org", "XGBoostJob", "xgboostjobs", "v1", namespaced, pods},
    {"leaderworkerset.x-k8s.io", "LeaderWorkerSet", "leaderworkersets", "v1", namespaced, pods},
    {"ray.io", "RayCluster", "rayclusters", "v1", namespaced, pods},
    {"ray.io", "RayJob", "rayjobs", "v1", namespaced, pods},
    {"ray.io", "RayService", "rayservices", "v1", namespaced, pods},
    {"serving.knative.dev", "Configuration", "configurations", "v1", namespaced, pods},
    {"serving.knative.dev", "Revision", "revisions", "v1", namespaced, pods},
    {"serving.knative.dev", "Service", "services", "v1", namespaced, pods},
    {"tekton.dev", "Pipeline", "pipelines", "v1", namespaced, pods},
    {"tekton.dev", "PipelineRun", "pipelineruns", "v1", namespaced, pods},
    {"tekton.dev", "Task", "tasks", "v1", namespaced, pods},
    {"tekton.dev", "TaskRun", "taskruns", "v1", namespaced, pods},
});

constexpr auto other_custom = std::to_array<ApiResource>({
    {"bitnami.com", "SealedSecret", "sealedsecrets", "v1alpha1"},
    {"cert-manager.io", "Certificate", "certificates", "v1"},
    {"cilium.io", "CiliumClusterwideNetworkPolicy", "ciliumclusterwidenetworkpolicies", "v2", cluster_wide},
    {"cilium.io", "CiliumNetworkPolicy", "ciliumnetworkpolicies", "v2"},
    {"crd.antrea.io", "ClusterNetworkPolicy", "clusternetworkpolicies", "v1beta1", cluster_wide},
    {"crd.antrea.io", "NetworkPolicy", "networkpolicies", "v1beta1"},
    {"crd.projectcalico.org", "GlobalNetworkPolicy", "globalnetworkpolicies", "v1", cluster_wide},
    {"crd.projectcalico.org", "NetworkPolicy", "networkpolicies", "v1"},
    {"external-secrets.io", "ExternalSecret", "externalsecrets", "v1"},
    {"gateway.networking.k8s.io", "Gateway", "gateways", "v1"},
    {"gateway.networking.k8s.io", "HTTPRoute", "httproutes", "v1"},
    {"policy.networking.k8s.io", "AdminNetworkPolicy", "adminnetworkpolicies", "v1alpha1", cluster_wide},
    {"policy.networking.k8s.io", "BaselineAdminNetworkPolicy", "baselineadminnetworkpolicies", "v1alpha1",
     cluster_wide},
    {"policy.networking.k8s.io", "ClusterNetworkPolicy", "clusternetworkpolicies", "v1alpha2", cluster_wide},
    {"projectcalico.org", "GlobalNetworkPolicy", "globalnetworkpolicies", "v3", cluster_wide},
    {"projectcalico.org", "NetworkPolicy", "networkpolicies", "v3"},
});

constexpr auto identity(const ApiResource& entry) {
  return std::tuple(entry.group, entry.kind);
}
static_assert(std::ranges::is_sorted(built_in, {}, identity));
static_assert(std::ranges::is_sorted(custom_pods, {}, identity));
static_assert(std::ranges::is_sorted(other_custom, {}, identity));

const ApiResource* find_in(std::span<const ApiResource> table, std::string_view group, std::string_view kind) {
  const auto at = std::ranges::lower_bound(table, std::tuple(group, kind), {}, identity);
  return at != table.end() && at->group == group && at->kind == kind ? &*at : nullptr;
}

}  // namespace

std::span<const ApiResource> built_in_resources() {
  return built_in;
}

std::span<const ApiResource> custom_pod_resources() {
  return custom_pods;
}

const ApiResource* find_resource(std::string_view group, std::string_view kind) {
  const ApiResource* found = find_in(built_in, group, kind);
  if (found == nullptr) found = find_in(custom_pods, group, kind);
  return found != nullptr ? found : find_in(other_custom, group, kind);
}

bool is_built_in(std::string_view group, std::string_view kind) {
  return find_in(built_in, group, kind) != nullptr;
}

bool is_file_kind(std::string_view group, std::string_view kind) {
  if (group.empty()) return kind == "Config";  // a kubeconfig
  constexpr std::string_view others[] = {"audit.k8s.io", "kubeadm.k8s.io", "apiserver.k8s.io"};
  return group.ends_with(".config.k8s.io") || std::ranges::find(others, group) != std::end(others);
}

std::string_view api_group(std::string_view api_version) {
  const std::size_t slash = api_version.find('/');
  return slash == std::string_view::npos ? std::string_view{} : api_version.substr(0, slash);
}

std::string_view version_in_group(std::string_view api_version) {
  return api_version.substr(api_version.find('/') + 1);  // from the start without a slash
}

std::string full_name(std::string resource, std::string_view group) {
  return group.empty() ? resource : std::move(resource.append(".").append(group));
}

std::string guess_resource(std::string_view kind) {
  std::string plural = in_lower_case(kind);
  if (plural.ends_with("endpoints")) return plural;
  if (plural.ends_with('s')) return plural + "es";
  if (!plural.ends_with('y')) return plural + "s";
  plural.pop_back();
  return plural + "ies";
}

}  // namespace kastell::kube

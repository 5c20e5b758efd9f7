// The fields of the kinds that controls judge or join, but for pods: core/v1, networking.k8s.io/v1 and
// rbac.authorization.k8s.io/v1, and the metadata of every kind.
#pragma once

#include "kube/schema/field.h"

namespace kastell::kube {

struct KindSchema {
  std::string_view group, kind;
  Schema schema;
};

inline constexpr KindSchema kind_schemas[] = {
    {"", "ConfigMap", Schema::config_map},
    {"", "LimitRange", Schema::limit_range},
    {"", "Namespace", Schema::name_space},
    {"", "ResourceQuota", Schema::resource_quota},
    {"", "Secret", Schema::secret},
    {"", "Service", Schema::service},
    {"", "ServiceAccount", Schema::service_account},
    {"networking.k8s.io", "Ingress", Schema::ingress},
    {"networking.k8s.io", "NetworkPolicy", Schema::network_policy},
    {"rbac.authorization.k8s.io", "ClusterRole", Schema::role},
    {"rbac.authorization.k8s.io", "ClusterRoleBinding", Schema::role_binding},
    {"rbac.authorization.k8s.io", "Role", Schema::role},
    {"rbac.authorization.k8s.io", "RoleBinding", Schema::role_binding},
};

inline constexpr Field object_fields[] = {
    {Schema::metadata, symbols::name, Schema::string},
    {Schema::metadata, symbols::generateName, Schema::string},
    {Schema::metadata, symbols::namespace_, Schema::string},
    {Schema::metadata, symbols::labels, Schema::string_map},
    {Schema::metadata, symbols::annotations, Schema::string_map},

    {Schema::any_kind, symbols::metadata, Schema::metadata},

    {Schema::config_map, symbols::metadata, Schema::metadata},
    {Schema::config_map, symbols::data, Schema::string_map},
    {Schema::config_map, symbols::binaryData, Schema::string_map},
    {Schema::config_map, symbols::immutable, Schema::boolean},

    {Schema::secret, symbols::metadata, Schema::metadata},
    {Schema::secret, symbols::data, Schema::string_map},
    {Schema::secret, symbols::stringData, Schema::string_map},
    {Schema::secret, symbols::type, Schema::string},
    {Schema::secret, symbols::immutable, Schema::boolean},

    {Schema::name_space, symbols::metadata, Schema::metadata},
    {Schema::name_space, symbols::spec, Schema::namespace_spec},
    {Schema::namespace_spec, symbols::finalizers, Schema::string, list_of},

    {Schema::service_account, symbols::metadata, Schema::metadata},
    {Schema::service_account, symbols::automountServiceAccountToken, Schema::boolean},
    {Schema::service_account, symbols::secrets, Schema::reference, list_of},
    {Schema::service_account, symbols::imagePullSecrets, Schema::reference, list_of},
    {Schema::reference, symbols::name, Schema::string},
    {Schema::reference, symbols::namespace_, Schema::string},
    {Schema::reference, symbols::kind, Schema::string},
    {Schema::reference, symbols::apiGroup, Schema::string},

    {Schema::limit_range, symbols::metadata, Schema::metadata},
    {Schema::limit_range, symbols::spec, Schema::limit_range_spec},
    {Schema::limit_range_spec, symbols::limits, Schema::limit_range_item, list_of},
    {Schema::limit_range_item, symbols::type, Schema::string},
    {Schema::limit_range_item, symbols::max, Schema::quantity_map},
    {Schema::limit_range_item, symbols::min, Schema::quantity_map},
    {Schema::limit_range_item, symbols::default_, Schema::quantity_map},
    {Schema::limit_range_item, symbols::defaultRequest, Schema::quantity_map},
    {Schema::limit_range_item, symbols::maxLimitRequestRatio, Schema::quantity_map},

    {Schema::resource_quota, symbols::metadata, Schema::metadata},
    {Schema::resource_quota, symbols::spec, Schema::resource_quota_spec},
    {Schema::resource_quota_spec, symbols::hard, Schema::quantity_map},
    {Schema::resource_quota_spec, symbols::scopes, Schema::string, list_of},
    {Schema::resource_quota_spec, symbols::scopeSelector, Schema::scope_selector},
    {Schema::scope_selector, symbols::matchExpressions, Schema::scope_requirement, list_of},
    {Schema::scope_requirement, symbols::scopeName, Schema::string},
    {Schema::scope_requirement, symbols::operator_, Schema::string},
    {Schema::scope_requirement, symbols::values, Schema::string, list_of},

    {Schema::service, symbols::metadata, Schema::metadata},
    {Schema::service, symbols::spec, Schema::service_spec},
    {Schema::service_spec, symbols::type, Schema::string},
    {Schema::service_spec, symbols::selector, Schema::string_map},
    {Schema::service_spec, symbols::ports, Schema::service_port, list_of},
    {Schema::service_spec, symbols::clusterIP, Schema::string},
    {Schema::service_spec, symbols::clusterIPs, Schema::string, list_of},
    {Schema::service_spec, symbols::externalIPs, Schema::string, list_of},
    {Schema::service_spec, symbols::externalName, Schema::string},
    {Schema::service_spec, symbols::externalTrafficPolicy, Schema::string},
    {Schema::service_spec, symbols::internalTrafficPolicy, Schema::string},
    {Schema::service_spec, symbols::loadBalancerIP, Schema::string},
    {Schema::service_spec, symbols::loadBalancerClass, Schema::string},
    {Schema::service_spec, symbols::loadBalancerSourceRanges, Schema::string, list_of},
    {Schema::service_spec, symbols::allocateLoadBalancerNodePorts, Schema::boolean},
    {Schema::service_port, symbols::name, Schema::string},
    {Schema::service_port, symbols::protocol, Schema::string},
    {Schema::service_port, symbols::port, Schema::integer},
    {Schema::service_port, symbols::targetPort, Schema::integer_or_string},
    {Schema::service_port, symbols::nodePort, Schema::integer},

    {Schema::ingress, symbols::metadata, Schema::metadata},
    {Schema::ingress, symbols::spec, Schema::ingress_spec},
    {Schema::ingress_spec, symbols::ingressClassName, Schema::string},
    {Schema::ingress_spec, symbols::defaultBackend, Schema::ingress_backend},
    {Schema::ingress_spec, symbols::tls, Schema::ingress_tls, list_of},
    {Schema::ingress_spec, symbols::rules, Schema::ingress_rule, list_of},
    {Schema::ingress_tls, symbols::hosts, Schema::string, list_of},
    {Schema::ingress_tls, symbols::secretName, Schema::string},
    {Schema::ingress_rule, symbols::host, Schema::string},
    {Schema::ingress_rule, symbols::http, Schema::ingress_http},
    {Schema::ingress_http, symbols::paths, Schema::ingress_path, list_of},
    {Schema::ingress_path, symbols::path, Schema::string},
    {Schema::ingress_path, symbols::pathType, Schema::string},
    {Schema::ingress_path, symbols::backend, Schema::ingress_backend},
    {Schema::ingress_backend, symbols::service, Schema::ingress_service},
    {Schema::ingress_backend, symbols::resource, Schema::reference},
    {Schema::ingress_service, symbols::name, Schema::string},
    {Schema::ingress_service, symbols::port, Schema::ingress_service_port},
    {Schema::ingress_service_port, symbols::name, Schema::string},
    {Schema::ingress_service_port, symbols::number, Schema::integer},

    {Schema::network_policy, symbols::metadata, Schema::metadata},
    {Schema::network_policy, symbols::spec, Schema::network_policy_spec},
    {Schema::network_policy_spec, symbols::podSelector, Schema::label_selector},
    {Schema::network_policy_spec, symbols::policyTypes, Schema::string, list_of},
    {Schema::network_policy_spec, symbols::ingress, Schema::network_policy_rule, list_of},
    {Schema::network_policy_spec, symbols::egress, Schema::network_policy_rule, list_of},
    {Schema::network_policy_rule, symbols::from, Schema::network_policy_peer, list_of},
    {Schema::network_policy_rule, symbols::to, Schema::network_policy_peer, list_of},
    {Schema::network_policy_rule, symbols::ports, Schema::network_policy_port, list_of},
    {Schema::network_policy_peer, symbols::podSelector, Schema::label_selector},
    {Schema::network_policy_peer, symbols::namespaceSelector, Schema::label_selector},
    {Schema::network_policy_peer, symbols::ipBlock, Schema::ip_block},
    {Schema::network_policy_port, symbols::protocol, Schema::string},
    {Schema::network_policy_port, symbols::port, Schema::integer_or_string},
    {Schema::network_policy_port, symbols::endPort, Schema::integer},
    {Schema::ip_block, symbols::cidr, Schema::string},
    {Schema::ip_block, symbols::except, Schema::string, list_of},
    {Schema::label_selector, symbols::matchLabels, Schema::string_map},
    {Schema::label_selector, symbols::matchExpressions, Schema::label_requirement, list_of},
    {Schema::label_requirement, symbols::key, Schema::string},
    {Schema::label_requirement, symbols::operator_, Schema::string},
    {Schema::label_requirement, symbols::values, Schema::string, list_of},

    {Schema::role, symbols::metadata, Schema::metadata},
    {Schema::role, symbols::rules, Schema::policy_rule, list_of},
    {Schema::role, symbols::aggregationRule, Schema::aggregation_rule},
    {Schema::policy_rule, symbols::verbs, Schema::string, list_of},
    {Schema::policy_rule, symbols::apiGroups, Schema::string, list_of},
    {Schema::policy_rule, symbols::resources, Schema::string, list_of},
    {Schema::policy_rule, symbols::resourceNames, Schema::string, list_of},
    {Schema::policy_rule, symbols::nonResourceURLs, Schema::string, list_of},
    {Schema::aggregation_rule, symbols::clusterRoleSelectors, Schema::label_selector, list_of},

    {Schema::role_binding, symbols::metadata, Schema::metadata},
    {Schema::role_binding, symbols::subjects, Schema::reference, list_of},
    {Schema::role_binding, symbols::roleRef, Schema::reference},
};

}  // namespace kastell::kube

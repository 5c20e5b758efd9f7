// The fields of admission webhooks, of the files that configure an API server, and of other kinds that controls judge.
#pragma once

#include "kube/schema/field.h"

namespace kastell::kube {

inline constexpr Field configuration_fields[] = {
    // The webhooks of admissionregistration.k8s.io/v1.
    {Schema::webhook_configuration, symbols::metadata, Schema::metadata},
    {Schema::webhook_configuration, symbols::webhooks, Schema::webhook, list_of},

    {Schema::webhook, symbols::name, Schema::string},
    {Schema::webhook, symbols::clientConfig, Schema::webhook_client},
    {Schema::webhook, symbols::rules, Schema::webhook_rule, list_of},
    {Schema::webhook, symbols::failurePolicy, Schema::string},
    {Schema::webhook, symbols::matchPolicy, Schema::string},
    {Schema::webhook, symbols::namespaceSelector, Schema::label_selector},
    {Schema::webhook, symbols::objectSelector, Schema::label_selector},
    {Schema::webhook, symbols::sideEffects, Schema::string},
    {Schema::webhook, symbols::timeoutSeconds, Schema::integer},
    {Schema::webhook, symbols::admissionReviewVersions, Schema::string, list_of},
    {Schema::webhook, symbols::reinvocationPolicy, Schema::string},
    {Schema::webhook, symbols::matchConditions, Schema::match_condition, list_of},

    {Schema::webhook_client, symbols::url, Schema::string},
    {Schema::webhook_client, symbols::caBundle, Schema::string},
    {Schema::webhook_client, symbols::service, Schema::webhook_service},

    {Schema::webhook_service, symbols::namespace_, Schema::string},
    {Schema::webhook_service, symbols::name, Schema::string},
    {Schema::webhook_service, symbols::path, Schema::string},
    {Schema::webhook_service, symbols::port, Schema::integer},

    {Schema::webhook_rule, symbols::operations, Schema::string, list_of},
    {Schema::webhook_rule, symbols::apiGroups, Schema::string, list_of},
    {Schema::webhook_rule, symbols::apiVersions, Schema::string, list_of},
    {Schema::webhook_rule, symbols::resources, Schema::string, list_of},
    {Schema::webhook_rule, symbols::scope, Schema::string},

    // Policies of admissionregistration.k8s.io/v1.
    {Schema::admission_policy, symbols::metadata, Schema::metadata},
    {Schema::admission_policy, symbols::spec, Schema::admission_policy_spec},

    {Schema::admission_policy_spec, symbols::failurePolicy, Schema::string},
    {Schema::admission_policy_spec, symbols::matchConditions, Schema::match_condition, list_of},

    {Schema::match_condition, symbols::name, Schema::string},
    {Schema::match_condition, symbols::expression, Schema::string},

    // The API server's own files: apiserver.config.k8s.io, audit.k8s.io, pod-security.admission.config.k8s.io.
    {Schema::encryption_configuration, symbols::resources, Schema::encryption_resource, list_of},

    {Schema::encryption_resource, symbols::resources, Schema::string, list_of},
    {Schema::encryption_resource, symbols::providers, Schema::encryption_provider, list_of},

    {Schema::encryption_provider, symbols::aescbc, Schema::encryption_keys},
    {Schema::encryption_provider, symbols::aesgcm, Schema::encryption_keys},
    {Schema::encryption_provider, symbols::secretbox, Schema::encryption_keys},
    {Schema::encryption_provider, symbols::identity, Schema::object},
    {Schema::encryption_provider, symbols::kms, Schema::kms_provider},

    {Schema::encryption_keys, symbols::keys, Schema::encryption_key, list_of},

    {Schema::encryption_key, symbols::name, Schema::string},
    {Schema::encryption_key, symbols::secret, Schema::string},

    {Schema::kms_provider, symbols::apiVersion, Schema::string},
    {Schema::kms_provider, symbols::name, Schema::string},
    {Schema::kms_provider, symbols::endpoint, Schema::string},
    {Schema::kms_provider, symbols::timeout, Schema::string},
    {Schema::kms_provider, symbols::cachesize, Schema::integer},

    {Schema::audit_policy, symbols::metadata, Schema::metadata},
    {Schema::audit_policy, symbols::rules, Schema::audit_rule, list_of},
    {Schema::audit_policy, symbols::omitStages, Schema::string, list_of},
    {Schema::audit_policy, symbols::omitManagedFields, Schema::boolean},

    {Schema::audit_rule, symbols::level, Schema::string},
    {Schema::audit_rule, symbols::users, Schema::string, list_of},
    {Schema::audit_rule, symbols::userGroups, Schema::string, list_of},
    {Schema::audit_rule, symbols::verbs, Schema::string, list_of},
    {Schema::audit_rule, symbols::resources, Schema::audit_resource, list_of},
    {Schema::audit_rule, symbols::namespaces, Schema::string, list_of},
    {Schema::audit_rule, symbols::nonResourceURLs, Schema::string, list_of},
    {Schema::audit_rule, symbols::omitStages, Schema::string, list_of},
    {Schema::audit_rule, symbols::omitManagedFields, Schema::boolean},

    {Schema::audit_resource, symbols::group, Schema::string},
    {Schema::audit_resource, symbols::resources, Schema::string, list_of},
    {Schema::audit_resource, symbols::resourceNames, Schema::string, list_of},

    {Schema::authorization_configuration, symbols::authorizers, Schema::authorizer, list_of},

    {Schema::authorizer, symbols::type, Schema::string},
    {Schema::authorizer, symbols::name, Schema::string},
    {Schema::authorizer, symbols::webhook, Schema::authorizer_webhook},

    {Schema::authorizer_webhook, symbols::authorizedTTL, Schema::string},
    {Schema::authorizer_webhook, symbols::unauthorizedTTL, Schema::string},
    {Schema::authorizer_webhook, symbols::timeout, Schema::string},
    {Schema::authorizer_webhook, symbols::failurePolicy, Schema::string},
    {Schema::authorizer_webhook, symbols::connectionInfo, Schema::connection_info},
    {Schema::authorizer_webhook, symbols::matchConditions, Schema::match_condition, list_of},

    {Schema::connection_info, symbols::type, Schema::string},
    {Schema::connection_info, symbols::kubeConfigFile, Schema::string},

    {Schema::authentication_configuration, symbols::jwt, Schema::jwt_authenticator, list_of},
    {Schema::authentication_configuration, symbols::anonymous, Schema::anonymous_access},

    {Schema::jwt_authenticator, symbols::issuer, Schema::jwt_issuer},
    {Schema::jwt_authenticator, symbols::claimMappings, Schema::claim_mappings},
    {Schema::jwt_authenticator, symbols::claimValidationRules, Schema::claim_rule, list_of},
    {Schema::jwt_authenticator, symbols::userValidationRules, Schema::claim_rule, list_of},

    {Schema::jwt_issuer, symbols::url, Schema::string},
    {Schema::jwt_issuer, symbols::discoveryURL, Schema::string},
    {Schema::jwt_issuer, symbols::certificateAuthority, Schema::string},
    {Schema::jwt_issuer, symbols::audiences, Schema::string, list_of},
    {Schema::jwt_issuer, symbols::audienceMatchPolicy, Schema::string},

    {Schema::claim_mappings, symbols::username, Schema::claim_mapping},
    {Schema::claim_mappings, symbols::groups, Schema::claim_mapping},
    {Schema::claim_mappings, symbols::uid, Schema::claim_mapping},

    {Schema::claim_mapping, symbols::claim, Schema::string},
    {Schema::claim_mapping, symbols::prefix, Schema::string},
    {Schema::claim_mapping, symbols::expression, Schema::string},

    {Schema::claim_rule, symbols::claim, Schema::string},
    {Schema::claim_rule, symbols::requiredValue, Schema::string},
    {Schema::claim_rule, symbols::expression, Schema::string},
    {Schema::claim_rule, symbols::message, Schema::string},

    {Schema::anonymous_access, symbols::enabled, Schema::boolean},
    {Schema::anonymous_access, symbols::conditions, Schema::anonymous_condition, list_of},

    {Schema::anonymous_condition, symbols::path, Schema::string},

    {Schema::admission_configuration, symbols::plugins, Schema::admission_plugin, list_of},

    {Schema::admission_plugin, symbols::name, Schema::string},
    {Schema::admission_plugin, symbols::path, Schema::string},
    {Schema::admission_plugin, symbols::configuration, Schema::plugin_configuration},

    // Of any plugin: the names of PodSecurity's and ImagePolicyWebhook's parts are no other's.
    {Schema::plugin_configuration, symbols::defaults, Schema::string_map},
    {Schema::plugin_configuration, symbols::exemptions, Schema::pod_security_exemptions},
    {Schema::plugin_configuration, symbols::imagePolicy, Schema::image_policy},
    {Schema::plugin_configuration, symbols::apiVersion, Schema::string},
    {Schema::plugin_configuration, symbols::kind, Schema::string},

    {Schema::pod_security_exemptions, symbols::usernames, Schema::string, list_of},
    {Schema::pod_security_exemptions, symbols::runtimeClasses, Schema::string, list_of},
    {Schema::pod_security_exemptions, symbols::namespaces, Schema::string, list_of},

    {Schema::image_policy, symbols::kubeConfigFile, Schema::string},
    {Schema::image_policy, symbols::allowTTL, Schema::integer},
    {Schema::image_policy, symbols::denyTTL, Schema::integer},
    {Schema::image_policy, symbols::retryBackoff, Schema::integer},
    {Schema::image_policy, symbols::defaultAllow, Schema::boolean},

    // kubeconfig (v1).
    {Schema::kubeconfig, symbols::clusters, Schema::named_cluster, list_of},
    {Schema::kubeconfig, symbols::users, Schema::named_user, list_of},

    {Schema::named_cluster, symbols::name, Schema::string},
    {Schema::named_cluster, symbols::cluster, Schema::kubeconfig_cluster},

    {Schema::kubeconfig_cluster, symbols::server, Schema::string},
    {Schema::kubeconfig_cluster, symbols::insecure_skip_tls_verify, Schema::boolean},

    {Schema::named_user, symbols::name, Schema::string},
    {Schema::named_user, symbols::user, Schema::kubeconfig_user},

    {Schema::kubeconfig_user, symbols::token, Schema::string},
    {Schema::kubeconfig_user, symbols::tokenFile, Schema::string},
    {Schema::kubeconfig_user, symbols::username, Schema::string},
    {Schema::kubeconfig_user, symbols::password, Schema::string},
    {Schema::kubeconfig_user, symbols::exec, Schema::object},
    {Schema::kubeconfig_user, symbols::auth_provider, Schema::auth_provider},
    {Schema::kubeconfig_user, symbols::client_certificate, Schema::string},
    {Schema::kubeconfig_user, symbols::client_key, Schema::string},
    {Schema::kubeconfig_user, symbols::client_certificate_data, Schema::string},
    {Schema::kubeconfig_user, symbols::client_key_data, Schema::string},

    {Schema::auth_provider, symbols::name, Schema::string},
    {Schema::auth_provider, symbols::config, Schema::string_map},

    // gateway.networking.k8s.io/v1, certificates.k8s.io/v1, policy/v1beta1, core/v1.
    {Schema::gateway, symbols::metadata, Schema::metadata},
    {Schema::gateway, symbols::spec, Schema::gateway_spec},

    {Schema::gateway_spec, symbols::gatewayClassName, Schema::string},
    {Schema::gateway_spec, symbols::listeners, Schema::gateway_listener, list_of},

    {Schema::gateway_listener, symbols::name, Schema::string},
    {Schema::gateway_listener, symbols::hostname, Schema::string},
    {Schema::gateway_listener, symbols::port, Schema::integer},
    {Schema::gateway_listener, symbols::protocol, Schema::string},
    {Schema::gateway_listener, symbols::tls, Schema::gateway_tls},
    {Schema::gateway_listener, symbols::allowedRoutes, Schema::allowed_routes},

    {Schema::gateway_tls, symbols::mode, Schema::string},
    {Schema::gateway_tls, symbols::certificateRefs, Schema::reference, list_of},
    {Schema::gateway_tls, symbols::options, Schema::string_map},

    {Schema::allowed_routes, symbols::namespaces, Schema::route_namespaces},

    {Schema::route_namespaces, symbols::from, Schema::string},
    {Schema::route_namespaces, symbols::selector, Schema::label_selector},

    {Schema::signing_request, symbols::metadata, Schema::metadata},
    {Schema::signing_request, symbols::spec, Schema::signing_request_spec},

    {Schema::signing_request_spec, symbols::signerName, Schema::string},
    {Schema::signing_request_spec, symbols::request, Schema::string},
    {Schema::signing_request_spec, symbols::usages, Schema::string, list_of},
    {Schema::signing_request_spec, symbols::expirationSeconds, Schema::integer},
    {Schema::signing_request_spec, symbols::username, Schema::string},
    {Schema::signing_request_spec, symbols::groups, Schema::string, list_of},

    {Schema::pod_security_policy, symbols::metadata, Schema::metadata},
    {Schema::pod_security_policy, symbols::spec, Schema::object},

    {Schema::persistent_volume, symbols::metadata, Schema::metadata},
    {Schema::persistent_volume, symbols::spec, Schema::persistent_volume_spec},

    {Schema::persistent_volume_spec, symbols::hostPath, Schema::host_path},
    {Schema::persistent_volume_spec, symbols::local, Schema::host_path},  // has a path too
    {Schema::persistent_volume_spec, symbols::capacity, Schema::quantity_map},
    {Schema::persistent_volume_spec, symbols::storageClassName, Schema::string},
    {Schema::persistent_volume_spec, symbols::volumeMode, Schema::string},
    {Schema::persistent_volume_spec, symbols::csi, Schema::csi_source},

    {Schema::node, symbols::metadata, Schema::metadata},
    {Schema::node, symbols::status, Schema::node_status},

    {Schema::node_status, symbols::nodeInfo, Schema::node_info},

    {Schema::node_info, symbols::kubeletVersion, Schema::string},
    {Schema::node_info, symbols::kubeProxyVersion, Schema::string},
    {Schema::node_info, symbols::containerRuntimeVersion, Schema::string},
    {Schema::node_info, symbols::osImage, Schema::string},
    {Schema::node_info, symbols::kernelVersion, Schema::string},
    {Schema::node_info, symbols::architecture, Schema::string},
    {Schema::node_info, symbols::operatingSystem, Schema::string},

    // kubelet.config.k8s.io/v1beta1 and kubeadm.k8s.io: what is not a flag's value; those are the component's view.
    {Schema::kubelet_configuration, symbols::authentication, Schema::kubelet_authentication},
    {Schema::kubelet_configuration, symbols::authorization, Schema::kubelet_authorization},
    {Schema::kubelet_authentication, symbols::anonymous, Schema::enabled_switch},
    {Schema::kubelet_authentication, symbols::webhook, Schema::enabled_switch},
    {Schema::kubelet_authentication, symbols::x509, Schema::object},
    {Schema::enabled_switch, symbols::enabled, Schema::boolean},
    {Schema::kubelet_authorization, symbols::mode, Schema::string},
    {Schema::kubelet_authorization, symbols::webhook, Schema::object},
    {Schema::kubeadm_configuration, symbols::kubernetesVersion, Schema::string},
    {Schema::csi_source, symbols::driver, Schema::string},
    {Schema::csi_source, symbols::volumeHandle, Schema::string},
    {Schema::csi_source, symbols::readOnly, Schema::boolean},
};

}  // namespace kastell::kube

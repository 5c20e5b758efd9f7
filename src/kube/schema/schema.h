// The types of the fields that controls judge, as Kubernetes declares them.
//
// A string where Kubernetes wants a boolean would be refused by the API server; a control that compares
// it would draw a wrong conclusion. So pod views and objects are checked against this schema before anybody
// judges them. The fields are rows of pod_fields.h and object_fields.h.
#pragma once

#include <cstdint>
#include <string_view>

#include "base/arena.h"
#include "kube/pod_view.h"

namespace kastell::kube {

enum class Schema : std::uint8_t {
  any,
  boolean,
  integer,
  string,
  quantity,  // a number or a string
  integer_or_string,
  string_map,
  quantity_map,
  // objects with declared fields
  pod_spec,
  pod_security_context,
  container,
  security_context,
  capabilities,
  profile,
  selinux_options,
  windows_options,
  sysctl,
  volume,
  host_path,
  image_source,
  projected,
  projected_source,
  config_map_source,
  secret_source,
  claim_source,
  token_source,
  port,
  env,
  env_source,
  env_from,
  volume_mount,
  resources,
  handler,
  http_get,
  tcp_socket,
  lifecycle,
  pod_os,
  metadata,
  object,  // any members
  // objects of a kind, and their parts
  any_kind,
  config_map,
  secret,
  name_space,
  namespace_spec,
  service_account,
  reference,
  limit_range,
  limit_range_spec,
  limit_range_item,
  resource_quota,
  resource_quota_spec,
  scope_selector,
  scope_requirement,
  service,
  service_spec,
  service_port,
  ingress,
  ingress_spec,
  ingress_tls,
  ingress_rule,
  ingress_http,
  ingress_path,
  ingress_backend,
  ingress_service,
  ingress_service_port,
  autoscaler,
  autoscaler_spec,
  disruption_budget,
  disruption_budget_spec,
  network_policy,
  network_policy_spec,
  network_policy_rule,
  network_policy_peer,
  network_policy_port,
  ip_block,
  label_selector,
  label_requirement,
  role,
  policy_rule,
  aggregation_rule,
  role_binding,
  webhook_configuration,
  webhook,
  webhook_client,
  webhook_service,
  webhook_rule,
  admission_policy,
  admission_policy_spec,
  match_condition,
  encryption_configuration,
  encryption_resource,
  encryption_provider,
  encryption_keys,
  encryption_key,
  kms_provider,
  audit_policy,
  audit_rule,
  audit_resource,
  authorization_configuration,
  authorizer,
  authorizer_webhook,
  connection_info,
  authentication_configuration,
  jwt_authenticator,
  jwt_issuer,
  claim_mappings,
  claim_mapping,
  claim_rule,
  anonymous_access,
  anonymous_condition,
  admission_configuration,
  admission_plugin,
  plugin_configuration,
  pod_security_exemptions,
  image_policy,
  kubeconfig,
  named_cluster,
  kubeconfig_cluster,
  named_user,
  kubeconfig_user,
  auth_provider,
  gateway,
  gateway_spec,
  gateway_listener,
  gateway_tls,
  allowed_routes,
  route_namespaces,
  signing_request,
  signing_request_spec,
  pod_security_policy,
  persistent_volume,
  persistent_volume_spec,
  node,
  node_status,
  node_info,
  kubelet_configuration,
  kubelet_authentication,
  enabled_switch,
  kubelet_authorization,
  kubeadm_configuration,
  csi_source,
  count,
};

// Told where a node is not of its schema: the path below the node, what is expected there ("a list"), and what is
// there.
class SchemaReporter {
 public:
  virtual void report(PathView path, std::string_view expected, const document::Node* found) = 0;

 protected:
  ~SchemaReporter() = default;
};
void check_schema(const document::Node& node, Schema schema, SchemaReporter& reporter);

// "expected a list, found a string"; of null: "found nothing".
std::string_view mismatch_text(std::string_view expected, const document::Node* found, Arena& arena);

}  // namespace kastell::kube

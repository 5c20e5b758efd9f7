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

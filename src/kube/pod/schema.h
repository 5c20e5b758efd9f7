// The types of the pod fields that controls judge, as Kubernetes declares them (core/v1).
//
// A string where Kubernetes wants a boolean would be refused by the API server; a control that compares
// it would draw a wrong conclusion. So a view is checked against this schema before anybody judges it.
#pragma once

#include "kube/pod_view.h"

namespace kastell::kube {

enum class Schema : std::uint8_t {
  any,
  boolean,
  integer,
  string,
  quantity,  // a number or a string
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
  projected,
  port,
  env,
  env_source,
  volume_mount,
  resources,
  handler,
  http_get,
  tcp_socket,
  lifecycle,
  pod_os,
  metadata,
  object,  // any members
  count,
};

// Told where a node is not of its schema: the path below the node, and what is wanted there.
class SchemaReporter {
 public:
  virtual void report(PathView path, std::string_view wanted) = 0;

 protected:
  ~SchemaReporter() = default;
};
void check_schema(const document::Node& node, Schema schema, SchemaReporter& reporter);

}  // namespace kastell::kube

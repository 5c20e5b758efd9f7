#include "kube/intake/pod_defaults.h"

#include <array>

namespace kastell::kube::intake {

using document::Node;

namespace {

template <typename Change>
void change_containers(Structure& spec, const Change& change) {
  for (const std::string_view name : {"containers", "initContainers"}) change_items(spec, name, change);
}

void requests_of_limits_of(Structure& container) {
  Structure resources = container.below("resources");
  if (!resources.has("limits")) return;
  Structure requests = resources.below("requests");
  requests.add_missing(resources.below("limits"));
  if (requests.members().empty()) return;
  resources.set("requests", requests.node());
  container.set("resources", resources.node());
}

}  // namespace

void grace_period(Structure& spec) {
  const Node* seconds = spec.find("terminationGracePeriodSeconds");
  if (seconds != nullptr && seconds->integer < 0) spec.set("terminationGracePeriodSeconds", Node::make_integer(1));
}

void requests_of_limits(Structure& spec) {
  change_containers(spec, requests_of_limits_of);
}

void host_ports(Structure& spec) {
  const Node* shares = spec.find("hostNetwork");
  if (shares == nullptr || !shares->boolean) return;
  change_containers(spec, [](Structure& container) {
    change_items(container, "ports", [](Structure& port) {
      const Node* own = port.find("containerPort");
      if (!port.has("hostPort") && own != nullptr && own->integer != 0) port.set("hostPort", *own);
    });
  });
}

void service_account(Structure& spec) {
  if (spec.text("serviceAccountName").empty()) {
    if (const Node* alias = spec.find("serviceAccount")) spec.set("serviceAccountName", *alias);
  }
  if (const Node* name = spec.find("serviceAccountName")) spec.set("serviceAccount", *name);
}

}  // namespace kastell::kube::intake

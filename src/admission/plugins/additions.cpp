#include "admission/plugins/additions.h"

namespace kastell::admission {

namespace {

// plugin/pkg/admission: serviceaccount, defaulttolerationseconds, nodetaint; pkg/apis/scheduling/v1/helpers.go.
// The token lives for an hour and seven seconds, by which an API server knows those that it mounted itself.
constexpr std::string_view text = R"(
volume:
  name: kube-api-access-xxxxx
  projected:
    defaultMode: 420
    sources:
      - {serviceAccountToken: {path: token, expirationSeconds: 3607}}
      - {configMap: {name: kube-root-ca.crt, items: [{key: ca.crt, path: ca.crt}]}}
      - {downwardAPI: {items: [{path: namespace, fieldRef: {apiVersion: v1, fieldPath: metadata.namespace}}]}}
mount: {name: kube-api-access-xxxxx, readOnly: true, mountPath: /var/run/secrets/kubernetes.io/serviceaccount}
notReady: {key: node.kubernetes.io/not-ready, operator: Exists, effect: NoExecute, tolerationSeconds: 300}
unreachable: {key: node.kubernetes.io/unreachable, operator: Exists, effect: NoExecute, tolerationSeconds: 300}
taint: {key: node.kubernetes.io/not-ready, effect: NoSchedule}
priorityClasses:
  system-node-critical: {value: 2000001000, preemptionPolicy: PreemptLowerPriority}
  system-cluster-critical: {value: 2000000000, preemptionPolicy: PreemptLowerPriority}
)";

}  // namespace

Additions::Additions(SymbolTable& symbols)
    : symbols_(symbols),
      stream_(document::parse(std::make_shared<document::Source>("additions", text), symbols,
                              {.format = document::Format::yaml})) {}

}  // namespace kastell::admission

#include "kube/pod_template.h"

#include <gtest/gtest.h>

#include "document/document.h"

namespace kastell::kube {
namespace {

const char* const pod_template = R"(
metadata: {labels: {app: web}}
spec:
  serviceAccountName: shop
  volumes: [{name: data, emptyDir: {}}]
  containers:
  - {name: app, image: "web:1", resources: {limits: {cpu: "1", memory: 1Gi}, requests: {memory: 1Mi}}, volumeMounts: [{name: data, mountPath: /data}]}
)";

// `made` with what it says about the template above.
bool made_from(const std::string& made) {
  SymbolTable symbols;
  const auto read = [&symbols](const std::string& text) {
    return document::parse(std::make_shared<const document::Source>("pod", text), symbols);
  };
  const auto parts = [](const document::DocumentStream& stream) -> PodParts {
    const document::Node& root = stream.documents.front().root;
    return {root.find(symbols::spec), root.find(symbols::metadata)};
  };
  const auto pod = read(made), written = read(pod_template);
  return is_made_from(parts(pod), parts(written), symbols);
}

TEST(PodTemplate, WhatControllersAndAdmissionFillIn) {
  EXPECT_TRUE(made_from(pod_template));
  EXPECT_TRUE(made_from(R"(
metadata: {name: web-1, labels: {app: web, pod-template-hash: "1"}, annotations: {a: b}}
spec:
  serviceAccountName: shop
  serviceAccount: shop
  nodeName: n1
  enableServiceLinks: true
  priority: 0
  tolerations: [{key: node.kubernetes.io/not-ready}]
  volumes: [{name: data, emptyDir: {}}, {name: kube-api-access-x, projected: {}}, {name: c, persistentVolumeClaim: {claimName: c}}]
  containers:
  - name: app
    image: "web:1"
    resources: {limits: {cpu: "1", memory: 1Gi}, requests: {memory: 1Mi, cpu: "1"}}
    volumeMounts: [{name: data, mountPath: /data}, {name: kube-api-access-x, mountPath: /var/run/secrets/kubernetes.io/serviceaccount}]
)"));
}

TEST(PodTemplate, WhatMakesAPodItsOwn) {
  const std::string base(pod_template);
  const auto with = [&base](std::string_view from, std::string_view to) {
    std::string changed = base;
    changed.replace(changed.find(from), from.size(), to);
    return changed;
  };
  const std::vector<std::string> different = {
      with("web:1", "web:2"),
      with("  containers:\n", "  hostNetwork: true\n  containers:\n"),
      with("  containers:\n", "  ephemeralContainers: [{name: debug}]\n  containers:\n"),
      with("  containers:\n", "  containers:\n  - {name: sidecar, image: proxy}\n"),
      with("image: \"web:1\",", "image: \"web:1\", securityContext: {privileged: true},"),
      with("image: \"web:1\",", ""),
      with("memory: 1Mi", "memory: 2Mi"),
      with("requests: {memory: 1Mi}", "requests: {}"),
      with("requests: {memory: 1Mi}", "requests: {memory: 1Mi, cpu: 100m}"),
      with("limits: {cpu: \"1\", memory: 1Gi}", "limits: {memory: 1Gi}"),
      with("  containers:\n", "  enableServiceLinks: false\n  containers:\n"),
      with("serviceAccountName: shop", "serviceAccountName: admin"),
      with("  serviceAccountName: shop\n", ""),
      with("{name: data, emptyDir: {}}", "{name: data, emptyDir: {}}, {name: host, hostPath: {path: /}}"),
      with("{name: data, emptyDir: {}}", "{name: data, hostPath: {path: /}}"),
      with("{name: data, emptyDir: {}}", "{name: data, emptyDir: {}}, {name: kube-api-access-x, hostPath: {path: /}}"),
      with("{name: data, mountPath: /data}", "{name: data, mountPath: /etc}"),
      with("{app: web}", "{app: web, track: canary}"),
      with("{app: web}", "{app: other}"),
      with("{labels: {app: web}}",
           "{labels: {app: web}, annotations: {container.apparmor.security.beta.kubernetes.io/app: unconfined}}"),
  };
  for (const std::string& pod : different) EXPECT_FALSE(made_from(pod)) << pod;
}

TEST(PodTemplate, NothingIsMadeFromNothing) {
  SymbolTable symbols;
  EXPECT_FALSE(is_made_from({nullptr, nullptr}, {nullptr, nullptr}, symbols));
}

}  // namespace
}  // namespace kastell::kube

// Judging allocates nothing once it is warm.

#include <gtest/gtest.h>

#include "policy/scan/judge.h"
#include "policy/world.h"
#include "support/counted_allocations.h"

namespace kastell::policy {
namespace {

constexpr auto pod = R"(
apiVersion: v1
kind: Pod
metadata: {name: a, namespace: b, labels: {app: a}}
spec:
  securityContext: {runAsNonRoot: true, seccompProfile: {type: RuntimeDefault}}
  volumes: [{name: v, hostPath: {path: /a}}, {name: w, emptyDir: {}}, {name: x, configMap: {name: absent}}]
  initContainers: [{name: i, image: 'a:1', volumeMounts: [{name: v, mountPath: /v}]}]
  containers:
  - {name: c, image: 'a:1', ports: [{containerPort: 80}], securityContext: {capabilities: {drop: [ALL]}}}
  - {name: d, image: a, env: [{name: A, value: b}], resources: {limits: {memory: 1Gi}}}
  - {name: e, image: 'a@sha256:0', securityContext: {runAsUser: 0, allowPrivilegeEscalation: false}}
)";

class AllocationTest : public ::testing::Test {
 protected:
  void SetUp() override {
    if (!counts_allocations) GTEST_SKIP() << "ThreadSanitizer has its own operator new";
  }

  // The number of allocations of judging the pod for the third time.
  std::size_t count(const ScanOptions& options) {
    const Selection selection = select_controls(catalog_, options).value();
    const Plan plan(selection);
    const Facts facts(snapshot_);
    Judge judge(snapshot_, facts, plan, selection.controls.size(), false);
    std::vector<Finding> findings;
    std::size_t before = 0;
    for (int round = 0; round < 3; ++round) {
      findings.clear();
      before = allocations;
      judge.judge(0, findings);
    }
    return allocations - before;
  }

  std::shared_ptr<SymbolTable> symbols_ = std::make_shared<SymbolTable>();
  Catalog catalog_ = Catalog::embedded(symbols_).value();
  snapshot::Snapshot snapshot_ = testing::read_world(pod, symbols_);
};

TEST_F(AllocationTest, TheCounterCounts) {
  const std::size_t before = allocations;
  const auto one = std::make_unique<int>(1);
  EXPECT_EQ(allocations - before, 1U);
}

TEST_F(AllocationTest, NoneForOneControl) {
  EXPECT_EQ(count({.controls = {"pod.privileged"}}), 0U);
}

TEST_F(AllocationTest, NoneForTheRestrictedLevel) {
  EXPECT_EQ(count({.pod_security = PodSecurityLevel{}}), 0U);
}

TEST_F(AllocationTest, NoneForAllControls) {
  EXPECT_EQ(count({}), 0U);
}

}  // namespace
}  // namespace kastell::policy

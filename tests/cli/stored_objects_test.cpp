// What was stored has had all that an API server adds; a manifest that says so of itself has not.

#include <gtest/gtest.h>

#include "support/process.h"

namespace kastell {
namespace {

constexpr auto pod = R"yaml(apiVersion: v1
kind: Pod
metadata: {name: web, namespace: shop, generation: 5, uid: 6ba7b810-9dad-11d1-80b4-00c04fd430c8}
spec: {containers: [{name: web, image: nginx}]}
status: {message: kept}
)yaml";

constexpr auto policy = R"yaml(apiVersion: admissionregistration.k8s.io/v1
kind: ValidatingAdmissionPolicy
metadata: {name: untouched}
spec:
  matchConstraints: {resourceRules: [{apiGroups: [''], apiVersions: [v1], resources: [pods], operations: [CREATE]}]}
  validations:
    - {expression: "!has(object.spec.volumes)", message: a volume was added}
    - {expression: "has(object.status.message) && object.metadata.generation == 5", message: made anew}
---
apiVersion: admissionregistration.k8s.io/v1
kind: ValidatingAdmissionPolicyBinding
metadata: {name: everywhere}
spec: {policyName: untouched, validationActions: [Deny]}
)yaml";

class StoredObjects : public testing::Test {
 protected:
  StoredObjects() {
    folder_.add("pod.yaml", pod);
    folder_.add("policy.yaml", policy);
  }

  tests::Finished run(const std::vector<std::string>& arguments) const {
    return tests::run_program({.arguments = arguments, .folder = folder_.path()});
  }

 private:
  tests::TemporaryFolder folder_;
};

TEST_F(StoredObjects, AreNotChangedInASavedFile) {
  ASSERT_EQ(run({"collect", "pod.yaml", "-o", "cluster.kast"}).exit_code, 0);
  const auto done = run({"admit", "-p", "policy.yaml", "cluster.kast"});
  EXPECT_EQ(done.exit_code, 0) << done.out << done.err;
}

TEST_F(StoredObjects, AreNotWhatSaysSoInAManifest) {
  const auto done = run({"admit", "-p", "policy.yaml", "pod.yaml"});
  EXPECT_EQ(done.exit_code, 1) << done.err;
  EXPECT_NE(done.out.find("a volume was added"), std::string::npos) << done.out;
  EXPECT_NE(done.out.find("made anew"), std::string::npos) << done.out;
}

}  // namespace
}  // namespace kastell

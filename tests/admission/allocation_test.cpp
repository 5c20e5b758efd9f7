// From the bytes of a review to a decision nothing is allocated once it is warm.
#include <gtest/gtest.h>

#include "admission/admission.h"
#include "document/json_parser.h"
#include "support/counted_allocations.h"

namespace kastell::admission {
namespace {

// Everything that policies have, but for what refuses.
constexpr auto world = R"yaml(
apiVersion: v1
kind: Namespace
metadata: {name: shop, labels: {tier: gold}}
---
apiVersion: apiextensions.k8s.io/v1
kind: CustomResourceDefinition
metadata: {name: widgets.example.com}
spec:
  group: example.com
  names: {kind: Widget, plural: widgets}
  scope: Namespaced
  versions: [{name: v1, served: true}]
---
apiVersion: admissionregistration.k8s.io/v1
kind: ValidatingAdmissionPolicy
metadata: {name: rich}
spec:
  matchConstraints:
    namespaceSelector: {matchLabels: {tier: gold}}
    objectSelector: {matchExpressions: [{key: app, operator: Exists}]}
    excludeResourceRules: [{apiGroups: [''], apiVersions: [v1], resources: [secrets], operations: ['*']}]
    resourceRules: [{apiGroups: [''], apiVersions: [v1], resources: [pods], operations: [CREATE, UPDATE]}]
  matchConditions:
  - {name: people, expression: "!request.userInfo.username.startsWith('system:')"}
  variables:
  - {name: names, expression: "object.spec.containers.map(c, c.name)"}
  - {name: count, expression: "size(variables.names)"}
  validations:
  - expression: variables.count < 5 && variables.names.all(n, n.matches('^[a-z0-9]+$'))
    messageExpression: "'too many: ' + string(variables.count)"
  - expression: namespaceObject.metadata.labels['tier'] == 'gold'
    message: gold only
  - expression: object.metadata.?labels[?'app'].orValue('none') != 'none'
---
apiVersion: admissionregistration.k8s.io/v1
kind: ValidatingAdmissionPolicyBinding
metadata: {name: rich}
spec: {policyName: rich, validationActions: [Deny], matchResources: {namespaceSelector: {}}}
---
apiVersion: admissionregistration.k8s.io/v1
kind: ValidatingAdmissionPolicyBinding
metadata: {name: rich-2}
spec: {policyName: rich, validationActions: [Warn, Audit]}
---
apiVersion: admissionregistration.k8s.io/v1
kind: ValidatingAdmissionPolicy
metadata: {name: other}
spec:
  matchConstraints:
    resourceRules: [{apiGroups: [example.com], apiVersions: [v1], resources: [widgets], operations: ['*']}]
  validations: [{expression: 'false'}]
---
apiVersion: admissionregistration.k8s.io/v1
kind: ValidatingAdmissionPolicyBinding
metadata: {name: other}
spec: {policyName: other, validationActions: [Deny]}
)yaml";

// Of a pod of so many containers.
std::string review(int containers, std::string_view label = "web") {
  std::string text = R"json({"apiVersion":"admission.k8s.io/v1","kind":"AdmissionReview","request":{"uid":"1",
"kind":{"group":"","version":"v1","kind":"Pod"},"resource":{"group":"","version":"v1","resource":"pods"},"name":"web",
"namespace":"shop","operation":"CREATE","userInfo":{"username":"ann","groups":["a","system:authenticated"]},
"object":{"apiVersion":"v1","kind":"Pod","metadata":{"name":"web","namespace":"shop","labels":{"app":")json";
  text.append(label).append(R"("}},"spec":{"containers":[)");
  for (int i = 0; i < containers; ++i) {
    text +=
        std::string(i == 0 ? "" : ",") + R"({"name":"c)" + std::to_string(i) + R"(","image":"a\/b:1","args":["x"]})";
  }
  return text + "]}}}}";
}

class AllocationTest : public ::testing::Test {
 protected:
  void SetUp() override {
    if (!counts_allocations) GTEST_SKIP() << "ThreadSanitizer has its own operator new";
  }

  Decision decide(const std::string& text) {
    const auto root = parser_.parse(text);
    EXPECT_TRUE(root) << root.error().message;
    return judge_.decide(policies_, read_request(*root, *symbols_).value());
  }

  // The allocations of a request after some like it.
  std::size_t count(const std::string& text) {
    std::size_t before = 0;
    for (int round = 0; round < 3; ++round) {
      before = allocations;
      decide(text);
    }
    return allocations - before;
  }

  static snapshot::Snapshot read(const std::shared_ptr<SymbolTable>& symbols) {
    snapshot::SnapshotBuilder builder(symbols);
    auto stream = document::parse(std::make_shared<document::Source>("world", world), *symbols);
    EXPECT_TRUE(stream.errors.empty()) << stream.errors.front().message;
    builder.add(std::move(stream));
    return std::move(builder).finish();
  }

  static PolicySet compile(const snapshot::Snapshot& snapshot, const std::shared_ptr<SymbolTable>& symbols) {
    PolicySet policies(Language::make(cel::newest_kubernetes, symbols).value());
    EXPECT_TRUE(policies.add(snapshot).empty());
    EXPECT_TRUE(policies.compile_errors().empty());
    return policies;
  }

  std::shared_ptr<SymbolTable> symbols_ = std::make_shared<SymbolTable>();
  snapshot::Snapshot snapshot_ = read(symbols_);
  PolicySet policies_ = compile(snapshot_, symbols_);
  World world_{snapshot_, cel::newest_kubernetes};
  Judge judge_{world_, *symbols_, {.results = false}};
  document::JsonParser parser_{*symbols_};
};

TEST_F(AllocationTest, TheCounterCounts) {
  const std::size_t before = allocations;
  const auto one = std::make_unique<int>(1);
  EXPECT_EQ(allocations - before, 1U);
}

TEST_F(AllocationTest, NoneForARequestThatIsAdmitted) {
  const Decision decision = decide(review(3));
  EXPECT_TRUE(decision.matched);
  EXPECT_EQ(decision.verdict, Verdict::allow);
  EXPECT_EQ(count(review(3)), 0U);
}

TEST_F(AllocationTest, NoneForARequestThatNothingSelects) {
  std::string text = review(3);
  text.replace(text.find("\"app\":\"web\""), 5, "\"ap\"");
  EXPECT_FALSE(decide(text).matched);
  EXPECT_EQ(count(text), 0U);
}

// What is used again keeps nothing of the request before.
TEST_F(AllocationTest, RequestsDoNotDisturbOneAnother) {
  for (int round = 0; round < 3; ++round) {
    EXPECT_EQ(decide(review(3)).verdict, Verdict::allow);
    const Decision denied = decide(review(6));
    EXPECT_EQ(denied.verdict, Verdict::deny);
    EXPECT_TRUE(denied.status.message.ends_with("denied request: too many: 6")) << denied.status.message;
    EXPECT_EQ(denied.warnings.size(), 1U);
    EXPECT_EQ(decide(review(1, "none")).verdict, Verdict::deny);
  }
}

}  // namespace
}  // namespace kastell::admission

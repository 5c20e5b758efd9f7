#include "kube/api_schema.h"

#include <gtest/gtest.h>

#include "document/document.h"
#include "document/path.h"

namespace kastell::kube {
namespace {

class ApiSchemaTest : public ::testing::Test {
 protected:
  // "type path: explanation" of each problem; of an object without a known schema why.
  std::vector<std::string> problems(std::string_view yaml, std::uint8_t minor = covered_minors().newest) {
    const auto source = std::make_shared<document::Source>("a.yaml", yaml);
    stream_ = document::parse(source, symbols_);
    const document::Node root = document::without_null_members(stream_.documents.at(0).root, *stream_.arena);
    const FieldReport report =
        FieldCheck(symbols_, minor, &custom_)
            .check(root, root.find(symbols::apiVersion)->as_string(), root.find(symbols::kind)->as_string(), arena_);
    left_out_ = report.left_out;
    if (report.schema == FieldReport::Schema::unknown) return {"unknown"};
    if (report.schema == FieldReport::Schema::too_costly) return {"too costly"};
    if (report.schema == FieldReport::Schema::not_served) return {"not served"};
    std::vector<std::string> texts;
    for (const FieldProblem& problem : report.problems) {
      texts.push_back(std::string(name_of(problem.type)) + " " + document::to_string(problem.path, symbols_) +
                      (problem.is_undecided ? "? " : ": ") + std::string(problem.explanation));
    }
    return texts;
  }

  void define(std::string_view schema) {
    const std::string yaml =
        "spec: {group: example.com, names: {kind: Backup}, versions: [{name: v1, schema: {openAPIV3Schema: " +
        std::string(schema) + "}}]}";
    definition_ = document::parse(std::make_shared<document::Source>("d.yaml", yaml), symbols_);
    custom_.add(definition_.documents.at(0).root);
  }

  using Texts = std::vector<std::string>;
  SymbolTable symbols_;
  CustomSchemas custom_{symbols_};
  document::DocumentStream definition_;
  document::DocumentStream stream_;
  Arena arena_;
  std::uint64_t left_out_ = 0;
};

TEST_F(ApiSchemaTest, UnknownFieldsAreSuggestedTheNearest) {
  EXPECT_EQ(problems("{apiVersion: apps/v1, kind: Deployment, spec: {replcias: 1, selector: {}, template: {}}}"),
            Texts{"unknown-field spec.replcias: no field of DeploymentSpec; did you mean 'replicas'?"});
  EXPECT_EQ(problems("{apiVersion: v1, kind: Pod, spec: {containers: [{name: a, ImagePullPolicy: Always}]}}"),
            Texts{"unknown-field spec.containers[0].ImagePullPolicy: no field of Container; did you mean "
                  "'imagePullPolicy'?"});
  EXPECT_EQ(problems("{apiVersion: v1, kind: ConfigMap, metadata: {zzzzzzzzzzzzz: 1}}"),
            Texts{"unknown-field metadata.zzzzzzzzzzzzz: no field of ObjectMeta"});
}

TEST_F(ApiSchemaTest, FieldsComeAndGoWithVersions) {
  const auto pod = "{apiVersion: v1, kind: Pod, spec: {containers: [{name: a, restartPolicyRules: []}]}}";
  EXPECT_EQ(problems(pod, 34), Texts{});
  EXPECT_EQ(problems(pod, 33),
            Texts{"unknown-field spec.containers[0].restartPolicyRules: no field of Container before Kubernetes 1.34"});
}

TEST_F(ApiSchemaTest, TypesAreThoseOfGosDecoder) {
  EXPECT_EQ(problems("{apiVersion: v1, kind: Service, spec: {ports: [{port: '80', targetPort: [80]}, {port: 80.0}, "
                     "{port: 3000000000, targetPort: a}]}}"),
            (Texts{"wrong-type spec.ports[0].port: expected an integer of 32 bits, found a string",
                   "wrong-type spec.ports[0].targetPort: expected an integer or a string, found a list",
                   "wrong-type spec.ports[2].port: expected an integer of 32 bits, found an integer"}));
  EXPECT_EQ(problems("{apiVersion: v1, kind: ConfigMap, binaryData: {a: YQ==, b: '!', c: null}, immutable: 'true'}"),
            (Texts{"wrong-type binaryData.b: expected a string of base64, found a string",
                   "wrong-type immutable: expected a boolean, found a string"}));
}

TEST_F(ApiSchemaTest, Quantities) {
  EXPECT_EQ(problems("{apiVersion: v1, kind: LimitRange, spec: {limits: [{type: Pod, max: {a: 1Gi, b: 500m, c: 1.5, d: "
                     "1e3, e: .5M, f: '-1', g: Gi}}]}}"),
            Texts{})
      << "an API server takes Gi for 0";
  for (const auto* text : {"128MB", "1 Gi", "1.2.3", "''", "1e", "true"}) {
    EXPECT_EQ(problems(std::string("{apiVersion: v1, kind: LimitRange, spec: {limits: [{type: Pod, max: {a: ") + text +
                       "}}]}}")
                  .size(),
              1U)
        << text;
  }
}

TEST_F(ApiSchemaTest, EnumerationsAndDemandedFields) {
  EXPECT_EQ(problems("{apiVersion: v1, kind: Pod, spec: {restartPolicy: always, containers: [{image: a}]}}"),
            (Texts{"not-in-enumeration spec.restartPolicy: none of Always, Never, OnFailure; did you mean 'Always'?",
                   "missing-field spec.containers[0].name: demanded by Container but missing"}));
  EXPECT_EQ(problems("{apiVersion: v1, kind: Pod, spec: {containers: null}}"),
            Texts{"missing-field spec.containers: demanded by PodSpec but missing"});
}

TEST_F(ApiSchemaTest, VersionsOfKinds) {
  const auto job = "{apiVersion: batch/v1beta1, kind: CronJob}";
  EXPECT_EQ(problems(job),
            Texts{"removed-version apiVersion: no longer served since Kubernetes 1.25; use batch/v1 CronJob"});
  const auto flow = "{apiVersion: flowcontrol.apiserver.k8s.io/v1beta3, kind: FlowSchema}";
  EXPECT_EQ(problems(flow, 31), Texts{"deprecated-version apiVersion: deprecated since Kubernetes 1.29; use "
                                      "flowcontrol.apiserver.k8s.io/v1 FlowSchema"});
  EXPECT_EQ(problems(flow, 32), Texts{"removed-version apiVersion: no longer served since Kubernetes 1.32; use "
                                      "flowcontrol.apiserver.k8s.io/v1 FlowSchema"});
  EXPECT_EQ(problems("{apiVersion: policy/v1beta1, kind: PodSecurityPolicy}"),
            Texts{"removed-version apiVersion: no longer served since Kubernetes 1.25"});
  EXPECT_EQ(problems("{apiVersion: apps/v1, kind: Deploymnet}"),
            Texts{"unknown-kind kind: no kind of its group; did you mean 'Deployment'?"});
  EXPECT_EQ(problems("{apiVersion: apps/v2, kind: Deployment}"),
            Texts{"unknown-kind apiVersion: no version of this kind; use apps/v1"});
  EXPECT_EQ(problems("{apiVersion: resource.k8s.io/v1, kind: DeviceClass, spec: {}}", 33).size(), 1U);
}

TEST_F(ApiSchemaTest, WhatNoApiServerServesIsNotJudged) {
  EXPECT_EQ(problems("{apiVersion: kubelet.config.k8s.io/v1beta1, kind: KubeletConfiguration, a: 1}"),
            Texts{"not served"});
  EXPECT_EQ(problems("{apiVersion: v1, kind: Config, a: 1}"), Texts{"not served"});
  EXPECT_EQ(problems("{apiVersion: v1, kind: List, items: []}"), Texts{"not served"});
  EXPECT_EQ(problems("{apiVersion: example.com/v1, kind: Backup, a: 1}"), Texts{"unknown"});
}

TEST_F(ApiSchemaTest, CustomResourcesByTheirDefinition) {
  define(R"({type: object, required: [spec], properties: {spec: {type: object, required: [schedule, keep], properties: {
      schedule: {type: string, enum: [daily, weekly]}, keep: {type: integer, default: 3},
      port: {x-kubernetes-int-or-string: true}, sizes: {type: array, items: {type: integer}},
      labels: {type: object, additionalProperties: {type: string}},
      free: {type: object, x-kubernetes-preserve-unknown-fields: true, properties: {a: {type: boolean}}},
      template: {type: object, x-kubernetes-embedded-resource: true, properties: {spec: {type: object}}}}}}})");
  const auto backup = [this](std::string_view spec) {
    return problems("{apiVersion: example.com/v1, kind: Backup, metadata: {name: a}, spec: {" + std::string(spec) +
                    "}}");
  };
  EXPECT_EQ(backup("schedule: daily, port: a, sizes: [1], labels: {x: z}, free: {b: 1}, template: {apiVersion: v1, "
                   "kind: A, spec: {}}"),
            Texts{});
  EXPECT_EQ(backup("scheduel: daily"),
            (Texts{"unknown-field spec.scheduel: no field of its CustomResourceDefinition; did you mean 'schedule'?",
                   "missing-field spec.schedule: demanded by its CustomResourceDefinition but missing"}));
  EXPECT_EQ(backup("schedule: Daily, port: [], sizes: [a], labels: {x: 1}, free: {a: 1}, template: {b: 1, kind: A, "
                   "metadata: {nam: a}}"),
            (Texts{"not-in-enumeration spec.schedule: none of daily, weekly; did you mean 'daily'?",
                   "wrong-type spec.port: expected an integer or a string, found a list",
                   "wrong-type spec.sizes[0]: expected an integer, found a string",
                   "wrong-type spec.labels.x: expected a string, found an integer",
                   "wrong-type spec.free.a: expected a boolean, found an integer",
                   "missing-field spec.template.apiVersion: demanded by its CustomResourceDefinition but missing",
                   "unknown-field spec.template.b: no field of its CustomResourceDefinition",
                   "unknown-field spec.template.metadata.nam: no field of ObjectMeta; did you mean 'name'?"}));
  EXPECT_EQ(backup("schedule: daily, sizes: [null]"),
            Texts{"wrong-type spec.sizes[0]: expected an integer, found null"});
  EXPECT_EQ(problems("{apiVersion: example.com/v1, kind: Backup, metadata: {nam: a}, spec: {schedule: daily}}"),
            Texts{"unknown-field metadata.nam: no field of ObjectMeta; did you mean 'name'?"});
  EXPECT_EQ(problems("{apiVersion: example.com/v2, kind: Backup, a: 1}"), Texts{"unknown"});
}

TEST_F(ApiSchemaTest, ADemandedFieldThatMayBeNullIsNoFindingWhereItIsNull) {
  define("{type: object, required: [a, b], properties: {a: {type: string, nullable: true}, b: {type: string}}}");
  EXPECT_EQ(
      problems("{apiVersion: example.com/v1, kind: Backup, a: null, b: null}"),
      (Texts{"missing-field a? a field that its CustomResourceDefinition demands, and that may be null, is null or "
             "missing",
             "missing-field b: demanded by its CustomResourceDefinition but missing"}));
  EXPECT_EQ(problems("{apiVersion: example.com/v1, kind: Backup, a: x, b: x}"), Texts{});
}

TEST_F(ApiSchemaTest, WhatIsFreeIsFree) {
  EXPECT_EQ(problems("{apiVersion: apps/v1, kind: ControllerRevision, revision: 1, data: {anything: {at: all}}}"),
            Texts{});
  EXPECT_EQ(problems("{apiVersion: v1, kind: ConfigMap, metadata: {creationTimestamp: null, managedFields: "
                     "[{fieldsV1: {'f:data': {}}}]}}"),
            Texts{});
}

TEST_F(ApiSchemaTest, ComparisonsOfOneResourceAreBounded) {
  std::string values, items;
  for (int i = 0; i < 2000; ++i) values += "v" + std::to_string(i) + ", ";
  for (int i = 0; i < 1000; ++i) items += "v, ";
  define("{type: object, properties: {spec: {type: array, items: {type: string, enum: [" + values + "]}}}}");
  EXPECT_EQ(problems("{apiVersion: example.com/v1, kind: Backup, spec: [v1, v2]}"), Texts{});
  EXPECT_EQ(problems("{apiVersion: example.com/v1, kind: Backup, spec: [" + items + "]}"), Texts{"too costly"});
}

TEST_F(ApiSchemaTest, ProblemsOfOneObjectAreBounded) {
  std::string yaml = "{apiVersion: v1, kind: ConfigMap, data: {";
  for (int i = 0; i < 5000; ++i) yaml += "k" + std::to_string(i) + ": 1, ";
  EXPECT_EQ(problems(yaml + "}}").size(), FieldReport::most_problems);
  EXPECT_EQ(left_out_, 4000U);
}

}  // namespace
}  // namespace kastell::kube

// What reports say of a cluster beside its objects.
#include <gtest/gtest.h>

#include "document/document.h"
#include "policy/scan.h"
#include "report/report.h"

namespace kastell::report {
namespace {

constexpr std::string_view workload = R"(
apiVersion: apps/v1
kind: ReplicaSet
metadata: {name: web, namespace: n, uid: u}
spec: {template: {metadata: {labels: {a: b}}, spec: {containers: [{name: c, image: i}]}}}
---
apiVersion: v1
kind: Pod
metadata:
  name: web-1
  namespace: n
  labels: {a: b}
  ownerReferences: [{apiVersion: apps/v1, kind: ReplicaSet, name: web, uid: u, controller: true}]
spec: {containers: [{name: c, image: i}]}
)";

std::string report_on(Format format) {
  const auto symbols = std::make_shared<SymbolTable>();
  snapshot::SnapshotBuilder builder(symbols);
  builder.add(document::parse(std::make_shared<const document::Source>("all.yaml", std::string(workload)), *symbols));
  builder.set_fact("server.version", "v1.37.2");
  builder.set_fact("server.platform", "eks");
  builder.set_fact("server.warning.1", "v1 Pod is \x1b[31mold");
  const auto world = std::move(builder).finish();
  const auto catalog = policy::Catalog::embedded(symbols);
  const auto result = policy::scan(world, *catalog, {.controls = {"pod.host-network"}});
  std::string text;
  write(format, *result, {}, [&text](std::string_view part) { text += part; });
  return text;
}

TEST(ClusterReport, HumanNamesServerWarningsAndFoldedPods) {
  const std::string text = report_on(Format::human);
  EXPECT_NE(text.find("2 objects (1 of them judged with the workload that made them), 1 control\n"), std::string::npos)
      << text;
  EXPECT_NE(text.find("  Kubernetes v1.37.2 (eks)\n"), std::string::npos) << text;
  EXPECT_NE(text.find("  the API server warns: v1 Pod is \\x1b[31mold\n"), std::string::npos) << text;
}

// What a person reads of these inputs; `add` fills the coverage.
template <typename Add>
std::string coverage_of(Add add) {
  const auto symbols = std::make_shared<SymbolTable>();
  snapshot::SnapshotBuilder builder(symbols);
  add(builder);
  const auto world = std::move(builder).finish();
  const auto catalog = policy::Catalog::embedded(symbols);
  const auto result = policy::scan(world, *catalog, {.controls = {"pod.host-network"}});
  std::string text;
  write(Format::human, *result, {.width = 200}, [&text](std::string_view part) { text += part; });
  return text.substr(text.find("\nCoverage\n"));
}

TEST(ClusterReport, OneLineForOneReason) {
  const std::string text = coverage_of([](snapshot::SnapshotBuilder& builder) {
    for (const std::string name : {"nodes", "secrets", "roles.rbac.authorization.k8s.io"}) {
      builder.add_coverage(
          {name, snapshot::CoverageStatus::unreadable,
           "GET https://a/api/v1/" + name + "?limit=500: HTTP 403, not allowed: " + name + " is forbidden"});
    }
    builder.add_coverage({"leases", snapshot::CoverageStatus::unreadable, "GET https://a/l: HTTP 500: no"});
    builder.add_coverage({"a.yaml", snapshot::CoverageStatus::skipped, "no object", {"a.yaml", 1, 1}});
    builder.add_coverage({"b.yaml", snapshot::CoverageStatus::skipped, "no object", {"b.yaml", 7, 1}});
    builder.add_coverage({"", snapshot::CoverageStatus::skipped, "no object"});
  });
  EXPECT_EQ(text,
            "\nCoverage\n  0 inputs read, 4 unreadable, 3 skipped\n"
            "  unreadable  HTTP 403, not allowed (3): nodes, secrets, roles.rbac.authorization.k8s.io\n"
            "  unreadable  leases: GET https://a/l: HTTP 500: no\n"
            "  skipped  no object (3): a.yaml:1:1, b.yaml:7:1,\n");
}

TEST(ClusterReport, NamesOfOneReasonAreBounded) {
  const std::string text = coverage_of([](snapshot::SnapshotBuilder& builder) {
    for (int i = 0; i < 100'000; ++i) {
      builder.add_coverage({"f" + std::to_string(i), snapshot::CoverageStatus::skipped, "no object"});
    }
  });
  EXPECT_NE(text.find("no object (100000): f0, f1,"), std::string::npos);
  EXPECT_NE(text.find("f39 and 99960 more (--format json lists all)\n"), std::string::npos) << text;
}

TEST(ClusterReport, JsonHasThemToo) {
  const std::string text = report_on(Format::json);
  EXPECT_NE(text.find(R"("judgedByOwner":1)"), std::string::npos) << text;
  EXPECT_NE(text.find(R"("facts":{"server.platform":"eks","server.version":"v1.37.2","server.warning.1":"v1 Pod is )"),
            std::string::npos)
      << text;
}

}  // namespace
}  // namespace kastell::report

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

TEST(ClusterReport, JsonHasThemToo) {
  const std::string text = report_on(Format::json);
  EXPECT_NE(text.find(R"("judgedByOwner":1)"), std::string::npos) << text;
  EXPECT_NE(text.find(R"("facts":{"server.platform":"eks","server.version":"v1.37.2","server.warning.1":"v1 Pod is )"),
            std::string::npos)
      << text;
}

}  // namespace
}  // namespace kastell::report

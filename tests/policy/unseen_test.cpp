#include "policy/scan/unseen.h"

#include <gtest/gtest.h>

#include "policy/world.h"

namespace kastell::policy {
namespace {

using snapshot::CoverageStatus;

// A scan by one control of a closed world that holds nothing but this coverage.
ScanResult scan_with(const snapshot::Coverage& coverage, const std::string& control, snapshot::Snapshot& world,
                     bool all = false) {
  const auto symbols = std::make_shared<SymbolTable>();
  snapshot::SnapshotBuilder builder(symbols);
  builder.set_world(snapshot::World::closed);
  builder.add_coverage(coverage);
  world = std::move(builder).finish();
  static std::vector<Catalog> catalogs;  // results point into them
  catalogs.push_back(*Catalog::embedded(symbols));
  return *scan(world, catalogs.back(), {.controls = {control}, .all_verdicts = all});
}

TEST(Unseen, AKindInTheDarkIsNotEvaluated) {
  for (const CoverageStatus status : {CoverageStatus::unreadable, CoverageStatus::partial}) {
    snapshot::Snapshot world;
    const auto result =
        scan_with({"clusterroles.rbac.authorization.k8s.io", status, "HTTP 403"}, "rbac.read-secrets", world);
    ASSERT_EQ(result.findings.size(), 1U);
    EXPECT_EQ(result.findings[0].verdict, Verdict::not_evaluated);
    EXPECT_EQ(result.counts[0].not_evaluated, 1U);
    EXPECT_EQ(result.counts[0].pass, 0U);
    EXPECT_EQ(exit_code(result, Severity::info, false), 3);
    Describer describer(result);
    const FindingDetail& detail = describer.describe(result.findings[0]);
    EXPECT_EQ(detail.object->kind, "ClusterRole");
    EXPECT_EQ(detail.object->api_version, "rbac.authorization.k8s.io/v1");
    EXPECT_EQ(detail.object->name, "");
    EXPECT_EQ(detail.source->name(), "clusterroles.rbac.authorization.k8s.io");
    EXPECT_EQ(detail.place.line, 0U);
    EXPECT_NE(detail.reason.find("could not"), std::string::npos);
  }
}

TEST(Unseen, OtherKindsDoNotMatter) {
  snapshot::Snapshot world;
  EXPECT_TRUE(scan_with({"configmaps", CoverageStatus::unreadable, "no"}, "rbac.read-secrets", world).findings.empty());
  EXPECT_TRUE(scan_with({"roles.rbac.authorization.k8s.io", CoverageStatus::read, ""}, "rbac.read-secrets", world)
                  .findings.empty());
}

TEST(Unseen, AKindThatIsNotThereIsNotApplicable) {
  snapshot::Snapshot world;
  const auto one = scan_with({"clusterroles.rbac.authorization.k8s.io", CoverageStatus::absent, ""},
                             "rbac.read-secrets", world, true);
  EXPECT_TRUE(one.findings.empty()) << "Roles are another kind that it asks about";
  EXPECT_EQ(one.counts[0].not_evaluated, 0U);
}

constexpr const char* pod_with_references =
    "{apiVersion: v1, kind: Pod, metadata: {name: a, namespace: n}, spec: {serviceAccountName: web, "
    "containers: [{name: c, image: a, envFrom: [{configMapRef: {name: m}}]}]}}";

// A pod in a closed world of which one resource is not known: may the absence of `control`'s kind be told?
Verdict verdict_in_the_dark(const std::string& control, const std::string& dark, bool of_cluster) {
  const auto symbols = std::make_shared<SymbolTable>();
  snapshot::SnapshotBuilder builder(symbols);
  builder.set_world(snapshot::World::closed);
  builder.add(document::parse(std::make_shared<const document::Source>("pod.yaml", pod_with_references), *symbols));
  builder.add_coverage({dark, CoverageStatus::unreadable, "HTTP 403", {}});
  if (of_cluster) builder.set_fact("server.version", "v1.37.2");
  const snapshot::Snapshot world = std::move(builder).finish();
  static std::vector<Catalog> catalogs;
  catalogs.push_back(*Catalog::embedded(symbols));
  const auto result = scan(world, catalogs.back(), {.controls = {control}, .all_verdicts = true});
  for (const Finding& finding : result->findings) {
    if (finding.object < world.objects().size()) return finding.verdict;
  }
  return Verdict::error;
}

TEST(Unseen, AnAbsenceIsDecidedUnlessItsOwnKindIsDark) {
  struct Row {
    const char *control, *own, *other;
  };
  const Row rows[] = {{"network.ingress-policy", "networkpolicies.networking.k8s.io", "secrets"},
                      {"network.ingress-policy", "ciliumnetworkpolicies.cilium.io", "limitranges"},
                      {"reference.config-map", "configmaps", "networkpolicies.networking.k8s.io"},
                      {"reference.service-account", "serviceaccounts", "rolebindings.rbac.authorization.k8s.io"}};
  for (const Row& row : rows) {
    EXPECT_EQ(verdict_in_the_dark(row.control, row.other, true), Verdict::fail) << row.control;
    EXPECT_EQ(verdict_in_the_dark(row.control, row.own, true), Verdict::not_evaluated) << row.control;
    EXPECT_EQ(verdict_in_the_dark(row.control, row.other, false), Verdict::not_evaluated)
        << "a file of that name may have held anything: " << row.control;
  }
}

}  // namespace
}  // namespace kastell::policy

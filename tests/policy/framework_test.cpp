// The maps of frameworks: what they claim, and that missing data never becomes a pass.

#include <gtest/gtest.h>

#include <algorithm>
#include <map>
#include <set>

#include "document/document.h"
#include "policy/framework.h"
#include "policy/world.h"

namespace kastell::policy {
namespace {

class FrameworkTest : public ::testing::Test {
 protected:
  snapshot::Snapshot world(std::string_view yaml, bool closed = false) {
    stream_ = document::parse(std::make_shared<document::Source>("test", yaml), *symbols_);
    return testing::make_world(stream_.documents.front().root, symbols_, closed);
  }
  FrameworkAssessment judge(std::string_view yaml, std::string_view framework, bool closed = false) {
    world_.emplace(world(yaml, closed));
    const auto result = scan(*world_, catalog_, {.frameworks = {std::string(framework)}, .threads = 1}).value();
    return assess(*frameworks_.find(framework), result);
  }
  static RowVerdict verdict(const FrameworkAssessment& assessment, std::string_view row) {
    const auto at = std::ranges::find(assessment.rows, row, [](const RowAssessment& one) { return one.row->id; });
    return at->verdict;
  }

  std::shared_ptr<SymbolTable> symbols_ = std::make_shared<SymbolTable>();
  Catalog catalog_ = Catalog::embedded(symbols_).value();
  Frameworks frameworks_ = Frameworks::embedded().value();
  document::DocumentStream stream_;
  std::optional<snapshot::Snapshot> world_;
};

constexpr std::string_view privileged_pod =
    "[{apiVersion: v1, kind: Pod, metadata: {name: a, namespace: shop}, spec: {hostPID: true, containers: [{name: c, "
    "image: a, securityContext: {privileged: true}}]}}]";
constexpr std::string_view plain_pod =
    "[{apiVersion: v1, kind: Pod, metadata: {name: a, namespace: shop}, spec: {containers: [{name: c, image: a}]}}]";

TEST_F(FrameworkTest, HaveTheRowsOfTheirFrameworks) {
  const struct {
    std::string_view id;
    std::size_t rows;
  } expected[] = {{"cis-kubernetes-1.12", 131},
                  {"cis-kubernetes-2.0.1", 131},
                  {"nsa-cisa", 78},
                  {"owasp-kubernetes-2025", 10},
                  {"pss", 19},
                  {"stig-kubernetes-v2r6", 92}};
  for (const auto& [id, rows] : expected) {
    ASSERT_NE(frameworks_.find(id), nullptr) << id;
    EXPECT_EQ(frameworks_.find(id)->rows.size(), rows) << id;
  }
}

// tools/check_catalogue.py checks the texts; this checks what the program reads.
TEST_F(FrameworkTest, RowsAndReferencesAgree) {
  for (const Framework& framework : frameworks_.all()) {
    for (const FrameworkRow& row : framework.rows) {
      std::vector<std::string> referring;
      for (const Control& control : catalog_.controls()) {
        const auto rows = control.references.find(framework.id);
        if (rows == control.references.end()) continue;
        if (framework.id == "pss" && !control.group.starts_with("pss-")) continue;  // the checks are Kubernetes' own
        if (std::ranges::find(rows->second, row.id) != rows->second.end()) referring.emplace_back(control.id);
      }
      EXPECT_EQ(row.controls, referring) << framework.id << " " << row.id;
    }
  }
}

// catalog_test.cpp runs the examples.
TEST_F(FrameworkTest, EveryClaimHasAFailingAndAPassingExample) {
  const auto with_examples = Catalog::embedded(symbols_, Catalog::Examples::kept).value();
  std::map<std::string, std::set<std::string>, std::less<>> verdicts;
  for (const Control& control : with_examples.controls()) {
    for (const Example& example : control.examples) verdicts[std::string(control.id)].insert(example.verdict);
  }
  std::size_t claims = 0;
  for (const Framework& framework : frameworks_.all()) {
    for (const FrameworkRow& row : framework.rows) {
      if (row.coverage != RowCoverage::full && row.coverage != RowCoverage::partial) continue;
      ++claims;
      std::set<std::string> shown;
      for (const std::string& control : row.controls) shown.insert(verdicts[control].begin(), verdicts[control].end());
      EXPECT_TRUE(shown.contains("fail") && shown.contains("pass")) << framework.id << " " << row.id;
    }
  }
  EXPECT_GE(claims, 390U);
}

TEST_F(FrameworkTest, OneFailureFailsTheRow) {
  const auto assessment = judge(privileged_pod, "nsa-cisa");
  EXPECT_EQ(verdict(assessment, "G-P09"), RowVerdict::fail);
  EXPECT_EQ(verdict(assessment, "G-P10"), RowVerdict::fail);
}

TEST_F(FrameworkTest, ARowPassesHoldsOrWaits) {
  const auto assessment = judge(plain_pod, "nsa-cisa");
  EXPECT_EQ(verdict(assessment, "G-P09"), RowVerdict::pass);
  EXPECT_EQ(verdict(assessment, "G-N03"), RowVerdict::not_evaluated);   // no policy in files that may not be all
  EXPECT_EQ(verdict(assessment, "G-L13"), RowVerdict::not_evaluated);   // attestation
  EXPECT_EQ(verdict(assessment, "G-N07"), RowVerdict::not_applicable);  // no namespaces
  EXPECT_EQ(verdict(judge(plain_pod, "nsa-cisa", true), "G-N03"), RowVerdict::fail);
}

TEST_F(FrameworkTest, PodSecurityIsJudgedByItsOwnChecks) {
  const auto assessment = judge(privileged_pod, "pss");
  EXPECT_EQ(verdict(assessment, "privileged"), RowVerdict::fail);
  EXPECT_EQ(verdict(assessment, "sysctls"), RowVerdict::pass);
  EXPECT_EQ(assessment.count(RowVerdict::not_evaluated), 0U);
}

// Without its controls nothing passes: what did not run is not evaluated.
TEST_F(FrameworkTest, WhatDidNotRunNeverPasses) {
  const auto snapshot = world(plain_pod);
  const auto result = scan(snapshot, catalog_, {.controls = {"image.tag"}, .threads = 1}).value();
  for (const Framework& framework : frameworks_.all()) {
    const auto assessment = assess(framework, result);
    EXPECT_EQ(assessment.count(RowVerdict::pass), 0U) << framework.id;
  }
}

TEST_F(FrameworkTest, ReadingIsStrict) {
  const auto errors = Frameworks::read("x.yaml",
                                       "id: x\ntitle: X\nversion: '1'\nrows:\n"
                                       "  - {id: a, title: A, coverage: full}\n"
                                       "  - {id: b, title: B, coverage: needs-node, controls: [pod.privileged]}\n"
                                       "  - {id: b, title: B, coverage: nearly, colour: red}\n");
  ASSERT_FALSE(errors.has_value());
  std::string all;
  for (const Error& error : errors.error()) all += to_string(error) + "\n";
  for (const std::string_view part : {"a claims what no control decides", "b has controls, but claims nothing",
                                      "unknown coverage", "unknown member 'colour'", "b exists already"}) {
    EXPECT_NE(all.find(part), std::string::npos) << part << " is not in\n" << all;
  }
}

}  // namespace
}  // namespace kastell::policy

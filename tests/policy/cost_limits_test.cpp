// What hostile input may cost: controls are stopped and say so, and never pass.

#include "policy/scan/cost_limits.h"

#include <gtest/gtest.h>

#include <filesystem>
#include <fstream>

#include "policy/scan.h"
#include "policy/world.h"

namespace kastell::policy {
namespace {

constexpr std::string_view quadratic = "pod.host-path-writable";  // looks for the volume of every mount

// A pod whose containers mount `count` volumes each; none is among the pod's `count` volumes.
std::string hostile_pod(int containers, int count) {
  std::string text = "apiVersion: v1\nkind: Pod\nmetadata: {name: a}\nspec:\n  volumes:\n";
  for (int i = 0; i < count; ++i) text += "  - {name: v" + std::to_string(i) + ", hostPath: {path: /a}}\n";
  text += "  containers:\n";
  for (int c = 0; c < containers; ++c) {
    text += "  - name: c" + std::to_string(c) + "\n    image: a\n    volumeMounts:\n";
    for (int i = 0; i < count; ++i) text += "    - {name: m" + std::to_string(i) + ", mountPath: /a}\n";
  }
  return text;
}

class CostLimitsTest : public ::testing::Test {
 protected:
  ScanResult scan_hostile(int containers, int count, ScanOptions options) {
    snapshot_.emplace(testing::read_world(hostile_pod(containers, count), symbols_));
    return scan(*snapshot_, catalog_, options).value();
  }

  // The reasons of one control's errors.
  static std::vector<std::string_view> errors_of(const ScanResult& result, std::string_view control) {
    std::vector<std::string_view> reasons;
    for (const Finding& finding : result.findings) {
      if (finding.verdict == Verdict::error && result.controls[finding.control]->id == control)
        reasons.push_back(result.reasons[finding.reason]);
    }
    return reasons;
  }

  std::shared_ptr<SymbolTable> symbols_ = std::make_shared<SymbolTable>();
  Catalog catalog_ = Catalog::embedded(symbols_).value();
  std::optional<snapshot::Snapshot> snapshot_;
};

TEST_F(CostLimitsTest, AnExpressionIsStoppedAndSaysSo) {
  const auto result = scan_hostile(1, 700, {.controls = {std::string(quadratic)}, .all_verdicts = true});
  EXPECT_EQ(errors_of(result, quadratic), std::vector{expression_too_costly});
  ASSERT_EQ(result.counts.size(), 1U);
  EXPECT_EQ(result.counts[0].pass, 0U);
  EXPECT_EQ(exit_code(result, Severity::low, false), 3);
}

TEST_F(CostLimitsTest, SmallerPodsPass) {
  const auto result = scan_hostile(1, 100, {.controls = {std::string(quadratic)}});
  EXPECT_EQ(errors_of(result, quadratic), std::vector<std::string_view>{});
  EXPECT_EQ(result.counts[0].pass, 1U);
}

TEST_F(CostLimitsTest, AControlIsStoppedForTheWholeObject) {
  const auto result = scan_hostile(12, 700, {.controls = {std::string(quadratic)}});
  std::vector<std::string_view> expected(9, expression_too_costly);  // `when` has its cost too
  expected.resize(12, control_too_costly);
  EXPECT_EQ(errors_of(result, quadratic), expected);
}

// Other controls are judged as ever, and the next object starts anew.
TEST_F(CostLimitsTest, OnlyTheCostlyControlIsStopped) {
  const auto result = scan_hostile(2, 700, {.threads = 1});
  EXPECT_EQ(errors_of(result, quadratic).size(), 2U);
  EXPECT_EQ(errors_of(result, "pod.privilege-escalation").size(), 0U);
  for (std::size_t i = 0; i < result.controls.size(); ++i) {
    EXPECT_EQ(result.counts[i].error, result.controls[i]->id == quadratic ? 2U : 0U) << result.controls[i]->id;
  }
}

// A component whose flags are not all known: which reads decided a verdict is found by evaluating once more.
TEST(CostLimits, FindingWhatAVerdictRestsOnIsStoppedToo) {
  const std::string path = ::testing::TempDir() + "kastell-costly-component.yaml";
  std::ofstream(path) << R"(id: test.costly
title: A title
severity: high
scope: component
why: Because.
remediation: Do.
rules:
  - expression: >-
      component.flags['api-audiences'].all(a, component.flags['api-audiences'].all(b, a != '' && b != ''))
      && component.flags['anonymous-auth'] == false
    message: bad
examples:
  - {name: a, verdict: fail, objects: []}
  - {name: b, verdict: pass, objects: []}
)";
  const auto symbols = std::make_shared<SymbolTable>();
  const auto catalog = Catalog::load({path}, symbols);
  std::filesystem::remove(path);
  ASSERT_TRUE(catalog);
  std::string audiences = "a";
  for (int i = 0; i < 1000; ++i) audiences += ",a";
  const auto snapshot = testing::read_world(
      "apiVersion: v1\nkind: Pod\nmetadata: {name: a}\nspec:\n  containers:\n"
      "  - name: c\n    image: kube-apiserver:v1.34.0\n"
      "    env: [{name: A, valueFrom: {configMapKeyRef: {name: a, key: a}}}]\n"
      "    command: [kube-apiserver, --anonymous-auth=$(A), '--api-audiences=" +
          audiences + "']\n",
      symbols);
  const ScanResult result = scan(snapshot, *catalog, {}).value();
  ASSERT_EQ(result.findings.size(), 1U);
  EXPECT_EQ(result.findings[0].verdict, Verdict::error);
  EXPECT_EQ(result.reasons[result.findings[0].reason], expression_too_costly);
}

}  // namespace
}  // namespace kastell::policy

// The cases of tests/policy/cases/, and what data cannot say about scan().

#include "policy/scan.h"

#include <gtest/gtest.h>

#include <fstream>
#include <sstream>

#include "policy/world.h"

namespace kastell::policy {
namespace {

using document::Node;

std::string line_of(const ScanResult& result, Describer& describer, const Finding& finding) {
  const FindingDetail& detail = describer.describe(finding);
  std::string line(name_of(finding.verdict));
  line += " " + std::string(result.controls[finding.control]->id) + " " + std::to_string(detail.place.line) + ":" +
          std::to_string(detail.place.column) + " " + detail.field + " ";
  if (!detail.container.empty()) line += "[" + std::string(detail.container) + "] ";
  return line + (finding.verdict == Verdict::fail ? detail.message : std::string(detail.reason));
}

std::vector<std::string> lines_of(const ScanResult& result) {
  Describer describer(result);
  std::vector<std::string> lines;
  for (const Finding& finding : result.findings) lines.push_back(line_of(result, describer, finding));
  return lines;
}

std::vector<std::string> texts_of(const Node& list) {
  std::vector<std::string> texts;
  for (const Node& item : list.as_list()) texts.emplace_back(item.as_string());
  return texts;
}

class ScanTest : public ::testing::Test {
 protected:
  const Node* find(const Node& object, std::string_view key) { return object.find(symbols_->intern(key)); }

  void run_case(const Node& one) {
    SCOPED_TRACE(find(one, "name")->as_string());
    const auto snapshot =
        testing::read_world(std::string(find(one, "input")->as_string()), symbols_, find(one, "closed") != nullptr);
    const auto result = scan(snapshot, catalog_, {.controls = texts_of(*find(one, "controls")), .threads = 1});
    ASSERT_TRUE(result) << to_string(result.error());
    EXPECT_EQ(lines_of(*result), texts_of(*find(one, "findings")));
    EXPECT_EQ(exit_code(*result, Severity::low, false), find(one, "exit")->integer);
    const Node* open = find(one, "open");
    EXPECT_EQ(result->decided_by_closed_world, open == nullptr ? 0U : static_cast<std::uint64_t>(open->integer));
  }

  std::string scan_error(const ScanOptions& options) {
    const auto snapshot = testing::read_world("", symbols_);
    const auto result = scan(snapshot, catalog_, options);
    if (result) return "";
    EXPECT_EQ(result.error().code, ErrorCode::usage);
    return result.error().message;
  }

  std::shared_ptr<SymbolTable> symbols_ = std::make_shared<SymbolTable>();
  Catalog catalog_ = Catalog::embedded(symbols_).value();
};

class ScanCases : public ScanTest, public ::testing::WithParamInterface<const char*> {};

TEST_P(ScanCases, JudgedAsStated) {
  const std::string path = std::string(KASTELL_SOURCE_DIR "/tests/policy/cases/") + GetParam();
  std::stringstream text;
  text << std::ifstream(path).rdbuf();
  const auto stream = document::parse(std::make_shared<document::Source>(path, text.str()), *symbols_);
  for (const Error& error : stream.errors) ADD_FAILURE() << to_string(error);
  EXPECT_GE(stream.documents.size(), 8U);
  for (const auto& document : stream.documents) run_case(document.root);
}

INSTANTIATE_TEST_SUITE_P(Files, ScanCases, ::testing::Values("scan.yaml", "types.yaml", "unread_kinds.yaml"),
                         [](const auto& file) {
                           const std::string name = file.param;
                           return name.substr(0, name.find('.'));
                         });

TEST_F(ScanTest, UnknownNamesCarryASuggestion) {
  EXPECT_EQ(scan_error({.controls = {"pod.priviledged"}}),
            "unknown control 'pod.priviledged'; did you mean 'pod.privileged'?");
  EXPECT_EQ(scan_error({.controls = {"nothing.*"}}), "no control matches 'nothing.*'");
  EXPECT_EQ(scan_error({.frameworks = {"nsa-cissa"}}), "unknown framework 'nsa-cissa'; did you mean 'nsa-cisa'?");
  EXPECT_EQ(scan_error({.controls = {"image.registry"}, .at_least = Severity::critical}),
            "no control is left by these filters");
}

TEST_F(ScanTest, AClusterIsJudgedByItsOwnVersion) {
  const std::string text = "{apiVersion: resource.k8s.io/v1, kind: DeviceClass, metadata: {name: a}, spec: {}}";
  const auto judged = [&](const snapshot::Snapshot& snapshot, std::optional<cel::KubernetesVersion> version) {
    return lines_of(scan(snapshot, catalog_, {.controls = {"schema.*"}, .kubernetes = version, .threads = 1}).value());
  };
  const std::vector<std::string> nothing;
  const auto old = testing::read_cluster(text, symbols_, "v1.33.4-eks-5f3b2c");
  EXPECT_EQ(judged(old, std::nullopt), judged(old, cel::KubernetesVersion{1, 33}));
  EXPECT_NE(judged(old, std::nullopt), nothing);
  EXPECT_EQ(judged(old, cel::KubernetesVersion{1, 34}), nothing);
  EXPECT_EQ(judged(testing::read_cluster(text, symbols_, "v1.34.0"), std::nullopt), nothing);
  EXPECT_EQ(judged(testing::read_cluster(text, symbols_, "v1.99.0"), std::nullopt), nothing);
  EXPECT_EQ(judged(testing::read_world(text, symbols_), std::nullopt), nothing);
}

TEST_F(ScanTest, SelectsByNameFrameworkAndSeverity) {
  const auto snapshot = testing::read_world("", symbols_);
  const auto ids = [&](const ScanOptions& options) {
    std::vector<std::string> names;
    const ScanResult result = scan(snapshot, catalog_, options).value();
    for (const Control* control : result.controls) names.emplace_back(control->id);
    return names;
  };
  for (const std::string& id : ids({})) EXPECT_FALSE(id.starts_with("pss.")) << id;
  EXPECT_EQ(ids({.controls = {"pss.host*"}}).size(), 4U);
  EXPECT_EQ(ids({.controls = {"image.?ag"}}), std::vector<std::string>{"image.tag"});
  for (const std::string& id : ids({.at_least = Severity::critical})) {
    EXPECT_EQ(catalog_.find(id)->severity, Severity::critical);
  }
  EXPECT_TRUE(ids({.pod_security = parse_pod_security_level("privileged").value()}).empty());
  EXPECT_EQ(ids({.pod_security = parse_pod_security_level("baseline:v1.33").value()}).size(), 11U);
  EXPECT_EQ(ids({.pod_security = parse_pod_security_level("baseline").value()}).size(), 12U);
  // 12 + 7, less the four that restricted checks replace.
  EXPECT_EQ(ids({.pod_security = parse_pod_security_level("restricted").value()}).size(), 15U);
  // v1.0: without host probes, and restrictedVolumes in place of hostPathVolumes.
  EXPECT_EQ(ids({.pod_security = parse_pod_security_level("restricted:v1.0").value()}).size(), 12U);
}

TEST(PodSecurityLevelTest, Reads) {
  using Level = PodSecurityLevel::Level;
  const auto parsed = parse_pod_security_level("baseline:v1.24");
  ASSERT_TRUE(parsed);
  EXPECT_EQ(parsed->level, Level::baseline);
  EXPECT_EQ(parsed->version, (cel::KubernetesVersion{1, 24}));
  EXPECT_EQ(parse_pod_security_level("restricted")->version, cel::newest_kubernetes);
  EXPECT_EQ(parse_pod_security_level("restricted:latest")->version, cel::newest_kubernetes);
  EXPECT_EQ(parse_pod_security_level("restricted:v1.99")->version, cel::newest_kubernetes);
  EXPECT_EQ(parse_pod_security_level("restrictd").error().message,
            "unknown Pod Security level 'restrictd'; did you mean 'restricted'?");
  EXPECT_EQ(parse_pod_security_level("x:latest").error().message,
            "unknown Pod Security level 'x': privileged, baseline or restricted");
  EXPECT_EQ(parse_pod_security_level("baseline:new").error().message,
            "unknown Pod Security version 'new': write v1.30, or latest");
}

std::string many_pods() {
  std::string text;
  for (int i = 0; i < 500; ++i) {
    text += R"({"apiVersion":"v1","kind":"Pod","metadata":{"name":"p)" + std::to_string(i) +
            R"("},"spec":{"hostNetwork":)" + (i % 3 == 0 ? "true" : "\"x\"") +
            R"(,"containers":[{"name":"c","image":"a:)" + std::to_string(i) + "\"}]}}\n";
  }
  return text;
}

TEST_F(ScanTest, ThreadsDoNotChangeTheResult) {
  const auto snapshot = testing::read_world(many_pods(), symbols_);
  const auto one = scan(snapshot, catalog_, {.all_verdicts = true, .threads = 1}).value();
  const auto four = scan(snapshot, catalog_, {.all_verdicts = true, .threads = 4}).value();
  EXPECT_EQ(one.reasons, four.reasons);
  EXPECT_EQ(one.unreadable, four.unreadable);
  ASSERT_EQ(one.findings.size(), four.findings.size());
  EXPECT_EQ(lines_of(one), lines_of(four));
}

TEST_F(ScanTest, AllVerdictsListsWhatIsCounted) {
  const auto snapshot = testing::read_world(many_pods(), symbols_);
  const auto result = scan(snapshot, catalog_, {.all_verdicts = true, .threads = 1}).value();
  ControlCount total;
  for (const ControlCount& count : result.counts) {
    total.pass += count.pass;
    total.not_applicable += count.not_applicable;
  }
  std::uint64_t pass = 0, not_applicable = 0;
  for (const Finding& finding : result.findings) {
    pass += finding.verdict == Verdict::pass ? 1 : 0;
    not_applicable += finding.verdict == Verdict::not_applicable ? 1 : 0;
  }
  EXPECT_EQ(pass, total.pass);
  EXPECT_EQ(not_applicable, total.not_applicable);
  EXPECT_GT(pass, 0U);
}

TEST_F(ScanTest, ExitCodeFollowsThreshold) {
  const auto snapshot = testing::read_world(
      R"({"apiVersion":"v1","kind":"Pod","metadata":{"name":"a"},"spec":{"hostNetwork":true,"containers":[{"name":"c"}]}})",
      symbols_);
  const auto result = scan(snapshot, catalog_, {.controls = {"pod.host-network"}}).value();
  EXPECT_EQ(exit_code(result, Severity::high, false), 1);
  EXPECT_EQ(exit_code(result, Severity::critical, false), 0);
}

}  // namespace
}  // namespace kastell::policy

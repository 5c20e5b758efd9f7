// What consumers rely on: members that must be there, of which kind (architecture.md, «Contracts»; SARIF 2.1.0).
#include <gtest/gtest.h>

#include <algorithm>
#include <set>

#include "report/scanned.h"

namespace kastell::report::tests {
namespace {

using document::Kind;
using document::Node;

// A path to a member; "[]" means every item of the list there.
struct Rule {
  const char* path;
  Kind kind;
  bool required = true;
};

class StructureCheck {
 public:
  StructureCheck(const std::string& text, SymbolTable& symbols) : symbols_(symbols) {
    stream_ = document::parse(std::make_shared<const document::Source>("report", text), symbols,
                              {.format = document::Format::json});
    for (const Error& error : stream_.errors) ADD_FAILURE() << to_string(error);
  }

  void check(const Rule& rule) {
    ASSERT_EQ(stream_.documents.size(), 1U);
    found_ = 0;
    walk(stream_.documents.front().root, rule.path, rule);
    if (rule.required) {
      EXPECT_GT(found_, 0U) << rule.path << " is nowhere";
    }
  }

  const Node& root() const { return stream_.documents.front().root; }
  const Node* find(const Node& object, std::string_view key) const {
    const auto symbol = symbols_.find(key);
    return symbol ? object.find(*symbol) : nullptr;
  }

 private:
  void walk(const Node& node, std::string_view path, const Rule& rule) {
    if (path.empty()) {
      ++found_;
      EXPECT_EQ(node.kind, rule.kind) << rule.path;
      return;
    }
    const std::size_t end = std::min(path.find('/'), path.size());
    const std::string_view step = path.substr(0, end), rest = path.substr(std::min(end + 1, path.size()));
    if (step == "[]") {
      EXPECT_TRUE(node.is_list()) << rule.path;
      for (const Node& item : node.as_list()) walk(item, rest, rule);
    } else if (const Node* member = find(node, step)) {
      walk(*member, rest, rule);
    } else {
      EXPECT_FALSE(rule.required) << rule.path << ": no " << step;
    }
  }

  SymbolTable& symbols_;
  document::DocumentStream stream_;
  std::size_t found_ = 0;
};

TEST(JsonReport, HasWhatTheContractPromises) {
  const auto scanned = scan_input_folder();
  StructureCheck json(scanned->report(Format::json), *scanned->symbols);
  const Rule rules[] = {
      {"schema", Kind::string},
      {"tool/name", Kind::string},
      {"tool/version", Kind::string},
      {"results/[]/control", Kind::string},
      {"results/[]/title", Kind::string},
      {"results/[]/severity", Kind::string},
      {"results/[]/verdict", Kind::string},
      {"results/[]/reason", Kind::string},
      {"results/[]/resource/apiVersion", Kind::string},
      {"results/[]/resource/kind", Kind::string},
      {"results/[]/resource/namespace", Kind::string},
      {"results/[]/resource/name", Kind::string},
      {"results/[]/container", Kind::string, false},
      {"results/[]/field", Kind::string},
      {"results/[]/location/file", Kind::string},
      {"results/[]/location/line", Kind::integer},
      {"results/[]/location/column", Kind::integer},
      {"results/[]/message", Kind::string},
      {"results/[]/remediation", Kind::string},
      {"results/[]/references", Kind::object},
      {"coverage/[]/input", Kind::string},
      {"coverage/[]/status", Kind::string},
      {"coverage/[]/reason", Kind::string},
      {"summary/objects", Kind::integer},
      {"summary/complete", Kind::boolean},
      {"summary/verdicts/fail", Kind::integer},
      {"summary/verdicts/not-evaluated", Kind::integer},
      {"summary/severities/critical", Kind::integer},
      {"summary/decidedByClosedWorld", Kind::integer},
      {"summary/controls/[]/control", Kind::string},
      {"summary/controls/[]/pass", Kind::integer},
      {"summary/controls/[]/not-applicable", Kind::integer},
  };
  for (const Rule& rule : rules) json.check(rule);
  EXPECT_EQ(json.find(json.root(), "schema")->as_string(), "kastell.report/v1");
  for (const Node& result : json.find(json.root(), "results")->as_list()) {
    EXPECT_NE(json.find(result, "value"), nullptr) << "value is always there, null when the field is missing";
  }
}

// The rules of SARIF 2.1.0 that concern what we write.
TEST(SarifReport, FollowsTheStandard) {
  const auto scanned = scan_input_folder();
  StructureCheck sarif(scanned->report(Format::sarif), *scanned->symbols);
  const Rule rules[] = {
      {"$schema", Kind::string},                                                  // §3.13.3
      {"version", Kind::string},                                                  // §3.13.2
      {"runs/[]/tool/driver/name", Kind::string},                                 // §3.19.8
      {"runs/[]/tool/driver/rules/[]/id", Kind::string},                          // §3.49.3
      {"runs/[]/tool/driver/rules/[]/shortDescription/text", Kind::string},       // §3.49.9
      {"runs/[]/tool/driver/rules/[]/help/text", Kind::string},                   // §3.49.13
      {"runs/[]/tool/driver/rules/[]/defaultConfiguration/level", Kind::string},  // §3.50.3
      {"runs/[]/columnKind", Kind::string},                                       // §3.14.17
      {"runs/[]/invocations/[]/executionSuccessful", Kind::boolean},              // §3.20.14, required
      {"runs/[]/invocations/[]/toolExecutionNotifications/[]/message/text", Kind::string},
      {"runs/[]/invocations/[]/toolExecutionNotifications/[]/level", Kind::string},
      {"runs/[]/results/[]/ruleId", Kind::string},
      {"runs/[]/results/[]/ruleIndex", Kind::integer},
      {"runs/[]/results/[]/message/text", Kind::string},  // §3.27.11, required
      {"runs/[]/results/[]/locations/[]/physicalLocation/artifactLocation/uri", Kind::string},
      {"runs/[]/results/[]/locations/[]/physicalLocation/region/startLine", Kind::integer},
      {"runs/[]/results/[]/locations/[]/physicalLocation/region/startColumn", Kind::integer},
      {"runs/[]/results/[]/locations/[]/physicalLocation/region/endColumn", Kind::integer},
  };
  for (const Rule& rule : rules) sarif.check(rule);
  EXPECT_EQ(sarif.find(sarif.root(), "version")->as_string(), "2.1.0");
  const Node& run = sarif.find(sarif.root(), "runs")->as_list().front();
  EXPECT_EQ(sarif.find(run, "columnKind")->as_string(), "unicodeCodePoints");
  const auto controls = sarif.find(*sarif.find(*sarif.find(run, "tool"), "driver"), "rules")->as_list();
  std::set<std::string> fingerprints;
  const auto results = sarif.find(run, "results")->as_list();
  for (const Node& result : results) {
    const auto index = static_cast<std::size_t>(sarif.find(result, "ruleIndex")->integer);
    ASSERT_LT(index, controls.size());
    EXPECT_EQ(sarif.find(controls[index], "id")->as_string(), sarif.find(result, "ruleId")->as_string());
    const bool failed = sarif.find(result, "kind")->as_string() == "fail";
    // §3.27.9: a result of another kind than fail has the level none.
    EXPECT_EQ(sarif.find(result, "level")->as_string() != "none", failed);
    const Node* prints = sarif.find(result, "partialFingerprints");
    ASSERT_NE(prints, nullptr);
    fingerprints.insert(std::string(prints->member_values().front().as_string()));
  }
  EXPECT_EQ(fingerprints.size(), results.size()) << "fingerprints tell results apart";
}

TEST(SarifReport, FingerprintsOutliveMovedLinesAndFiles) {
  const auto pod = [](const std::string& name) {
    return "{apiVersion: v1, kind: Pod, metadata: {name: " + name + "}, spec: {containers: [{name: c}]}}\n";
  };
  const auto print_of = [](const std::string& report) {
    const std::size_t at = report.find("\"kastell/v1\":\"");
    return at == std::string::npos ? std::string() : report.substr(at, 32);
  };
  const std::string here = print_of(scan_texts({{"a.yaml", pod("p")}})->report(Format::sarif));
  const std::string below = print_of(scan_texts({{"a.yaml", "# moved\n\n" + pod("p")}})->report(Format::sarif));
  const std::string elsewhere = print_of(scan_texts({{"b.yaml", pod("p")}})->report(Format::sarif));
  const std::string other = print_of(scan_texts({{"a.yaml", pod("q")}})->report(Format::sarif));
  EXPECT_NE(here, "");
  EXPECT_EQ(here, below);
  EXPECT_EQ(here, elsewhere);
  EXPECT_NE(here, other);
}

// Tags balance, attributes are quoted, nothing but escapes follows an ampersand.
TEST(JunitReport, IsWellFormed) {
  const std::string text = scan_input_folder()->report(Format::junit);
  std::vector<std::string> open;
  for (std::size_t at = text.find('<'); at != std::string::npos; at = text.find('<', at + 1)) {
    const std::size_t end = text.find('>', at);
    ASSERT_NE(end, std::string::npos);
    const std::string tag = text.substr(at + 1, end - at - 1);
    EXPECT_EQ(std::ranges::count(tag, '"') % 2, 0) << tag;
    EXPECT_EQ(tag.find('<'), std::string::npos) << tag;
    if (tag.starts_with('?') || tag.ends_with('/')) continue;
    if (tag.starts_with('/')) {
      ASSERT_FALSE(open.empty());
      EXPECT_EQ(open.back(), tag.substr(1));
      open.pop_back();
    } else {
      open.push_back(tag.substr(0, tag.find(' ')));
    }
  }
  EXPECT_TRUE(open.empty());
  for (std::size_t at = text.find('&'); at != std::string::npos; at = text.find('&', at + 1)) {
    EXPECT_LT(text.find(';', at) - at, 8U) << text.substr(at, 20);
  }
}

TEST(Reports, OfNothing) {
  const auto scanned = scan_texts({});
  for (const Format format : {Format::json, Format::sarif}) {
    StructureCheck check(scanned->report(format), *scanned->symbols);
    EXPECT_TRUE(check.root().is_object());
  }
  EXPECT_NE(scanned->report(Format::human).find("0 objects"), std::string::npos);
}

}  // namespace
}  // namespace kastell::report::tests

// Whole reports against tests/report/golden; UPDATE_GOLDENS=1 rewrites them, the difference is for your eyes.
#include <gtest/gtest.h>

#include "report/scanned.h"
#include "support/sections.h"

namespace kastell::report::tests {
namespace {

constexpr const char* hostile_path = KASTELL_SOURCE_DIR "/tests/report/hostile.yaml";

struct GoldenCase {
  const char* file;
  Format format;
  ReportOptions options = {};
};

TEST(Report, Goldens) {
  const GoldenCase cases[] = {
      {"human.txt", Format::human},
      {"human-narrow.txt", Format::human, {.width = 60}},
      {"human-colour.txt", Format::human, {.colour = true}},
      {"human-summary.txt", Format::human, {.summary_only = true}},
      {"report.json", Format::json},
      {"report.sarif", Format::sarif},
      {"junit.xml", Format::junit},
      {"report.html", Format::html},
      {"report.csv", Format::csv},
      {"report.md", Format::markdown},
      {"gitlab.json", Format::gitlab},
      {"policyreport.json", Format::policy_report},
  };
  const auto scanned = scan_input_folder();
  for (const GoldenCase& one : cases) {
    kastell::tests::check_golden_file(std::string(KASTELL_SOURCE_DIR "/tests/report/golden/") + one.file,
                                      scanned->report(one.format, one.options));
  }
}

TEST(Report, AllVerdicts) {
  policy::ScanOptions options;
  options.all_verdicts = true;
  const auto scanned = scan_input_folder(options);
  const auto golden = [](const char* name) { return std::string(KASTELL_SOURCE_DIR "/tests/report/golden/") + name; };
  kastell::tests::check_golden_file(golden("all.json"), scanned->report(Format::json, {.all_verdicts = true}));
  kastell::tests::check_golden_file(golden("all.txt"), scanned->report(Format::human, {.all_verdicts = true}));
}

// Names, values and reasons that try to be markup, formulas or another line (tests/report/hostile.yaml).
TEST(Report, HostileInputGoldens) {
  const auto scanned = scan_texts({{"d/'x\"<b>.yaml", kastell::tests::read_text(hostile_path)}});
  for (const std::string_view name : format_names()) {
    const std::string file = KASTELL_SOURCE_DIR "/tests/report/golden/hostile." + std::string(name);
    kastell::tests::check_golden_file(file, scanned->report(*parse_format(name)));
  }
}

// Nothing in the input steers a terminal or turns the direction of a line, except in JSON texts, which are escaped or
// for programs.
TEST(Report, NothingForPeopleHoldsControlCharactersOfTheInput) {
  const auto scanned = scan_texts({{"d/x.yaml", kastell::tests::read_text(hostile_path)}});
  for (const Format format : {Format::human, Format::csv, Format::markdown, Format::html}) {
    const std::string text = scanned->report(format);
    EXPECT_EQ(text.find("\u202E"), std::string::npos);
    EXPECT_EQ(text.find('\x1b'), std::string::npos);
    EXPECT_EQ(text.find('\t'), std::string::npos);
  }
}

TEST(Report, NoCellIsAFormula) {
  const auto scanned = scan_texts({{"=d.yaml", kastell::tests::read_text(hostile_path)}});
  const std::string text = scanned->report(Format::csv);
  EXPECT_NE(text.find("\"'=HYPERLINK("), std::string::npos) << text;
  EXPECT_NE(text.find("\"'@evil"), std::string::npos) << text;
  for (const char* start : {"\"=", "\"+", "\"-", "\"@", "\"\t", "\"|"}) {
    EXPECT_EQ(text.find(std::string(",") + start), std::string::npos) << start;
    EXPECT_EQ(text.find(std::string("\n") + start), std::string::npos) << start;
  }
}

// GitHub takes comments of 65,536 characters.
TEST(Report, MarkdownIsBounded) {
  std::vector<NamedText> inputs;
  for (int i = 0; i < 500; ++i) {
    const std::string number = std::to_string(i);
    inputs.push_back({std::string(900, '@') + number,
                      "{apiVersion: v1, kind: Pod, metadata: {name: '" + std::string(900, '#') + number +
                          "'}, spec: {containers: [{name: c, image: " + std::string(900, 'a') + "}]}}\n"});
  }
  const auto scanned = scan_texts(inputs);
  const std::string text = scanned->report(Format::markdown);
  EXPECT_LT(text.size(), 65'536U);
  EXPECT_NE(text.find(" more are not shown here"), std::string::npos);
}

// An object of a cluster has a bound; what is left out is said, the summary counts it.
TEST(Report, PolicyReportIsBounded) {
  std::vector<NamedText> inputs;
  for (int i = 0; i < 700; ++i) {
    inputs.push_back({"a.yaml", "{apiVersion: v1, kind: Pod, metadata: {name: p" + std::to_string(i) +
                                    "}, spec: {containers: [{name: c, image: a}]}}\n"});
  }
  const auto scanned = scan_texts(inputs);
  const std::string text = scanned->report(Format::policy_report);
  EXPECT_LT(text.size(), 1'000'000U);
  EXPECT_NE(text.find("\"reports.kastell.dev/left-out\":\"1100\""), std::string::npos) << text.substr(0, 400);
  EXPECT_NE(text.find("\"fail\":1400"), std::string::npos) << text.substr(0, 400);
}

// No format may let a credential out, whichever way it is written.
TEST(Report, NoFormatShowsASecret) {
  policy::ScanOptions options;
  options.all_verdicts = true;
  const auto scanned = scan_input_folder(options);
  for (const std::string_view name : format_names()) {
    const Format format = *parse_format(name);
    const std::string text = scanned->report(format, {.all_verdicts = true, .width = 300});
    for (const char* secret : {"correct-horse", "battery-staple", "never-shown", "c2VjcmV0", "kept-from-view"}) {
      EXPECT_EQ(text.find(secret), std::string::npos) << secret << " in\n" << text;
    }
    // JUnit, GitLab and PolicyReports have no place for values; messages may hold one.
    EXPECT_NE(text.find("redacted"), std::string::npos) << name;
  }
}

TEST(Report, ManyFindingsOfOneControlStayReadable) {
  std::vector<NamedText> inputs;
  for (int i = 0; i < 500; ++i) {
    inputs.push_back({"pods/" + std::to_string(i) + ".yaml",
                      "{apiVersion: v1, kind: Pod, metadata: {name: p}, spec: {containers: [{name: c}]}}\n"});
  }
  const auto scanned = scan_texts(inputs);
  const std::string text = scanned->report(Format::human);
  EXPECT_LT(std::ranges::count(text, '\n'), 120);
  EXPECT_NE(text.find("test.memory-limit: 490 more"), std::string::npos) << text;
  EXPECT_NE(text.find("medium         500       500         1"), std::string::npos) << text;
  EXPECT_NE(text.find("--closed-world would decide 500 verdicts"), std::string::npos) << text;
}

TEST(Report, OneLineJson) {
  const std::string text = scan_input_folder()->report(Format::json, {.one_line = true});
  EXPECT_EQ(text.find('\n'), std::string::npos);
}

TEST(Report, SinkGetsBlocks) {
  const auto scanned = scan_texts({{"a.yaml", std::string(200, '\n')}});
  std::size_t calls = 0;
  write(Format::json, scanned->result, {}, [&calls](std::string_view block) {
    ++calls;
    EXPECT_FALSE(block.empty());
  });
  EXPECT_EQ(calls, 1U);
}

}  // namespace
}  // namespace kastell::report::tests

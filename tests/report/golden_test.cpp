// Whole reports against tests/report/golden; UPDATE_GOLDENS=1 rewrites them, the difference is for your eyes.
#include <gtest/gtest.h>

#include "report/scanned.h"
#include "support/sections.h"

namespace kastell::report::tests {
namespace {

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

// No format may let a credential out, whichever way it is written.
TEST(Report, NoFormatShowsASecret) {
  policy::ScanOptions options;
  options.all_verdicts = true;
  const auto scanned = scan_input_folder(options);
  for (const Format format : {Format::human, Format::json, Format::sarif, Format::junit}) {
    const std::string text = scanned->report(format, {.all_verdicts = true, .width = 300});
    for (const char* secret : {"correct-horse", "battery-staple", "never-shown", "c2VjcmV0", "hidden"}) {
      EXPECT_EQ(text.find(secret), std::string::npos) << secret << " in\n" << text;
    }
    EXPECT_NE(text.find("(redacted)"), std::string::npos);
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

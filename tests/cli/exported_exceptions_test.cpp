// An exported policy says of an object what a scan says of it, with the same file of exceptions.
// Cases: tests/cli/exported_exceptions/*.txt, with sections
//   exceptions        entries of an ExceptionList
//   control           which controls are scanned and exported, one per line
//   flags             of the export, one per line (optional)
//   pass, fail, accepted   objects of which the scan says so; admission denies what fails
//   admitted USER, denied USER   the decision alone, about an object that the user creates
#include <gtest/gtest.h>

#include <algorithm>

#include "support/process.h"

namespace kastell {
namespace {

using tests::Case;
using tests::Section;

std::vector<std::string> lines_of(const std::string& text) {
  std::vector<std::string> lines;
  for (std::size_t begin = 0; begin < text.size(); begin = text.find('\n', begin) + 1) {
    lines.push_back(text.substr(begin, text.find('\n', begin) - begin));
  }
  return lines;
}

// The worst of the verdicts about what is not an exception.
std::string worst_verdict(const std::string& csv) {
  const auto has = [&csv](const std::string& verdict) {
    return std::ranges::any_of(lines_of(csv), [&](const std::string& line) {
      return line.contains(",\"" + verdict + "\",") && !line.starts_with("\"exception.");
    });
  };
  for (const char* verdict : {"error", "not-evaluated", "fail", "accepted"}) {
    if (has(verdict)) return verdict;
  }
  return "pass";
}

class ExportedExceptions {
 public:
  explicit ExportedExceptions(Case& one) : controls_(lines_of(one.text("control"))) {
    folder_.add("exceptions.yaml",
                "apiVersion: kastell.dev/v1alpha1\nkind: ExceptionList\nexceptions:\n" + one.text("exceptions"));
    const auto exported = run({"policy-export", "--exceptions=exceptions.yaml"}, lines_of(one.text("flags")));
    EXPECT_EQ(exported.exit_code, 0) << exported.err;
    folder_.add("policies.yaml", exported.out);
  }

  void check(const Section& section) {
    folder_.add("object.yaml", section.text);
    const auto scanned = run({"scan", "--exceptions=exceptions.yaml", "--strict", "--format=csv", "object.yaml"}, {});
    EXPECT_EQ(worst_verdict(scanned.out), section.title) << section.text << scanned.out << scanned.err;
    check_decision(section, "kastell", section.title != "fail");
  }

  void check_decision(const Section& section, const std::string& user, bool allowed) {
    folder_.add("object.yaml", section.text);
    const auto admitted =
        tests::run_program({.arguments = {"admit", "--user=" + user, "--policies=policies.yaml", "object.yaml"},
                            .folder = folder_.path()});
    EXPECT_EQ(admitted.exit_code, allowed ? 0 : 1) << section.text << admitted.out << admitted.err;
    EXPECT_FALSE(admitted.out.contains("resulted in error")) << section.text << admitted.out;
  }

 private:
  tests::Finished run(std::vector<std::string> arguments, const std::vector<std::string>& flags) const {
    for (const std::string& control : controls_) arguments.push_back("--control=" + control);
    arguments.insert(arguments.end(), flags.begin(), flags.end());
    return tests::run_program({.arguments = std::move(arguments), .folder = folder_.path()});
  }

  const std::vector<std::string> controls_;
  tests::TemporaryFolder folder_;
};

// How many objects it holds.
std::size_t check_section(ExportedExceptions& exported, const Section& section) {
  if (section.is("admitted") || section.is("denied")) {
    exported.check_decision(section, section.argument(), section.is("admitted"));
  } else if (section.is("pass") || section.is("fail") || section.is("accepted")) {
    exported.check(section);
  } else {
    return 0;
  }
  return 1;
}

TEST(ExportedExceptions, DecideAsAScanDoes) {
  ASSERT_NE(tests::program_under_test(), "") << "KASTELL names no program";
  std::size_t objects = 0;
  for (const auto& path : tests::files_in(KASTELL_SOURCE_DIR "/tests/cli/exported_exceptions", ".txt")) {
    tests::CaseFile file = tests::load_cases(path);
    for (Case& one : file.cases) {
      SCOPED_TRACE(path.filename().string() + ": " + one.name);
      ExportedExceptions exported(one);
      for (const Section& section : one.sections) objects += check_section(exported, section);
    }
  }
  EXPECT_GT(objects, 0U);
}

// Of every control, and for every kind that its policy matches.
TEST(ExportedPolicies, HaveSoundTypes) {
  const tests::TemporaryFolder folder;
  for (const std::string version : {"1.31", "1.37"}) {
    const std::string target = "--kubernetes=" + version;
    const auto exported = tests::run_program({.arguments = {"policy-export", target}, .folder = folder.path()});
    ASSERT_EQ(exported.exit_code, 0) << exported.err;
    folder.add("policies.yaml", exported.out);
    const auto checked =
        tests::run_program({.arguments = {"policy-check", target, "policies.yaml"}, .folder = folder.path()});
    EXPECT_EQ(checked.exit_code, 0) << version << ": " << checked.out;
    EXPECT_TRUE(checked.out.contains(" 0 errors")) << checked.out << checked.err;
  }
}

}  // namespace
}  // namespace kastell

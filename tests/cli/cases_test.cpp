// The program itself: command lines, exit codes, what goes to which stream. Cases: tests/cli/cases/*.txt, with sections
//   file PATH      a file in the folder where the program runs (also: folder PATH, link PATH TARGET)
//   run            the arguments, one per line
//   stdin          what it reads
//   exit           the exit code
//   out, err       lines that must occur in the stream; "<nothing>" says that it is empty
//   out-not        lines that must not occur
//   out-exact      the whole of standard output (UPDATE_GOLDENS=1 rewrites it)
//   left           files in the folder afterwards, beside those of the case
#include <gtest/gtest.h>

#include <set>

#include "support/process.h"

namespace kastell {
namespace {

using tests::Case;
using tests::Section;

std::vector<std::string> lines_of(const std::string& text) {
  std::vector<std::string> lines;
  for (std::size_t begin = 0; begin < text.size();) {
    const std::size_t end = std::min(text.find('\n', begin), text.size());
    if (end > begin) lines.push_back(text.substr(begin, end - begin));
    begin = end + 1;
  }
  return lines;
}

void fill_folder(const tests::TemporaryFolder& folder, const Case& one) {
  for (const Section& section : one.sections) {
    const std::string argument = section.argument();
    if (section.is("file")) folder.add(argument, section.text);
    if (section.is("folder")) std::filesystem::create_directories(folder.path() / argument);
    if (section.is("link")) {
      const std::size_t space = argument.find(' ');
      std::filesystem::create_symlink(argument.substr(space + 1), folder.path() / argument.substr(0, space));
    }
  }
}

std::set<std::string> files_below(const std::filesystem::path& folder) {
  std::set<std::string> files;
  for (const auto& entry : std::filesystem::recursive_directory_iterator(folder)) {
    if (!entry.is_directory()) files.insert(entry.path().lexically_relative(folder).string());
  }
  return files;
}

void check_fragments(const Section& section, const std::string& stream) {
  const bool wanted = !section.is("out-not");
  for (const std::string& line : lines_of(section.text)) {
    if (line == "<nothing>") {
      EXPECT_EQ(stream, "") << section.title;
    } else {
      EXPECT_EQ(stream.find(line) != std::string::npos, wanted) << section.title << ": " << line << "\nin:\n" << stream;
    }
  }
}

void check_case(Case& one) {
  const tests::TemporaryFolder folder;
  fill_folder(folder, one);
  const std::set<std::string> before = files_below(folder.path());
  const auto finished =
      tests::run_program({.arguments = lines_of(one.text("run")), .folder = folder.path(), .input = one.text("stdin")});
  ASSERT_EQ(finished.signal, 0);
  ASSERT_NE(one.find("exit"), nullptr) << "a case without an exit code proves little";
  EXPECT_EQ(std::to_string(finished.exit_code) + "\n", one.text("exit")) << finished.err;
  for (const Section& section : one.sections) {
    if (section.is("out") || section.is("out-not")) check_fragments(section, finished.out);
    if (section.is("err")) check_fragments(section, finished.err);
  }
  if (one.find("out-exact") != nullptr) tests::check_golden(one, "out-exact", finished.out);
  std::set<std::string> after = files_below(folder.path());
  for (const std::string& file : before) after.erase(file);
  const auto left = lines_of(one.text("left"));
  EXPECT_EQ(after, std::set<std::string>(left.begin(), left.end()));
}

TEST(CommandLine, Cases) {
  ASSERT_NE(tests::program_under_test(), "") << "KASTELL names no program";
  for (const auto& path : tests::files_in(KASTELL_SOURCE_DIR "/tests/cli/cases", ".txt")) {
    tests::CaseFile file = tests::load_cases(path);
    for (Case& one : file.cases) {
      SCOPED_TRACE(path.filename().string() + ": " + one.name);
      check_case(one);
    }
    if (tests::updating_goldens()) tests::save_cases(file);
  }
}

const char* const privileged = R"({"apiVersion": "v1", "kind": "Pod", "metadata": {"name": "a"},
"spec": {"containers": [{"name": "c", "image": "i", "securityContext": {"privileged": true}}]}})";

tests::Run scan_of_privileged(const tests::TemporaryFolder& folder) {
  folder.add("pod.json", privileged);
  return {.arguments = {"scan", "pod.json"}, .folder = folder.path()};
}

TEST(CommandLine, ColoursOnATerminalOnly) {
  const tests::TemporaryFolder folder;
  tests::Run run = scan_of_privileged(folder);
  EXPECT_EQ(tests::run_program(run).out.find('\x1b'), std::string::npos);
  run.terminal = true;
  EXPECT_NE(tests::run_program(run).out.find("\x1b["), std::string::npos);
  run.no_color = "1";
  EXPECT_EQ(tests::run_program(run).out.find('\x1b'), std::string::npos);
  run.no_color = "";
  run.arguments.push_back("--no-color");
  EXPECT_EQ(tests::run_program(run).out.find('\x1b'), std::string::npos);
}

TEST(CommandLine, AReaderThatLeavesChangesNoVerdict) {
  const tests::TemporaryFolder folder;
  tests::Run run = scan_of_privileged(folder);
  run.closed_reader = true;
  const auto finished = tests::run_program(run);
  EXPECT_EQ(finished.signal, 0);
  EXPECT_EQ(finished.exit_code, 1);
  EXPECT_EQ(finished.err, "");
}

TEST(CommandLine, AFullDiskIsNoCleanRun) {
  if (!std::filesystem::exists("/dev/full")) GTEST_SKIP() << "this system has no /dev/full";
  const tests::TemporaryFolder folder;
  tests::Run run = scan_of_privileged(folder);
  run.out_path = "/dev/full";
  const auto finished = tests::run_program(run);
  EXPECT_EQ(finished.exit_code, 3);
  EXPECT_NE(finished.err.find("cannot write standard output"), std::string::npos) << finished.err;
}

TEST(CommandLine, AFileWithoutPermission) {
  if (geteuid() == 0)
    GTEST_SKIP() << "root reads every file; the cases with a dangling link and a folder cover the path";
  const tests::TemporaryFolder folder;
  tests::Run run = scan_of_privileged(folder);
  std::filesystem::permissions(folder.path() / "pod.json", std::filesystem::perms::none);
  const auto finished = tests::run_program(run);
  EXPECT_EQ(finished.exit_code, 3);
  EXPECT_NE(finished.out.find("Permission denied"), std::string::npos) << finished.out;
}

}  // namespace
}  // namespace kastell

#include "cli/terminal/output.h"

#include <gtest/gtest.h>
#include <sys/stat.h>

#include <chrono>
#include <fstream>
#include <iterator>

#include "support/process.h"

namespace kastell::cli {
namespace {

std::vector<std::string> names_in(const std::filesystem::path& folder) {
  std::vector<std::string> names;
  for (const auto& entry : std::filesystem::directory_iterator(folder)) names.push_back(entry.path().filename());
  return names;
}

// On a file system that has files without names, and on one that has not.
class OutputFile : public testing::TestWithParam<Output::UnnamedFiles> {
 protected:
  Result<Output> open(const std::string& name, mode_t mode = 0666) {
    return Output::to_file(console_, folder_.path() / name, mode, GetParam());
  }
  std::string content(const std::string& name) const {
    std::ifstream file(folder_.path() / name);
    return {std::istreambuf_iterator<char>(file), {}};
  }

  const tests::TemporaryFolder folder_;
  Console console_;
};

// Nothing has a name before it is whole: whatever ends the program until then, even SIGKILL, leaves nothing.
TEST_P(OutputFile, NothingIsThereBeforeItIsWhole) {
  auto output = open("report.json");
  ASSERT_TRUE(output.has_value());
  output->write("half a report");
  EXPECT_EQ(names_in(folder_.path()), std::vector<std::string>{});
  ASSERT_TRUE(output->finish().has_value());
  EXPECT_EQ(names_in(folder_.path()), std::vector<std::string>{"report.json"});
  EXPECT_EQ(content("report.json"), "half a report");
}

TEST_P(OutputFile, WhatWasThereStaysUntilThen) {
  folder_.add("report.json", "old");
  {
    auto dropped = open("report.json");
    dropped->write("new");
  }
  EXPECT_EQ(content("report.json"), "old");
  auto output = open("report.json");
  output->write("new");
  output->write("er");
  ASSERT_TRUE(output->finish().has_value());
  EXPECT_EQ(content("report.json"), "newer");
  EXPECT_EQ(names_in(folder_.path()).size(), 1U);
}

TEST_P(OutputFile, ModeOfANewFile) {
  auto output = open("a.kast", 0600);
  ASSERT_TRUE(output->finish().has_value());
  struct stat info = {};
  ASSERT_EQ(stat((folder_.path() / "a.kast").c_str(), &info), 0);
  EXPECT_EQ(info.st_mode & 0777, 0600U);
}

// Only a power cut leaves these, and only for as long as nobody writes the same file again.
TEST_P(OutputFile, LeftoversGoAndStrangersStay) {
  const std::string leftover = "a.kast.0123456789abcdef.tmp";
  const std::vector<std::string> strangers = {"a.kast.7.tmp", "b.kast.0123456789abcdef.tmp",
                                              "a.kast.0123456789abcdeX.tmp", "a.kast.0123456789abcdef.tmpx"};
  const std::string at_work = "a.kast.fedcba9876543210.tmp";
  for (const std::string& name : strangers) folder_.add(name, "x");
  folder_.add(leftover, "x");
  for (const auto& entry : std::filesystem::directory_iterator(folder_.path())) {
    std::filesystem::last_write_time(entry, std::filesystem::file_time_type::clock::now() - std::chrono::hours(2));
  }
  folder_.add(at_work, "x");
  auto output = open("a.kast");
  ASSERT_TRUE(output->finish().has_value());
  for (const std::string& name : strangers) EXPECT_TRUE(std::filesystem::exists(folder_.path() / name)) << name;
  EXPECT_FALSE(std::filesystem::exists(folder_.path() / leftover));
  EXPECT_TRUE(std::filesystem::exists(folder_.path() / at_work)) << "another program may be writing it";
}

TEST_P(OutputFile, FolderThatIsNotThere) {
  const auto output = open("nowhere/a.kast");
  ASSERT_FALSE(output.has_value());
  EXPECT_NE(output.error().message.find("No such file or directory"), std::string::npos) << output.error().message;
}

TEST_P(OutputFile, FolderThatGoesAway) {
  std::filesystem::create_directory(folder_.path() / "x");
  auto output = open("x/a.kast");
  std::filesystem::remove(folder_.path() / "x");
  EXPECT_FALSE(output->finish().has_value());
}

INSTANTIATE_TEST_SUITE_P(Everywhere, OutputFile,
                         testing::Values(Output::UnnamedFiles::if_had, Output::UnnamedFiles::none));

}  // namespace
}  // namespace kastell::cli

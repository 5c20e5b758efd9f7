#include "cli/terminal/output.h"

#include <gtest/gtest.h>
#include <sys/stat.h>

#include "support/process.h"

namespace kastell::cli {
namespace {

std::vector<std::string> names_in(const std::filesystem::path& folder) {
  std::vector<std::string> names;
  for (const auto& entry : std::filesystem::directory_iterator(folder)) names.push_back(entry.path().filename());
  return names;
}

// Nothing has a name before it is whole: whatever ends the program until then, even SIGKILL, leaves nothing.
TEST(Output, NothingIsThereBeforeItIsWhole) {
  const tests::TemporaryFolder folder;
  Console console;
  auto output = Output::to_file(console, folder.path() / "report.json");
  ASSERT_TRUE(output.has_value());
  output->write("half a report");
  EXPECT_EQ(names_in(folder.path()), std::vector<std::string>{});
  ASSERT_TRUE(output->finish().has_value());
  EXPECT_EQ(names_in(folder.path()), std::vector<std::string>{"report.json"});
}

TEST(Output, WhatWasThereStaysUntilThen) {
  const tests::TemporaryFolder folder;
  folder.add("report.json", "old");
  const std::string path = folder.path() / "report.json";
  Console console;
  {
    auto dropped = Output::to_file(console, path);
    dropped->write("new");
  }
  EXPECT_EQ(std::filesystem::file_size(path), 3U);
  auto output = Output::to_file(console, path);
  output->write("newer");
  ASSERT_TRUE(output->finish().has_value());
  EXPECT_EQ(std::filesystem::file_size(path), 5U);
  EXPECT_EQ(names_in(folder.path()).size(), 1U);
}

TEST(Output, ModeOfANewFile) {
  const tests::TemporaryFolder folder;
  const std::string path = folder.path() / "a.kast";
  Console console;
  auto output = Output::to_file(console, path, 0600);
  ASSERT_TRUE(output->finish().has_value());
  struct stat info = {};
  ASSERT_EQ(stat(path.c_str(), &info), 0);
  EXPECT_EQ(info.st_mode & 0777, 0600U);
}

}  // namespace
}  // namespace kastell::cli

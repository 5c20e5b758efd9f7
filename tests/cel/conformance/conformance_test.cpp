// The specification's conformance suite, read from ../shared/data/cel. Cases that cannot pass are listed in skips.txt
// with the type whose descriptor they need, which each must be seen to name; the list may only shrink.
#include <gtest/gtest.h>

#include <algorithm>
#include <cstdio>
#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <iterator>
#include <map>

#include "cel/conformance/case.h"
#include "cel/conformance/descriptor_need.h"

namespace kastell::cel::conformance {
namespace {

namespace fs = std::filesystem;

fs::path data_folder() {
  const char* shared = std::getenv("KASTELL_SHARED");
  return fs::path(shared != nullptr ? shared : KASTELL_SOURCE_DIR "/../shared") / "data" / "cel";
}

std::string read_file(const fs::path& path) {
  std::ifstream in(path, std::ios::binary);
  return {std::istreambuf_iterator<char>(in), std::istreambuf_iterator<char>()};
}

// Case → the type it needs.
std::map<std::string, std::string> read_skips() {
  std::map<std::string, std::string> skips;
  std::ifstream in(KASTELL_SOURCE_DIR "/tests/cel/conformance/skips.txt");
  for (std::string line; std::getline(in, line);) {
    if (line.empty() || line[0] == '#') continue;
    const std::size_t colon = line.find(": ");
    if (colon == std::string::npos) ADD_FAILURE() << "skips.txt: no reason in: " << line;
    skips.emplace(line.substr(0, colon), colon == std::string::npos ? "" : line.substr(colon + 2));
  }
  return skips;
}

constexpr const char* files[] = {
    "basic",        "bindings_ext", "block_ext",  "comparisons",    "conversions",  "dynamic",
    "encoders_ext", "enums",        "fields",     "fp_math",        "integer_math", "lists",
    "logic",        "macros",       "macros2",    "math_ext",       "namespace",    "network_ext",
    "optionals",    "parse",        "plumbing",   "proto2",         "proto2_ext",   "proto3",
    "string",       "string_ext",   "timestamps", "type_deduction", "unknowns",     "wrappers",
};

class ConformanceTest : public testing::TestWithParam<const char*> {};

TEST_P(ConformanceTest, Passes) {
  const std::string file = GetParam();
  const fs::path path = data_folder() / (file + ".textproto");
  if (!fs::exists(path)) GTEST_SKIP() << "conformance suite " << file << ": no " << path;
  const auto suite = read_textproto(read_file(path));
  ASSERT_TRUE(suite) << file << ": " << to_string(suite.error());
  const auto skips = read_skips();
  std::size_t passed = 0;
  std::size_t skipped = 0;
  const std::vector<Case> cases = cases_of(file, *suite);
  for (const Case& c : cases) {
    const Outcome outcome = run(c);
    const bool listed = skips.contains(c.name);
    passed += outcome.passed ? 1 : 0;
    skipped += !outcome.passed && listed ? 1 : 0;
    if (!outcome.passed && !listed) ADD_FAILURE() << c.name << "\n  " << c.test.text("expr") << "\n  " << outcome.why;
    if (outcome.passed && listed) ADD_FAILURE() << c.name << " passes: take it off skips.txt";
    if (outcome.passed || !listed) continue;
    const std::string needed = needed_descriptor(c).value_or("no type of the suite's own: it may not be skipped");
    EXPECT_EQ(skips.at(c.name), needed) << c.name;
  }
  std::printf("[ conforms ] %-14s %4zu of %4zu pass, %zu skipped\n", file.c_str(), passed, cases.size(), skipped);
}

INSTANTIATE_TEST_SUITE_P(Suite, ConformanceTest, testing::ValuesIn(files),
                         [](const auto& file) { return std::string(file.param); });

}  // namespace
}  // namespace kastell::cel::conformance

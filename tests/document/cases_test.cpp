// Runs every file of tests/document/cases against parse().
#include <gtest/gtest.h>

#include <algorithm>
#include <filesystem>

#include "document/cases.h"
#include "document/document.h"
#include "document/write.h"

namespace kastell::document::testing {
namespace {

std::vector<std::string> case_files() {
  std::vector<std::string> paths;
  for (const auto& entry : std::filesystem::directory_iterator(KASTELL_SOURCE_DIR "/tests/document/cases")) {
    paths.push_back(entry.path().string());
  }
  std::ranges::sort(paths);
  return paths;
}

std::vector<std::string> documents_of(const DocumentStream& stream, const SymbolTable& symbols) {
  std::vector<std::string> lines;
  for (const Document& document : stream.documents) append_json(lines.emplace_back(), document.root, symbols);
  return lines;
}

std::vector<std::string> errors_of(const DocumentStream& stream) {
  std::vector<std::string> lines;
  for (const Error& error : stream.errors) {
    lines.push_back(std::to_string(error.place.line) + ':' + std::to_string(error.place.column) + ": [" +
                    name_of(error.code) + "] " + error.message);
  }
  return lines;
}

// Small limits, so that cases about limits stay small.
ParseOptions options_for(const Case& one) {
  ParseOptions options;
  if (one.file.starts_with("json")) options.format = Format::json;
  if (one.file.starts_with("yaml")) options.format = Format::yaml;
  if (one.file.starts_with("limits"))
    options.limits = {.depth = 5,
                      .source_bytes = 2000,
                      .scalar_bytes = 40,
                      .expanded_nodes_floor = 50,
                      .alias_ratio = 3,
                      .errors = 3};
  return options;
}

class Cases : public ::testing::TestWithParam<std::string> {};

TEST_P(Cases, read_as_expected) {
  const auto cases = load_cases(GetParam());
  ASSERT_FALSE(cases.empty());
  for (const Case& one : cases) {
    SCOPED_TRACE(one.file + ":" + std::to_string(one.line) + ": " + one.title);
    SymbolTable symbols;
    const auto stream = parse(std::make_shared<Source>("case", one.input), symbols, options_for(one));
    EXPECT_EQ(documents_of(stream, symbols), one.documents);
    EXPECT_EQ(errors_of(stream), one.errors);
  }
}

INSTANTIATE_TEST_SUITE_P(Document, Cases, ::testing::ValuesIn(case_files()), [](const auto& file) {
  std::string name = std::filesystem::path(file.param).stem().string();
  std::ranges::replace_if(name, [](char c) { return std::isalnum(static_cast<unsigned char>(c)) == 0; }, '_');
  return name;
});

}  // namespace
}  // namespace kastell::document::testing

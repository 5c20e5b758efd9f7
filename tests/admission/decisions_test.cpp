// Policies, a request, and what is decided: cases/*.txt. What the API server says of the like is compared in
// tests/integration/admission_policies_test.py; these need no server.
#include <gtest/gtest.h>

#include "admission/batch.h"
#include "document/write.h"
#include "support/sections.h"

namespace kastell::admission {
namespace {

using tests::Case;

// YAML documents as JSON, with commas between them.
std::string to_json(const std::string& yaml) {
  SymbolTable symbols;
  const auto stream = document::parse(std::make_shared<document::Source>("case", yaml), symbols);
  EXPECT_TRUE(stream.errors.empty()) << yaml;
  std::string text;
  for (const document::Document& document : stream.documents) {
    text += text.empty() ? "" : ",";
    document::append_json(text, document.root, symbols);
  }
  return text;
}

std::string line_of(Case& one) {
  if (one.find("line") != nullptr) {
    std::string line = one.text("line");
    return line.substr(0, line.find('\n'));
  }
  std::string line = "{\"id\":1";
  for (const std::string list : {"policies", "bindings", "context"}) {
    line += ",\"" + list + "\":[" + to_json(one.text(list)) + "]";
  }
  if (one.find("kubernetes") != nullptr) line += ",\"kubernetes\":" + to_json(one.text("kubernetes"));
  if (one.find("typed") != nullptr) line += ",\"typed\":true";
  return line + ",\"request\":" + to_json(one.text("request")) + "}";
}

// A field per line.
std::string spread(std::string answer) {
  for (const std::string_view field :
       {"allowed", "decision", "matched", "status", "warnings", "auditAnnotations", "object", "errors"}) {
    const auto at = answer.find(",\"" + std::string(field) + "\":");
    if (at != std::string::npos) answer.replace(at, 1, "\n");
  }
  return answer + "\n";
}

TEST(Decisions, Cases) {
  AdmitBatch batch;
  AdmitBatch whole_way({}, true);
  for (const auto& path : tests::files_in(KASTELL_SOURCE_DIR "/tests/admission/cases", ".txt")) {
    auto file = tests::load_cases(path);
    EXPECT_FALSE(file.cases.empty()) << path;
    for (Case& one : file.cases) {
      const std::string line = line_of(one), answer = batch.answer(line);
      tests::check_golden(one, "expect", spread(answer));
      EXPECT_EQ(whole_way.answer(line), answer) << one.name;
    }
    if (tests::updating_goldens()) tests::save_cases(file);
  }
}

TEST(Decisions, BatchForgetsSymbolsBeyondItsLimit) {
  AdmitBatch batch({.symbols = 1});
  const std::string line =
      R"({"id":"x","policies":[],"request":{"operation":"CREATE","resource":{"version":"v1","resource":"pods"}}})";
  const std::string first = batch.answer(line);
  EXPECT_NE(first.find("\"decision\":\"allow\""), std::string::npos) << first;
  EXPECT_EQ(batch.answer(line), first);
}

TEST(Decisions, LongLinesAreRefused) {
  AdmitBatch batch({.line_bytes = 10});
  EXPECT_NE(batch.answer("{\"id\":\"0123456789\"}").find("limit line_bytes"), std::string::npos);
}

// Each variable reads the one before it, deeper than Kastell follows.
TEST(Decisions, VariablesReadOneAnotherToABound) {
  std::string variables = R"({"name":"v0","expression":"1"})";
  for (int i = 1; i < 150; ++i) {
    variables +=
        R"(,{"name":"v)" + std::to_string(i) + R"(","expression":"variables.v)" + std::to_string(i - 1) + "\"}";
  }
  const std::string line =
      R"({"id":1,"policies":[{"metadata":{"name":"p"},"spec":{"matchConstraints":{},"variables":[)" + variables +
      R"(],"validations":[{"expression":"variables.v149 == 1"}]}}],"bindings":[{"metadata":{"name":"b"},"spec":)"
      R"({"policyName":"p","validationActions":["Deny"]}}],"request":{"operation":"CREATE","resource":{"resource":"x"}}})";
  AdmitBatch batch;
  EXPECT_NE(batch.answer(line).find("variables read one another too deeply"), std::string::npos) << batch.answer(line);
}

}  // namespace
}  // namespace kastell::admission

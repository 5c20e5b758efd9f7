// Every expression of the YAML files in this folder, asked of both engines as `kastell eval --batch`
// would be, must be answered as Kubernetes' own packages answered it (update.py writes the answers).
#include <gtest/gtest.h>

#include <filesystem>
#include <fstream>
#include <sstream>
#include <string>
#include <vector>

#include "base/text.h"
#include "cel/batch.h"
#include "document/document.h"

namespace kastell::cel {
namespace {

using document::Format;
using document::Node;

const std::filesystem::path folder = std::filesystem::path(KASTELL_SOURCE_DIR) / "tests/cel/kubernetes";

std::string read(const std::filesystem::path& file) {
  std::ostringstream text;
  text << std::ifstream(file).rdbuf();
  return text.str();
}

document::DocumentStream parse(std::string_view text, SymbolTable& symbols, Format format) {
  return document::parse(std::make_shared<document::Source>("test", text), symbols, {.format = format});
}

std::string quoted(std::string_view text) {
  std::string out = "\"";
  append_json_escaped(out, text);
  return out + '"';
}

// A line of JSON, read.
struct Answer {
  document::DocumentStream stream;
  const Node* find(SymbolTable& symbols, std::initializer_list<std::string_view> path) const {
    const Node* node = &stream.documents.at(0).root;
    for (const std::string_view step : path)
      if (node != nullptr) node = node->find(symbols.intern(step));
    return node;
  }
};

bool same(const Node* a, const Node* b) {
  return a == nullptr || b == nullptr ? a == b : document::equal(*a, *b);
}

class Answers : public testing::TestWithParam<std::string> {};

TEST_P(Answers, AreKubernetes) {
  SymbolTable symbols;
  const auto cases = parse(read(folder / GetParam()), symbols, Format::yaml);
  ASSERT_TRUE(cases.errors.empty());
  ASSERT_EQ(cases.documents.size(), 1U);
  const auto items = cases.documents[0].root.as_list();
  ASSERT_FALSE(items.empty());
  for (const auto engine : {EvalBatch::Engine::fast, EvalBatch::Engine::naive}) {
    EvalBatch batch({}, engine);
    for (const Node& item : items) {
      std::string line = "{\"expr\":" + quoted(item.find(symbols.intern("expr"))->as_string());
      if (const Node* version = item.find(symbols.intern("kubernetes")))
        line += ",\"kubernetes\":" + quoted(version->as_string());
      if (item.find(symbols.intern("mutation")) != nullptr) line += ",\"mutation\":true";
      if (const Node* vars = item.find(symbols.intern("vars"))) {
        line += ",\"vars\":";
        append_value_json(line, *vars, symbols);
      }
      line += "}";
      const std::string text = answer_eval_line(line, batch);
      const std::string_view expected = item.find(symbols.intern("answer"))->as_string();
      const Answer ours{parse(text, symbols, Format::json)}, theirs{parse(expected, symbols, Format::json)};
      for (const std::string_view field : {"result", "type", "cost"})
        EXPECT_TRUE(same(ours.find(symbols, {field}), theirs.find(symbols, {field})))
            << line << "\n  expected " << expected << "\n  answered " << text;
      for (const std::string_view field : {"phase", "message"})
        EXPECT_TRUE(same(ours.find(symbols, {"error", field}), theirs.find(symbols, {"error", field})))
            << line << "\n  expected " << expected << "\n  answered " << text;
    }
  }
}

std::vector<std::string> files() {
  std::vector<std::string> names;
  for (const auto& entry : std::filesystem::directory_iterator(folder))
    if (entry.path().extension() == ".yaml") names.push_back(entry.path().filename().string());
  return names;
}

INSTANTIATE_TEST_SUITE_P(Kubernetes, Answers, testing::ValuesIn(files()),
                         [](const auto& instance) { return instance.param.substr(0, instance.param.find('.')); });

TEST(EvalLine, AnswersBadLines) {
  EvalBatch batch({.line_bytes = 100});
  for (const std::string& line : {std::string("x"), std::string(""), std::string("[]"), std::string("{\"id\":7}"),
                                  std::string("{\"expr\":1}"), std::string("{\"expr\":\"1\",\"vars\":{\"x\":1}}"),
                                  std::string("{\"expr\":\"1\",\"kubernetes\":\"1.24\"}"), std::string(101, ' ')})
    EXPECT_NE(answer_eval_line(line, batch).find("\"phase\":\"input\""), std::string::npos) << line;
  EXPECT_EQ(answer_eval_line("{\"id\":[1],\"expr\":\"1 + 1\"}", batch),
            "{\"id\":[1],\"result\":2,\"type\":\"int\",\"cost\":1}");
}

}  // namespace
}  // namespace kastell::cel

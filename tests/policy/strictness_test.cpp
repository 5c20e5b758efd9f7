// Generated misspellings and type errors in common kinds: each is found, at its place, with what it was meant to be.

#include <gtest/gtest.h>

#include <algorithm>
#include <fstream>
#include <random>
#include <set>
#include <sstream>

#include "kube/api_schema.h"
#include "policy/scan.h"
#include "policy/world.h"

namespace kastell::policy {
namespace {

constexpr std::size_t errors_of_a_sort = 150;

struct Line {
  std::string indent, key, value;  // "    - ", "name", "web"
};

// A line of the form `key: value` or `key:` whose key is a field of Kubernetes.
std::optional<Line> read_line(const std::string& text) {
  const std::size_t begin = text.find_first_not_of(" -");
  const std::size_t colon = text.find(':');
  if (begin == std::string::npos || colon == std::string::npos || text.ends_with("#free")) return std::nullopt;
  return Line{text.substr(0, begin), text.substr(begin, colon - begin),
              colon + 2 < text.size() ? text.substr(colon + 2) : ""};
}

class StrictnessTest : public ::testing::Test {
 protected:
  void SetUp() override {
    std::ifstream file(std::string(KASTELL_SOURCE_DIR) + "/tests/policy/strictness/kinds.yaml");
    for (std::string line; std::getline(file, line);) lines_.push_back(line);
    for (std::size_t i = 0; i < lines_.size(); ++i) {
      const auto line = read_line(lines_[i]);
      if (!line) continue;
      keys_.insert(line->key);
      const bool is_kind = line->indent.empty() && (line->key == "apiVersion" || line->key == "kind");
      if (!is_kind) candidates_.push_back(i);
    }
  }

  std::size_t below(std::size_t bound) { return random_() % bound; }

  std::string misspelt(std::string key) {
    const std::size_t at = below(key.size());
    switch (below(5)) {
      case 0: return key.size() > 1 && at > 0 ? (std::swap(key[at], key[at - 1]), key) : key + "s";
      case 1: return key.size() > 3 ? key.erase(at, 1) : key + key.back();
      case 2: return key.insert(at, 1, key[at]);
      case 3: key[at] = key[at] == 'x' ? 'y' : 'x'; return key;
      default: key[0] = static_cast<char>(std::toupper(static_cast<unsigned char>(key[0]))); return key;
    }
  }

  // What is found when line `at` reads `text` instead: "control line:column message".
  std::vector<std::string> findings(std::size_t at, const std::string& text) {
    std::string yaml;
    for (std::size_t i = 0; i < lines_.size(); ++i) yaml += (i == at ? text : lines_[i]) + "\n";
    const auto snapshot = testing::read_world(yaml, symbols_);
    const auto result = scan(snapshot, catalog_, {.controls = {"schema.*"}, .threads = 1});
    std::vector<std::string> all;
    Describer describer(*result);
    for (const Finding& finding : result->findings) {
      const FindingDetail& detail = describer.describe(finding);
      all.push_back(std::string(result->controls[finding.control]->id) + " " + std::to_string(detail.place.line) + ":" +
                    std::to_string(detail.place.column) + " " + detail.message);
    }
    return all;
  }

  static bool holds(const std::vector<std::string>& found, const std::string& start, const std::string& end) {
    return std::ranges::any_of(found, [&](const auto& one) { return one.starts_with(start) && one.ends_with(end); });
  }

  static std::string place(std::size_t line, const Line& parts) {
    return std::to_string(line + 1) + ":" + std::to_string(parts.indent.size() + 1) + " ";
  }

  std::shared_ptr<SymbolTable> symbols_ = std::make_shared<SymbolTable>();
  Catalog catalog_ = Catalog::embedded(symbols_, Catalog::Examples::left_out).value();
  std::mt19937 random_{20260701};
  std::vector<std::string> lines_;
  std::vector<std::size_t> candidates_;
  std::set<std::string> keys_;
};

TEST_F(StrictnessTest, TheKindsAreSound) {
  EXPECT_EQ(findings(0, lines_[0]), std::vector<std::string>{});
}

TEST_F(StrictnessTest, MisspellingsAreFound) {
  for (std::size_t made = 0; made < errors_of_a_sort;) {
    const std::size_t at = candidates_[below(candidates_.size())];
    const Line line = *read_line(lines_[at]);
    const std::string key = misspelt(line.key);
    if (key == line.key || keys_.contains(key)) continue;
    ++made;
    const auto found = findings(at, line.indent + key + ": " + line.value);
    EXPECT_TRUE(holds(found, "schema.unknown-field " + place(at, line), "did you mean '" + line.key + "'?"))
        << key << " for " << line.key << " in line " << at + 1 << ": " << ::testing::PrintToString(found);
  }
}

// A value of another type than the one that is there; empty if there is none to tell apart.
std::string of_another_type(const Line& line, std::size_t number) {
  const std::string& value = line.value;
  if (value.empty()) return number % 2 == 0 ? "7" : "text";
  const bool is_number = std::ranges::all_of(value, [](char c) { return c >= '0' && c <= '9'; });
  if (value == "true" || value == "false") return number % 2 == 0 ? "'" + value + "'" : "1";
  if (!is_number) return number % 3 == 0 ? "true" : number % 3 == 1 ? "{a: b}" : "[" + value + "]";
  return number % 2 == 0 ? "{a: 1}" : "[1]";
}

TEST_F(StrictnessTest, TypeErrorsAreFound) {
  for (std::size_t made = 0; made < errors_of_a_sort;) {
    const std::size_t at = candidates_[below(candidates_.size())];
    const Line line = *read_line(lines_[at]);
    if (line.value.empty()) continue;  // what lies below it would be no YAML
    ++made;
    const auto found = findings(at, line.indent + line.key + ": " + of_another_type(line, made));
    EXPECT_TRUE(holds(found, "schema.wrong-type " + place(at, line), ""))
        << "line " << at + 1 << ": " << ::testing::PrintToString(found);
  }
}

// A wrong type behind 1,000 misspelt fields was counted by nobody, and schema.wrong-type passed.
TEST_F(StrictnessTest, WhatIsBeyondTheLimitOfProblemsDoesNotPass) {
  std::string yaml = "apiVersion: apps/v1\nkind: Deployment\nmetadata: {name: a}\nspec:\n";
  for (int i = 0; i < 1500; ++i) yaml += "  x" + std::to_string(i) + ": 1\n";
  const auto snapshot = testing::read_world(yaml + "  replicas: three\n", symbols_);
  const auto result = scan(snapshot, catalog_, {.controls = {"schema.wrong-type"}, .threads = 1});
  ASSERT_EQ(result->findings.size(), 1U);
  EXPECT_EQ(result->findings[0].verdict, Verdict::not_evaluated);
  EXPECT_EQ(result->reasons[result->findings[0].reason], kube::too_many_problems);
}

}  // namespace
}  // namespace kastell::policy

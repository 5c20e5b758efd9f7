// Reading the catalogue: the embedded one, and what is refused in others.

#include <gtest/gtest.h>

#include <filesystem>
#include <fstream>

#include "policy/control.h"

namespace kastell::policy {
namespace {

constexpr std::string_view good = R"(id: test.one
title: A title
severity: high
scope: pod
why: Because.
remediation: Do.
rules:
  - expression: pod.spec.?hostNetwork.orValue(false) == false
    message: bad
examples:
  - {name: a, verdict: fail, objects: []}
  - {name: b, verdict: pass, objects: []}
)";

class CatalogFileTest : public ::testing::Test {
 protected:
  void SetUp() override {
    const auto* test = ::testing::UnitTest::GetInstance()->current_test_info();
    path_ = ::testing::TempDir() + "kastell-catalog-" + test->name() + ".yaml";
  }
  void TearDown() override { std::filesystem::remove(path_); }

  // The complaints about `good` with `from` replaced by `to`, without the file's name.
  std::vector<std::string> complaints(std::string_view from, std::string_view to) {
    std::string text(good);
    text.replace(text.find(from), from.size(), to);
    std::ofstream(path_) << text;
    const auto catalog = Catalog::load({path_}, std::make_shared<SymbolTable>());
    std::vector<std::string> lines;
    if (catalog) return lines;
    for (Error error : catalog.error()) {
      error.place.source.clear();
      lines.push_back(to_string(error));
    }
    return lines;
  }

  std::string path_;
};

using Lines = std::vector<std::string>;

TEST_F(CatalogFileTest, AcceptsTheGoodOne) {
  EXPECT_EQ(complaints("A title", "A title"), Lines{});
}

TEST_F(CatalogFileTest, RefusesUnknownAndMissingMembers) {
  EXPECT_EQ(complaints("title:", "titel:"),
            (Lines{"2:1: unknown member 'titel'; did you mean 'title'?", "1:1: member 'title' is missing"}));
  EXPECT_EQ(complaints("    message: bad", "    mesage: no"),
            (Lines{"9:5: unknown member 'mesage'; did you mean 'message'?", "8:5: member 'message' is missing"}));
}

TEST_F(CatalogFileTest, RefusesUnknownWords) {
  EXPECT_EQ(complaints("severity: high", "severity: hihg"),
            Lines{"3:11: unknown severity 'hihg'; did you mean 'high'?"});
  EXPECT_EQ(complaints("scope: pod", "scope: pods").at(0), "4:8: unknown scope 'pods'; did you mean 'pod'?");
}

TEST_F(CatalogFileTest, RefusesBadRules) {
  EXPECT_EQ(complaints("message: bad", "message: bad {valeu}"), Lines{"9:14: unknown placeholder '{valeu}'"});
  EXPECT_EQ(complaints("message: bad", "{field: 'a..b', message: bad}").size(), 1U);
  EXPECT_EQ(complaints("message: bad", "message: bad\n    from: 1.25"),
            (Lines{"10:11: must be a string", "10:11: must be a version like \"1.25\""}));
}

TEST_F(CatalogFileTest, PointsIntoExpressions) {
  const auto lines = complaints("orValue(false) == false", "orValue(false) == fales");
  ASSERT_EQ(lines.size(), 1U);
  EXPECT_TRUE(lines[0].starts_with("8:57: ")) << lines[0];
  EXPECT_NE(lines[0].find("undeclared reference to 'fales'"), std::string::npos) << lines[0];
  EXPECT_EQ(complaints("pod.spec.?hostNetwork.orValue(false) == false", "pod.spec.hostNetwork").size(), 1U)
      << "dyn is not bool";
}

TEST_F(CatalogFileTest, WantsExamplesBothWays) {
  EXPECT_EQ(complaints("verdict: pass", "verdict: fail"), Lines{"1:1: a control needs an example that passes"});
  EXPECT_EQ(complaints("verdict: fail", "verdict: pass"), Lines{"1:1: a control needs an example that fails"});
}

TEST_F(CatalogFileTest, RefusesTheSameIdTwice) {
  const auto lines = complaints("id: test.one", std::string(good) + "---\nid: test.one");
  EXPECT_EQ(lines, Lines{"14:1: control 'test.one' exists already"});
}

TEST(CatalogTest, MissingPathIsAnError) {
  const auto catalog = Catalog::load({"/nowhere/at/all"}, std::make_shared<SymbolTable>());
  ASSERT_FALSE(catalog);
  EXPECT_EQ(catalog.error()[0].code, ErrorCode::not_found);
}

TEST(CatalogTest, EmbeddedOpens) {
  const auto catalog = Catalog::embedded(std::make_shared<SymbolTable>());
  ASSERT_TRUE(catalog) << to_string(catalog.error());
  EXPECT_GE(catalog->controls().size(), 90U);
  ASSERT_NE(catalog->find("pod.privileged"), nullptr);
  EXPECT_EQ(catalog->find("pod.privileged")->severity, Severity::critical);
  EXPECT_EQ(catalog->find("pod.privilege"), nullptr);
}

}  // namespace
}  // namespace kastell::policy

// Configuration files in ConfigMaps keep their lines and columns.
#include "collect/embedded.h"

#include <gtest/gtest.h>

namespace kastell::collect {
namespace {

const std::string policy = "apiVersion: audit.k8s.io/v1\nkind: Policy\n";

std::string indented(std::string text, std::string_view line_end) {
  std::string out;
  for (std::size_t at = 0; at < text.size();) {
    const std::size_t end = text.find('\n', at);
    out.append("    ").append(text.substr(at, end - at)).append(line_end);
    at = end + 1;
  }
  return out;
}

std::string config_map(const std::string& header, const std::string& text, std::string_view line_end = "\n") {
  const std::string before = "apiVersion: v1" + std::string(line_end) + "kind: ConfigMap" + std::string(line_end) +
                             "data:" + std::string(line_end) + "  a: " + header + std::string(line_end);
  return before + indented(text, line_end);
}

// "line:column kind" of each document found.
std::string found(const std::string& text) {
  SymbolTable symbols;
  const auto stream = document::parse(std::make_shared<document::Source>("a.yaml", text), symbols);
  const auto embedded = read_embedded(stream, symbols, {});
  if (!embedded) return "none";
  EXPECT_EQ(embedded->source->name(), "a.yaml");
  std::string out = embedded->errors.empty() ? "" : "error ";
  for (const document::Document& document : embedded->documents) {
    const Place place = embedded->source->place_of(document.offset);
    out += std::to_string(place.line) + ":" + std::to_string(place.column) + " ";
    out += document.root.find(symbols::kind)->as_string();
    out += " ";
  }
  return out;
}

TEST(Embedded, LiteralTextsKeepTheirLines) {
  EXPECT_EQ(found(config_map("|", policy)), "5:5 Policy ");
  EXPECT_EQ(found(config_map("|-", policy)), "5:5 Policy ");
  EXPECT_EQ(found(config_map("|+", policy + "\n\n")), "5:5 Policy ");
  EXPECT_EQ(found(config_map("|4", policy)), "none");  // four more: their blanks belong to the text
  EXPECT_EQ(found(config_map("| # why", policy)), "5:5 Policy ");
  EXPECT_EQ(found(config_map("!!str |", policy)), "5:5 Policy ");
  EXPECT_EQ(found(config_map("|", policy, "\r\n")), "5:5 Policy ");
  EXPECT_EQ(found(config_map("|", "---\n" + policy + "---\n" + policy)), "6:5 Policy 9:5 Policy ");
  EXPECT_EQ(found(config_map("|", policy) + "  b: |\n" + indented(policy, "\n")), "5:5 Policy 8:5 Policy ");
  EXPECT_EQ(found("a: 1\n---\n" + config_map("|", policy) + "---\n" + config_map("|", policy)),
            "7:5 Policy 14:5 Policy ");
}

TEST(Embedded, OtherFormsKeepNoneAndStayTexts) {
  EXPECT_EQ(found(config_map(">", policy)), "none");
  EXPECT_EQ(found("apiVersion: v1\nkind: ConfigMap\ndata: {a: \"kind: Policy\\napiVersion: audit.k8s.io/v1\\n\"}\n"),
            "none");
  EXPECT_EQ(found(R"({"apiVersion":"v1","kind":"ConfigMap","data":{"a":"kind: Policy\napiVersion: audit.k8s.io/v1"}})"),
            "none");
  EXPECT_EQ(found(config_map("|", "kind: Policy\n")), "none");
  EXPECT_EQ(found(config_map("|", "apiVersion: apps/v1\nkind: Deployment\n")), "none");
  EXPECT_EQ(found("kind: ConfigMap\ndata: [a]\n"), "none");
  EXPECT_EQ(found("kind: Secret\nstringData:\n  a: |\n" + indented(policy, "\n")), "none");
  EXPECT_EQ(found("data: &a\n  a: |\n" + indented(policy, "\n") + "---\nkind: ConfigMap\ndata: *b\n"), "none");
}

TEST(Embedded, OneTextByTwoNamesIsReadOnce) {
  EXPECT_EQ(found("kind: ConfigMap\ndata:\n  a: &x |\n" + indented(policy, "\n") + "  b: *x\n"), "4:5 Policy ");
}

}  // namespace
}  // namespace kastell::collect

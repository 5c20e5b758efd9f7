// Runs tests/cel/parse/*.txt. Keys of a case:
//   expr     the expression
//   tree     its tree with ids, macros expanded (see tree_text.h)
//   unparse  how it is written again; defaults to the expression itself if there is a tree
//   error    line:column: message, for each finding
//   off      options switched off: optional_types, backtick_fields
#include <gtest/gtest.h>

#include "cel/compile.h"
#include "cel/front/case_file.h"
#include "cel/front/tree_text.h"
#include "cel/macros.h"

namespace kastell::cel::front {

namespace {

std::shared_ptr<const Environment> parse_environment(const Case& test) {
  Environment::Parts parts;
  parts.libraries.push_back({.name = "all macros", .macros = standard_macros()});
  for (const auto& macros : {two_variable_macros(), optional_macros(), bindings_macros(), math_macros()}) {
    parts.libraries.push_back({.name = "more macros", .macros = macros});
  }
  for (const std::string& option : test.all("off")) {
    if (option == "optional_types") parts.options.optional_types = false;
    if (option == "backtick_fields") parts.options.backtick_fields = false;
  }
  auto environment = Environment::make(std::move(parts), std::make_shared<SymbolTable>());
  if (!environment) ADD_FAILURE() << environment.error().message;
  return environment.value_or(nullptr);
}

std::vector<std::string> found_errors(const std::string& expression, const std::vector<Diagnostic>& diagnostics) {
  std::vector<std::string> found;
  for (const Diagnostic& diagnostic : diagnostics) {
    const LineColumn place = line_column(expression, diagnostic.offset);
    found.push_back(std::to_string(place.line) + ':' + std::to_string(place.column) + ": " + diagnostic.message);
  }
  return found;
}

void run(const Case& test) {
  const auto environment = parse_environment(test);
  const std::string expression = test.expression();
  const auto parsed = parse(*environment, expression);
  EXPECT_EQ(found_errors(expression, parsed ? std::vector<Diagnostic>{} : parsed.error()), test.all("error"));
  ASSERT_TRUE(test.has("tree") || test.has("error")) << "the case expects nothing";
  if (!parsed || !test.has("tree")) return;

  EXPECT_EQ(tree_text(*parsed->root), test.all("tree")[0]);
  const std::string written = unparse(*parsed, *parsed->root);
  EXPECT_EQ(written, test.has("unparse") ? test.all("unparse")[0] : expression);
  const auto again = parse(*environment, written);
  ASSERT_TRUE(again) << to_text(written, again.error());
  EXPECT_EQ(unparse(*again, *again->root), written);
}

TEST(CelParse, Cases) {
  for (const CaseFile& file : read_cases("parse")) {
    for (const Case& test : file.cases) {
      SCOPED_TRACE(file.path + ":" + std::to_string(test.line) + ": " + test.expression());
      run(test);
    }
  }
}

}  // namespace

}  // namespace kastell::cel::front

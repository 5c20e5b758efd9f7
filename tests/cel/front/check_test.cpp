// Runs tests/cel/check/*.txt. Keys of a case:
//   expr        the expression; see check_environment.h for the variables and functions there are
//   type        the type of the whole
//   types       the type of every node: id type, id type…
//   references  what names and calls mean: id name[candidate overloads]…
//   checked     the tree with names resolved; the parsed one if left out
//   error       line:column: message, for each finding
//   hint        the hints of the findings that have one
//   container   the container for name resolution
//   option      homogeneous_literals, no_numeric_comparison_across_types, validate_literals
#include <gtest/gtest.h>

#include <algorithm>

#include "cel/front/case_file.h"
#include "cel/front/check_environment.h"
#include "cel/front/tree_text.h"
#include "cel/image.h"

namespace kastell::cel::front {

namespace {

std::string joined(std::vector<std::string> parts) {
  std::string text;
  for (const std::string& part : parts) text += (text.empty() ? "" : ", ") + part;
  return text;
}

// Of the nodes of the checked tree, by id, but for field names of optional selects, which cel-go gives none.
void collect_types(const Ast& ast, const Expr& expr, std::map<std::int64_t, std::string>& types) {
  types[expr.id] = to_string(ast.type_of(expr));
  if (expr.operand != nullptr) collect_types(ast, *expr.operand, types);
  const std::size_t count = expr.name == "_?._" ? 1 : expr.arguments.size();
  for (const Expr* argument : expr.arguments.first(count)) collect_types(ast, *argument, types);
  for (const ExprEntry& entry : expr.entries) {
    if (entry.key != nullptr) collect_types(ast, *entry.key, types);
    collect_types(ast, *entry.value, types);
  }
  if (expr.comprehension == nullptr) return;
  const Comprehension& fold = *expr.comprehension;
  for (const Expr* part : {fold.range, fold.accumulator_start, fold.loop_condition, fold.loop_step, fold.result}) {
    collect_types(ast, *part, types);
  }
}

std::string types_text(const Ast& ast) {
  std::map<std::int64_t, std::string> types;
  collect_types(ast, *ast.root, types);
  std::vector<std::string> parts;
  for (const auto& [id, type] : types) parts.push_back(std::to_string(id) + ' ' + type);
  return joined(parts);
}

std::string references_text(const Environment& environment, const Ast& ast) {
  std::vector<std::string> parts;
  for (std::size_t id = 0; id < ast.references.size(); ++id) {
    const Reference& reference = ast.references[id];
    if (reference.name.empty() && reference.overloads.empty()) continue;
    std::vector<std::string> ids;
    for (const std::uint32_t number : reference.overloads) {
      ids.emplace_back(environment.overloads()[number]->id);
    }
    parts.push_back(std::to_string(id) + ' ' + (ids.empty() ? std::string{reference.name} : "") + '[' + joined(ids) +
                    ']');
  }
  return joined(parts);
}

void expect_findings(const Case& test, const std::vector<Diagnostic>& diagnostics) {
  std::vector<std::string> errors, hints;
  for (const Diagnostic& diagnostic : diagnostics) {
    const LineColumn place = line_column(test.expression(), diagnostic.offset);
    errors.push_back(std::to_string(place.line) + ':' + std::to_string(place.column) + ": " + diagnostic.message);
    if (!diagnostic.hint.empty()) hints.push_back(diagnostic.hint);
  }
  EXPECT_EQ(errors, test.all("error"));
  if (test.has("hint")) {
    EXPECT_EQ(hints, test.all("hint"));
  }
}

// An image says all that the tree does, and a part of one is none.
void expect_image(const Environment& environment, const Ast& ast) {
  const std::string image = write_image(ast);
  const auto read = read_image(environment, ast.text, image);
  ASSERT_TRUE(read);
  EXPECT_EQ(tree_text(*read->root), tree_text(*ast.root));
  EXPECT_EQ(types_text(*read), types_text(ast));
  EXPECT_EQ(references_text(environment, *read), references_text(environment, ast));
  EXPECT_EQ(write_image(*read), image);
  for (std::size_t size = 0; size < image.size(); ++size) {
    EXPECT_FALSE(read_image(environment, ast.text, std::string_view(image).substr(0, size))) << size;
  }
}

void run(const Case& test) {
  const auto environment = check_environment(test);
  ASSERT_NE(environment, nullptr);
  const auto parsed = parse(*environment, test.expression());
  ASSERT_TRUE(parsed) << to_text(test.expression(), parsed.error());
  const auto checked = check(*environment, *parsed);
  expect_findings(test, checked ? std::vector<Diagnostic>{} : checked.error());
  ASSERT_TRUE(test.has("type") || test.has("error")) << "the case expects nothing";
  if (!checked || !test.has("type")) return;

  EXPECT_EQ(to_string(checked->type_of(*checked->root)), test.all("type")[0]);
  expect_image(*environment, *checked);
  EXPECT_EQ(tree_text(*checked->root), test.has("checked") ? test.all("checked")[0] : tree_text(*parsed->root));
  if (test.has("types")) {
    EXPECT_EQ(types_text(*checked), test.all("types")[0]);
  }
  if (test.has("references")) {
    EXPECT_EQ(references_text(*environment, *checked), test.all("references")[0]);
  }
}

TEST(CelCheck, Cases) {
  for (const CaseFile& file : read_cases("check")) {
    for (const Case& test : file.cases) {
      SCOPED_TRACE(file.path + ":" + std::to_string(test.line) + ": " + test.expression());
      run(test);
    }
  }
}

}  // namespace

}  // namespace kastell::cel::front

// Every example of the embedded catalogue is run: verdict and field as stated.

#include <gtest/gtest.h>

#include <algorithm>
#include <set>
#include <tuple>

#include "cel/image.h"
#include "policy/scan.h"
#include "policy/world.h"

namespace kastell::policy {
namespace {

// The verdict on a whole example: the gravest that any subject got.
std::string verdict_of(const ScanResult& result, const Control& control) {
  const auto at = std::ranges::find(result.controls, control.id, &Control::id) - result.controls.begin();
  const ControlCount& count = result.counts[static_cast<std::size_t>(at)];
  if (count.fail > 0) return "fail";
  if (count.error > 0) return "error";
  if (count.not_evaluated > 0) return "not-evaluated";
  return count.pass > 0 ? "pass" : "not-applicable";
}

std::set<std::string> failing_fields(const ScanResult& result, const Control& control) {
  Describer describer(result);
  std::set<std::string> fields;
  for (const Finding& finding : result.findings) {
    const bool asked = result.controls[finding.control]->id == control.id;
    if (asked && finding.verdict == Verdict::fail) fields.insert(describer.describe(finding).field);
  }
  return fields;
}

std::string reasons_of(const ScanResult& result) {
  std::string text;
  for (const std::string& reason : result.reasons) text += reason + "\n";
  return text;
}

void run_example(const Catalog& catalog, const Control& control, const Example& example,
                 const std::shared_ptr<SymbolTable>& symbols) {
  SCOPED_TRACE(std::string(control.id) + ": " + example.name);
  const auto snapshot = testing::make_world(example.objects, symbols, example.closed_world);
  ScanOptions options{.controls = {std::string(control.id)}, .parameters = example.parameters, .threads = 1};
  if (!example.version.empty()) {
    // The version of the policy; the control runs because it is named.
    options.pod_security =
        PodSecurityLevel{PodSecurityLevel::Level::privileged, *cel::parse_kubernetes_version(example.version)};
  }
  if (control.scope == Scope::exception) options.controls.clear();  // exceptions are from other controls
  const auto result = scan(snapshot, catalog, options);
  ASSERT_TRUE(result) << to_string(result.error());
  EXPECT_EQ(verdict_of(*result, control), example.verdict) << reasons_of(*result);
  if (example.field.empty()) return;
  const auto fields = failing_fields(*result, control);
  EXPECT_TRUE(fields.contains(example.field))
      << "expected " << example.field << ", got " << ::testing::PrintToString(fields);
}

class CatalogExamples : public ::testing::Test {
 protected:
  std::shared_ptr<SymbolTable> symbols_ = std::make_shared<SymbolTable>();
};

TEST_F(CatalogExamples, JudgedAsStated) {
  const auto catalog = Catalog::embedded(symbols_);
  ASSERT_TRUE(catalog) << to_string(catalog.error());
  const auto opened = Catalog::embedded(symbols_, Catalog::Examples::left_out);  // as a scan has it, from the image
  ASSERT_TRUE(opened) << to_string(opened.error());
  std::size_t examples = 0;
  for (const Control& control : catalog->controls()) {
    for (const Example& example : control.examples) {
      run_example(*catalog, control, example, symbols_);
      run_example(*opened, control, example, symbols_);
      ++examples;
    }
  }
  EXPECT_GE(examples, 200U);
}

// The strict reader compiles everything and finds nothing to complain about.
TEST_F(CatalogExamples, SourcesPassTheStrictReader) {
  const auto catalog = Catalog::load({KASTELL_SOURCE_DIR "/policies/controls"}, symbols_);
  std::string complaints;
  if (!catalog) {
    for (const Error& error : catalog.error()) complaints += to_string(error) + "\n";
  }
  ASSERT_TRUE(catalog) << complaints;
  const auto embedded = Catalog::embedded(symbols_);
  EXPECT_EQ(catalog->ids(), embedded->ids());
}

// As a start reads it; nothing if it is made of the tree.
std::optional<std::string> code_of(const Expression* expression) {
  if (expression == nullptr || expression->program() == nullptr) return std::nullopt;
  return expression->program()->code_image();
}

std::string image_of(const Expression* expression) {
  if (expression == nullptr) return {};
  return expression->program() == nullptr ? "does not compile" : cel::write_image(expression->program()->ast());
}

// The image that a scan opens says what the YAML says, down to each node of each expression.
TEST_F(CatalogExamples, CanBeLeftOut) {
  const auto whole = Catalog::embedded(symbols_);
  const auto brief = Catalog::embedded(symbols_, Catalog::Examples::left_out);
  ASSERT_TRUE(brief) << to_string(brief.error());
  ASSERT_EQ(brief->ids(), whole->ids());
  int compiled_at_start = 0;
  for (std::size_t c = 0; c < whole->controls().size(); ++c) {
    const Control& a = whole->controls()[c];
    const Control& b = brief->controls()[c];
    EXPECT_TRUE(b.examples.empty()) << b.id;
    EXPECT_EQ(std::tie(a.title, a.why, a.remediation, a.severity, a.scope, a.references, a.group, a.parameter),
              std::tie(b.title, b.why, b.remediation, b.severity, b.scope, b.references, b.group, b.parameter));
    EXPECT_TRUE(std::ranges::equal(a.kinds, b.kinds)) << a.id;
    EXPECT_TRUE(std::ranges::equal(a.replaces, b.replaces)) << a.id;
    ASSERT_EQ(a.rules.size(), b.rules.size()) << a.id;
    for (std::size_t r = 0; r < a.rules.size(); ++r) {
      const Rule& x = a.rules[r];
      const Rule& y = b.rules[r];
      EXPECT_EQ(std::tie(x.scope, x.when_text, x.expression_text, x.message, x.field, x.from, x.before, x.absence,
                         x.absent_kind, x.undecided, x.joins),
                std::tie(y.scope, y.when_text, y.expression_text, y.message, y.field, y.from, y.before, y.absence,
                         y.absent_kind, y.undecided, y.joins))
          << a.id;
      EXPECT_EQ(image_of(x.when), image_of(y.when)) << a.id;
      EXPECT_EQ(image_of(x.expression), image_of(y.expression)) << a.id;
      EXPECT_EQ(code_of(x.when), code_of(y.when)) << a.id;
      EXPECT_EQ(code_of(x.expression), code_of(y.expression)) << a.id;
      compiled_at_start += code_of(y.expression) ? 0 : 1;
    }
  }
  EXPECT_EQ(compiled_at_start, 0);  // constants of libraries (quantities, versions) would be in no image
}

}  // namespace
}  // namespace kastell::policy

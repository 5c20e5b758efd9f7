// The functions of the libraries, as expressions: `expr` gives the value of `is`, or the message of
// `error`. `strings: N` takes that version of the strings library. Values and messages are cel-go's.
#include <gtest/gtest.h>

#include <algorithm>
#include <cstdlib>
#include <memory>

#include "cel/compile.h"
#include "cel/conformance/expected_value.h"
#include "cel/environment.h"
#include "cel/evaluate.h"
#include "cel/front/case_file.h"
#include "cel/libraries.h"

namespace kastell::cel {
namespace {

std::shared_ptr<const Environment> environment_of(std::uint32_t strings_version) {
  Environment::Parts parts = specification_dialect();
  const auto strings = std::ranges::find(parts.libraries, "strings", &Library::name);
  if (strings_version != newest_version) {
    *strings = strings_library(strings_version);
    parts.options = {};  // lenient as Kubernetes is
  }
  auto environment = Environment::make(std::move(parts), std::make_shared<SymbolTable>());
  if (!environment) ADD_FAILURE() << to_string(environment.error());
  return *environment;
}

class Evaluator {
 public:
  explicit Evaluator(std::uint32_t strings_version)
      : environment_(environment_of(strings_version)), evaluation_(environment_->symbols()) {}

  Value evaluate(std::string_view text) {
    const auto ast = parse(*environment_, text);
    if (!ast) return make_error(evaluation_.arena(), to_text(text, ast.error()));
    return evaluate_naively(*environment_, *asts_.emplace_back(std::make_unique<Ast>(*ast)), evaluation_, {});
  }

  void expect(const front::Case& c) {
    const std::string expression = c.expression();
    const Value got = evaluate(expression);
    for (const std::string& wanted : c.all("error")) {
      EXPECT_TRUE(is_error(got) && as_error(got).message == wanted) << expression << "\n  " << show(got);
    }
    for (const std::string& wanted : c.all("is")) {
      EXPECT_TRUE(conformance::is_same_value(evaluate(wanted), got, environment_->symbols()))
          << expression << "\n  " << show(got);
    }
    EXPECT_EQ(c.all("error").size() + c.all("is").size(), 1U) << expression;
  }

 private:
  std::string show(const Value& value) { return conformance::show(value, environment_->symbols()); }

  std::shared_ptr<const Environment> environment_;
  Evaluation evaluation_;
  std::vector<std::unique_ptr<Ast>> asts_;  // values may point into their trees
};

TEST(LibraryTest, FunctionsGiveWhatCelGoGives) {
  Evaluator newest(newest_version);
  Evaluator version_3(3);
  for (const front::CaseFile& file : front::read_cases("library")) {
    for (const front::Case& c : file.cases) {
      SCOPED_TRACE(file.path + ":" + std::to_string(c.line));
      (c.has("strings") ? version_3 : newest).expect(c);
    }
  }
}

}  // namespace
}  // namespace kastell::cel

#include "cel/evaluate/engines.h"

#include <gtest/gtest.h>

#include <random>

#include "cel/evaluate/expression_generator.h"

namespace kastell::cel::tests {
namespace {

// At least 20,000 expressions on every run; the slow suite compares a million.
TEST(Engines, AgreeOnGeneratedExpressions) {
  constexpr std::uint64_t seed = 20'261'125;
  RecordProperty("seed", std::to_string(seed));
  auto symbols = std::make_shared<SymbolTable>();
  const auto specification = test_environment(Dialect::specification, symbols);
  const auto kubernetes = test_environment(Dialect::kubernetes, symbols);
  ExpressionGenerator generator(seed);
  int compared = 0, checked = 0, failed = 0;
  for (int round = 0; compared < 20'000 && round < 100'000; ++round) {
    const std::string document = generator.document();
    const World world(symbols, document);
    for (int i = 0; i < 20; ++i) {
      const std::string expression = generator.expression();
      const auto& environment = i % 2 == 0 ? kubernetes : specification;
      const std::uint64_t budget = i % 7 == 0 ? static_cast<std::uint64_t>(round % 40) : ~std::uint64_t{0};
      const Comparison comparison = compare_engines(environment, expression, world, budget);
      compared += comparison.compiled ? 1 : 0;
      checked += comparison.compiled && comparison.checked ? 1 : 0;
      failed += comparison.compiled && comparison.failed ? 1 : 0;
      ASSERT_EQ(comparison.difference, "") << "seed " << seed << ", budget " << budget << "\n"
                                           << expression << "\nover " << document;
    }
  }
  RecordProperty("checked", checked);
  RecordProperty("failed", failed);
  EXPECT_GE(compared, 20'000);
  EXPECT_GE(checked, 1'000);
  EXPECT_LE(failed, compared * 9 / 10);  // the others have values
}

}  // namespace
}  // namespace kastell::cel::tests

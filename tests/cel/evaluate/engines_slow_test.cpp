#include <gtest/gtest.h>

#include <cstdlib>

#include "cel/evaluate/engines.h"
#include "cel/evaluate/expression_generator.h"

namespace kastell::cel::tests {
namespace {

constexpr int wanted = 1'000'000;
constexpr int expressions_per_world = 50;

// KASTELL_SEED repeats a run; the seed is printed with every difference.
std::uint64_t seed() {
  const char* given = std::getenv("KASTELL_SEED");
  return given == nullptr ? 1 : std::strtoull(given, nullptr, 10);
}

struct Tally {
  int compared = 0, checked = 0, failed = 0;

  void add(const Comparison& comparison) {
    compared += comparison.compiled ? 1 : 0;
    checked += comparison.compiled && comparison.checked ? 1 : 0;
    failed += comparison.compiled && comparison.failed ? 1 : 0;
  }
};

TEST(EnginesSlow, AgreeOnAMillionGeneratedExpressions) {
  ExpressionGenerator generator(seed());
  Tally tally;
  for (int round = 0; tally.compared < wanted; ++round) {
    auto symbols = std::make_shared<SymbolTable>();
    const auto environment = test_environment(round % 2 == 0 ? Dialect::kubernetes : Dialect::specification, symbols);
    for (int world_number = 0; world_number < 20; ++world_number) {
      const std::string document = generator.document();
      const World world(symbols, document);
      for (int i = 0; i < expressions_per_world; ++i) {
        const std::string expression = generator.expression();
        const std::uint64_t budget = i % 10 == 0 ? static_cast<std::uint64_t>(world_number * 5) : ~std::uint64_t{0};
        const Comparison comparison = compare_engines(environment, expression, world, budget);
        tally.add(comparison);
        ASSERT_EQ(comparison.difference, "") << "seed " << seed() << ", budget " << budget << "\n"
                                             << expression << "\nover " << document;
      }
    }
  }
  std::printf("seed %llu: %d compared, %d of them checked, %d failed at run time\n",
              static_cast<unsigned long long>(seed()), tally.compared, tally.checked, tally.failed);
}

}  // namespace
}  // namespace kastell::cel::tests

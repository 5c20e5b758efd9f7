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
  int compared = 0, checked = 0, failed = 0, in_image = 0;
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
      in_image += comparison.in_image ? 1 : 0;
      ASSERT_EQ(comparison.difference, "") << "seed " << seed << ", budget " << budget << "\n"
                                           << expression << "\nover " << document;
    }
  }
  RecordProperty("checked", checked);
  RecordProperty("failed", failed);
  EXPECT_GE(compared, 20'000);
  EXPECT_GE(checked, 1'000);
  EXPECT_GE(in_image, checked / 2);      // the others hold values of libraries, or structures
  EXPECT_LE(failed, compared * 9 / 10);  // the others have values
}

// Differences that were found once; each stays here.
constexpr const char* found_before[] = {
    "!(int(object.b) in [])",                             // an empty constant set evaluates nothing
    "string(uint(size(xs)) in [])",                       // and is a constant itself
    "(object.d.b + 0u).matches('^a')",                    // an error before a constant pattern is not charged
    "[1, 2].filter(x, object.absent)",                    // the empty list is never read
    "[[1], [2]].transformMapEntry(k, v, {v: 1})",         // lists as keys are never the same
    "{dyn(1): 'a', dyn(1u): 'b'}.transformMap(k, v, v)",  // 1 beside 1u
    "unknown.orValue(1) in [1]",                          // the unknown name is charged
    "object.?a.?b.orValue([]).all(x, x in [1, 'a'])",
    "matches('^a') ? s : string(n)",                  // unchecked: one argument where two are read
    "s.matches() in [0, 2] || matches()",             // none where one is read
    "find(object.b) == s || s.findAll().size() > 0",  // the same of their costs
    // Lists that grow in place leave the shorter ones as they were.
    "xs.map(x, xs.map(y, x + y) + [x]).map(l, l + [0])", "[cel.bind(a, xs + [1], [a + [2], a + [3], a]), [xs + [4]]]",
    "google.protobuf.Struct{fields: {s: xs, ?'b': object.?b}} == google.protobuf.Value{struct_value: {s: xs}}",
    "[google.protobuf.Int32Value{value: n}, google.protobuf.Timestamp{seconds: n}, google.protobuf.Value{}]",
    "{'a': [1, 2u, dyn(1.5)], 'b': {s: n {s: n}}}",  // the error's text was gone before it was read
};

TEST(Engines, AgreeWhereTheyOnceDiffered) {
  auto symbols = std::make_shared<SymbolTable>();
  const World world(symbols, R"({"a": {"b": [1, "a"]}, "b": {"a": ""}, "d": [{"b": 1}]})");
  for (const Dialect dialect : {Dialect::specification, Dialect::kubernetes}) {
    const auto environment = test_environment(dialect, symbols);
    for (const char* expression : found_before) {
      EXPECT_EQ(compare_engines(environment, expression, world).difference, "") << expression;
    }
  }
}

// `@result + [x]` for every element must not copy the list so far: that would be 80 GB here.
TEST(NaiveEvaluator, TakesMemoryInProportionToTheList) {
  auto symbols = std::make_shared<SymbolTable>();
  const auto environment = Environment::make(specification_dialect(), symbols).value();
  const auto ast = compile(*environment, "lists.range(100000).map(x, x + 1).filter(x, x % 2 == 0).size()");
  ASSERT_TRUE(ast);
  Evaluation evaluation(*symbols);
  const Value size = evaluate_naively(*environment, *ast, evaluation, {});
  ASSERT_FALSE(is_error(size));
  EXPECT_EQ(size.integer, 50'000);
  EXPECT_LT(evaluation.arena().reserved_bytes(), std::size_t{64} << 20);
}

}  // namespace
}  // namespace kastell::cel::tests

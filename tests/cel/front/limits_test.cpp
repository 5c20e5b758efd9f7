// Bounds on hostile expressions. The lengths at which cel-go 0.29.2 refuses an expression are measured.
#include <gtest/gtest.h>

#include <functional>

#include "cel/front/check_environment.h"

namespace kastell::cel::front {

namespace {

std::string repeated(std::string_view text, int times) {
  std::string all;
  for (int i = 0; i < times; ++i) all += text;
  return all;
}

std::string nested(std::string_view open, std::string_view inside, std::string_view close, int depth) {
  return repeated(open, depth) + std::string{inside} + repeated(close, depth);
}

struct Shape {
  const char* name;
  int deepest;  // that cel-go still reads
  std::function<std::string(int)> make;
};

const Shape shapes[] = {
    {"additions", 250, [](int n) { return "x" + repeated("+x", n); }},
    {"relations", 250, [](int n) { return "x" + repeated("==x", n); }},
    {"selections", 250, [](int n) { return "x" + repeated(".b", n); }},
    {"subscripts", 250, [](int n) { return "x" + repeated("[0]", n); }},
    {"member calls", 250, [](int n) { return "x" + repeated(".f()", n); }},
    {"parentheses", 249, [](int n) { return nested("(", "x", ")", n); }},
    {"lists", 250, [](int n) { return nested("[", "", "]", n); }},
    {"maps", 249, [](int n) { return nested("{1:", "x", "}", n); }},
    {"negations", 249, [](int n) { return nested("!(", "x", ")", n); }},
    {"conditionals", 249, [](int n) { return repeated("x?x:", n) + "x"; }},
    {"calls", 249, [](int n) { return nested("dyn(", "x", ")", n); }},
    {"nested subscripts", 249, [](int n) { return nested("x[", "x", "]", n); }},
    {"comprehensions", 249, [](int n) { return nested("x.map(y,", "y", ")", n); }},
    {"bindings", 249, [](int n) { return nested("cel.bind(v,x,", "v", ")", n); }},
    {"right operands", 124, [](int n) { return nested("x+(", "x", ")", n); }},
    {"sums of selections", 125, [](int n) { return "x" + repeated(".b", n) + repeated("+x", n); }},
};

TEST(CelLimits, RecursionIsBoundedWhereCelGoBoundsIt) {
  const auto environment = check_environment({});
  for (const Shape& shape : shapes) {
    SCOPED_TRACE(shape.name);
    const auto deepest = parse(*environment, shape.make(shape.deepest));
    ASSERT_TRUE(deepest) << deepest.error()[0].message;
    EXPECT_FALSE(unparse(*deepest, *deepest->root).empty());
    static_cast<void>(check(*environment, *deepest));
    for (const int depth : {shape.deepest + 1, 20'000}) {
      const auto refused = parse(*environment, shape.make(depth).substr(0, 100'000));
      ASSERT_FALSE(refused) << depth;
      EXPECT_EQ(refused.error()[0].message, "expression recursion limit exceeded: 250");
    }
  }
}

TEST(CelLimits, LengthAloneIsNoDepth) {
  const auto environment = check_environment({});
  for (const std::string& text : {"b" + repeated("&&b", 30'000), repeated("!", 99'000) + "b",
                                  repeated("-", 99'000) + "i", "[b" + repeated(",b", 45'000) + "]"}) {
    const auto compiled = compile(*environment, text);
    ASSERT_TRUE(compiled) << compiled.error()[0].message;
    EXPECT_FALSE(unparse(*compiled, *compiled->root).empty());
  }
}

TEST(CelLimits, CodePoints) {
  const auto environment = check_environment({});
  const auto text = [](int points) { return "'" + repeated("é", points - 2) + "'"; };
  EXPECT_TRUE(parse(*environment, text(100'000)));
  const auto refused = parse(*environment, text(100'001));
  ASSERT_FALSE(refused);
  EXPECT_EQ(refused.error()[0].message, "expression code point size exceeds limit: size: 100001, limit 100000");
}

TEST(CelLimits, InvalidUtf8) {
  const auto refused = parse(*check_environment({}), "'a\xFF'");
  ASSERT_FALSE(refused);
  EXPECT_EQ(refused.error()[0].message, "expression is not valid UTF-8");
  EXPECT_EQ(refused.error()[0].offset, 2U);
}

// Each optMap copies what it is called on.
TEST(CelLimits, NodesThatMacrosMake) {
  const auto refused = parse(*check_environment({}), "o" + repeated(".optMap(v, v)", 100));
  ASSERT_FALSE(refused);
  EXPECT_EQ(refused.error()[0].message, "expression node limit exceeded: 500000");
}

// Each binding doubles the size of the type.
TEST(CelLimits, StepsOfTheChecker) {
  std::string doubled = "cel.bind(v0, {i: i}, ";
  for (int n = 1; n < 60; ++n) {
    const std::string before = "v" + std::to_string(n - 1);
    doubled += "cel.bind(v" + std::to_string(n) + ", {" + before + ": " + before + "}, ";
  }
  const auto huge = compile(*check_environment({}), doubled + "v59" + repeated(")", 60));
  ASSERT_FALSE(huge);
  EXPECT_EQ(huge.error()[0].message, "type checking limit exceeded: 10000000 steps");
}

}  // namespace

}  // namespace kastell::cel::front

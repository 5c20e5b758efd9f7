// Lists with a manner in both engines: it is asked where such a list stands on the left, and its items are asked where
// it is searched.

#include "cel/list_manner.h"

#include <gtest/gtest.h>

#include "cel/compile.h"
#include "cel/environment.h"
#include "cel/evaluate.h"

namespace kastell::cel {
namespace {

// Equals every list, and adds nothing.
class Proud : public ListManner {
 public:
  Equality compare(const Value&, const Value&, const SymbolTable&) const override { return Equality::yes; }
  Value add(Arena&, const Value& own, const Value&, const SymbolTable&) const override { return own; }
};

class ListMannerTest : public testing::Test {
 protected:
  void expect_true(std::string_view text) {
    const auto environment = *(*Environment::make(specification_dialect(), symbols_))
                                  ->with_variables({{"own", "list(int)"}, {"lists", "list(list(int))"}});
    const auto ast = compile(*environment, text);
    ASSERT_TRUE(ast) << text;
    const Value one = make_int(1);
    const Value own = make_list(arena_, {&one, 1}, manner_);
    const std::array variables{own, make_list(arena_, {&own, 1}, manner_)};
    Evaluation evaluation(*symbols_);
    EXPECT_TRUE(is_true(evaluate_naively(*environment, *ast, evaluation, variables))) << text;
    const auto program = Program::make(environment, *ast);
    EXPECT_TRUE(is_true(program->evaluate(evaluation, variables))) << text;
  }

  std::shared_ptr<SymbolTable> symbols_ = std::make_shared<SymbolTable>();
  Arena arena_;
  Proud manner_;
};

TEST_F(ListMannerTest, TheLeftListDecides) {
  expect_true("own == [2, 3]");
  expect_true("!(own != [2])");
  expect_true("[2] != own");
  expect_true("size(own + [2, 3]) == 1");
  expect_true("size([2, 3] + own) == 3");
}

TEST_F(ListMannerTest, ItsItemsAreAsked) {
  expect_true("[7] in lists");
  expect_true("!([7] in [own])");
  expect_true("sets.contains(lists, [[7]])");
}

TEST_F(ListMannerTest, WhatIsMadeOfItIsAList) {
  expect_true("own.map(x, x) != [2]");
  expect_true("[] + own == [2]");
  expect_true("own.map(x, x) + own == [1, 1]");
}

}  // namespace
}  // namespace kastell::cel

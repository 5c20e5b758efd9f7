// Images of compiled expressions: what is cut or changed is no program, and never a crash.
#include <gtest/gtest.h>

#include "cel/evaluate/engines.h"
#include "cel/image.h"

namespace kastell::cel {
namespace {

constexpr const char* expressions[] = {
    "has(object.a.b) && object.a.b.exists(x, x.c in ['p', 'q', 'r'])",
    "object.?a.orValue([1, 2.5, b'x', null]).all(i, v, i == 0 || v == 3u) ? s.matches('^a+$') : xs[n] == 1",
    "cel.bind(y, xs.map(x, x + 1), y.filter(x, x > 1).size() == y.size() || size(y) > 3)",
    "type(n) == type(s) || type(object.?a.orValue({})) == map || duration('90s') < duration(s) || n in {1: 'a', 2: s}",
    "{'a': s, 'b': n}.transformMap(k, v, k != 'a', v).size() == 1 && !(s == 'x')",
};

class CodeImageTest : public testing::Test {
 protected:
  // The image of the tree, kept for as long as programs need it.
  ProgramImage image_of(std::string_view expression) {
    auto ast = compile(*environment_, expression);
    if (!ast) return {};
    tree_ = write_image(*ast);
    const auto program = Program::make(environment_, std::move(*ast));
    code_ = program->code_image().value_or("");
    return {expression, tree_, code_};
  }

  std::shared_ptr<const Environment> environment_ =
      tests::test_environment(tests::Dialect::kubernetes, std::make_shared<SymbolTable>());
  std::string tree_, code_;
};

TEST_F(CodeImageTest, PartIsNone) {
  for (const char* expression : expressions) {
    ProgramImage image = image_of(expression);
    ASSERT_NE(image.code, "") << expression;
    EXPECT_TRUE(Program::from_image(environment_, image));
    const std::string_view whole = image.code;
    for (std::size_t size = 1; size < whole.size(); ++size) {
      image.code = whole.substr(0, size);
      EXPECT_FALSE(Program::from_image(environment_, image)) << expression << ": " << size;
    }
  }
}

// A structure is in no image, so the program is made of the tree.
TEST_F(CodeImageTest, NotEverythingIsInIt) {
  const ProgramImage image = image_of("google.protobuf.Int64Value{value: n} == 1");
  EXPECT_EQ(image.code, "");
  const auto program = Program::from_image(environment_, image);
  ASSERT_TRUE(program);
  EXPECT_FALSE(program->code_image());
}

}  // namespace
}  // namespace kastell::cel

// The two ways of finding JSON's tokens agree.
#include "document/json/structural_index.h"

#include <gtest/gtest.h>

#include <algorithm>
#include <string>

#include "document/json/simdjson_library.h"

namespace kastell::document::json {
namespace {

std::vector<std::uint32_t> offsets_of(const std::string& text, StructuralIndex::Means means) {
  std::string padded = text + std::string(64, '\0');
  const StructuralIndex index(std::string_view(padded).substr(0, text.size()), means);
  EXPECT_FALSE(index.flaw()) << text;
  return {index.offsets().begin(), index.offsets().end()};
}

TEST(StructuralIndex, BytewiseFindsWhatSimdjsonFinds) {
  ASSERT_NE(simdjson_implementation(), nullptr) << "this library was there when the program was built";
  for (const std::string text : {
           R"({})",
           R"( [1, -2.5e3 ,true,false , null] )",
           "{\"a\": {\"b\\\"c\": [\"\\\\\", \"x,y:{}[]\"]},\n\t\"é\": \"\\u0041\"}\n",
           R"([[[[]]],{"k":"v"},"",0])",
           R"("alone")",
           "17\r\n",
       }) {
    EXPECT_EQ(offsets_of(text, StructuralIndex::Means::bytewise), offsets_of(text, StructuralIndex::Means::simdjson))
        << text;
  }
}

}  // namespace
}  // namespace kastell::document::json

// JsonParser reads as parse() does, one text after the other.
#include "document/json_parser.h"

#include <gtest/gtest.h>

#include "document/write.h"

namespace kastell::document {
namespace {

class JsonParserTest : public ::testing::Test {
 protected:
  // The value as JSON, or the error.
  std::string read(const std::string& text) {
    const auto value = parser_.parse(text);
    if (!value) {
      const Error& error = value.error();
      return std::to_string(error.place.line) + ':' + std::to_string(error.place.column) + ": " + error.message;
    }
    std::string json;
    append_json(json, *value, symbols_);
    return json;
  }

  SymbolTable symbols_;
  JsonParser parser_{symbols_};
};

TEST_F(JsonParserTest, ReadsOneTextAfterTheOther) {
  EXPECT_EQ(read(R"({"a":[1,2.5,"x\n",null]})"), R"({"a":[1,2.5,"x\n",null]})");
  EXPECT_EQ(read(R"({"a":{"b":true}})"), R"({"a":{"b":true}})");
  EXPECT_EQ(read(" 17 "), "17");
  const std::string longer = "[\"" + std::string(100'000, 'x') + "\"]";
  EXPECT_EQ(read(longer), longer);
  EXPECT_EQ(read("[]"), "[]");
}

TEST_F(JsonParserTest, GoesOnAfterAnError) {
  for (const std::string broken : {"", "{\"a\":1", "[1,]", "{\"a\":1,\"a\":2}", "[\"\xff\"]", "{} {}", "\"x"}) {
    EXPECT_FALSE(parser_.parse(broken)) << broken;
    EXPECT_EQ(read(R"({"a":1})"), R"({"a":1})") << "behind " << broken;
  }
}

TEST_F(JsonParserTest, TellsThePlace) {
  EXPECT_EQ(read("{\"a\":\n  1,}"), "2:5: expected a key in quotes, found '}'");
  EXPECT_EQ(read("{}\n{}"), "2:1: expected the end of the input behind the value");
}

// Of a text of the same keys, whose object is another one.
TEST_F(JsonParserTest, SeesDuplicatesOfTheSameTextOnly) {
  for (int round = 0; round < 3; ++round) {
    EXPECT_EQ(read(R"({"a":1,"b":2})"), R"({"a":1,"b":2})");
    EXPECT_EQ(read(R"({"a":1,"a":2})"), "1:8: duplicate key \"a\", first at line 1, column 2");
  }
}

}  // namespace
}  // namespace kastell::document

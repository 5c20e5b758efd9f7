// What an API server makes of custom resources: beside the cases of tests/cli/cases/admit_forms.txt what is too much.

#include "custom/intake.h"

#include <gtest/gtest.h>

#include "document/document.h"

namespace kastell::custom {
namespace {

Result<document::Node> taken(const std::string& resource, const std::string& schema) {
  static SymbolTable symbols;
  static Arena arena;
  static std::vector<document::DocumentStream> streams;
  for (const std::string& text : {resource, schema}) {
    streams.push_back(document::parse(std::make_shared<document::Source>("text", text), symbols));
  }
  return CustomIntake(symbols).take(streams.end()[-2].documents.front().root, streams.back().documents.front().root,
                                    arena);
}

std::string items(std::size_t count) {
  std::string text = "spec: [";
  for (std::size_t i = 0; i < count; ++i) text += "{},";
  return text + "]";
}

std::string schema_with(const std::string& name, const std::string& value) {
  return "properties: {spec: {items: {properties: {" + name + ": {default: " + value + "}}}}}";
}

TEST(CustomIntake, DefaultsOfManyItemsAreBounded) {
  const std::string kilobyte(1024, 'a'),
      limit = "the defaults of the resource exceed the limit CustomIntake::most_added_bytes";
  EXPECT_TRUE(taken(items(7000), schema_with("x", kilobyte)));
  for (const std::string& schema :
       {schema_with("x", kilobyte), schema_with(kilobyte, "1"), schema_with("x", "{" + kilobyte + ": 1}"),
        schema_with("x", "[1, [" + kilobyte + "]]")}) {
    const auto made = taken(items(9000), schema);
    ASSERT_FALSE(made);
    EXPECT_EQ(made.error().code, ErrorCode::limit);
    EXPECT_EQ(made.error().message, limit);
  }
}

TEST(CustomIntake, AnObjectMayBeLongItself) {
  EXPECT_TRUE(taken("spec: [{x: " + std::string(std::size_t{9} << 20, 'a') + "}]", schema_with("x", "b")));
}

TEST(CustomIntake, StepsAreBounded) {
  const auto made = taken(items(CustomIntake::most_steps), schema_with("x", "1"));
  ASSERT_FALSE(made);
  EXPECT_EQ(made.error().message, "the resource exceeds the limit CustomIntake::most_steps");
}

}  // namespace
}  // namespace kastell::custom

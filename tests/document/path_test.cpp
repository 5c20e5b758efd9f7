#include "document/path.h"

#include <gtest/gtest.h>

#include "document/document.h"

namespace kastell::document {
namespace {

TEST(Path, reads_what_it_writes) {
  SymbolTable symbols;
  for (const std::string text : {"", "spec", "spec.containers[0].resources.limits.memory", "[3][4].a",
                                 "metadata.annotations[\"app.kubernetes.io/name\"]",
                                 "[\"\"].a[\"x\\\"\\\\\\n\\u0001\"]", "properties.$ref", "a[\"1\"]"}) {
    const auto path = parse_path(text, symbols);
    ASSERT_TRUE(path) << text;
    EXPECT_EQ(to_string(*path, symbols), text);
  }
}

TEST(Path, refuses_what_it_never_writes) {
  SymbolTable symbols;
  for (const std::string text : {".", "a.", ".a", "a..b", "a[", "a[]", "a[x]", "a[-1]", "a[0", "a[\"b]", "a[\"b\"",
                                 "a b", "[0]a", "a[\"\\x\"]", "a[\"\\u00\"]", "a[99999999999]"}) {
    EXPECT_FALSE(parse_path(text, symbols)) << text;
  }
}

class Locate : public ::testing::Test {
 protected:
  Located at(std::string_view path) {
    const Document& document = stream_.documents.at(0);
    return locate(document.root, document.offset, *parse_path(path, symbols_));
  }

  SymbolTable symbols_;
  //                                                       0123456789012345678901234567
  DocumentStream stream_ = parse(std::make_shared<Source>("t", R"( {"a": {"b": [10, {"c": 7}]}})"), symbols_);
};

TEST_F(Locate, members_by_key_and_items_by_value) {
  EXPECT_EQ(at("").offset, 1U);
  EXPECT_EQ(at("a").offset, 2U);
  EXPECT_EQ(at("a").value_offset, 7U);
  EXPECT_EQ(at("a.b[0]").offset, 14U);
  EXPECT_EQ(at("a.b[1].c").offset, 19U);
  EXPECT_EQ(at("a.b[1].c").value_offset, 24U);
  EXPECT_EQ(at("a.b[1].c").node->integer, 7);
}

TEST_F(Locate, missing_fields_at_their_nearest_parent) {
  EXPECT_EQ(at("x").node, nullptr);
  EXPECT_EQ(at("x").offset, 1U);
  EXPECT_EQ(at("a.x.y").offset, 2U);
  EXPECT_EQ(at("a.b[7]").offset, 8U);
  EXPECT_EQ(at("a.b[1].c.d").node, nullptr);
  EXPECT_EQ(at("a.b[1].c.d").offset, 19U);
}

TEST_F(Locate, find_gives_the_same_nodes) {
  const Node& root = stream_.documents.at(0).root;
  EXPECT_EQ(find(root, *parse_path("a.b[1].c", symbols_)), at("a.b[1].c").node);
  EXPECT_EQ(find(root, *parse_path("a.b.c", symbols_)), nullptr);
}

}  // namespace
}  // namespace kastell::document

#include "document/node.h"

#include <gtest/gtest.h>

#include <string>
#include <vector>

namespace kastell::document {
namespace {

class NodeTest : public testing::Test {
 protected:
  SymbolTable symbols_;
  Arena arena_;

  Symbol key(std::string_view text) { return symbols_.intern(text); }
};

TEST_F(NodeTest, SmallAndLargeObjectsFindTheirMembers) {
  for (const int count : {0, 1, 24, 25, 1000}) {
    std::vector<Member> members;
    for (int i = 0; i < count; ++i) {
      members.push_back({key("member" + std::to_string(i * 7 % 1009)), Node::make_integer(i), 1, 2});
    }
    const Node object = make_object(arena_, members, true);
    for (int i = 0; i < count; ++i) {
      const Node* found = object.find(key("member" + std::to_string(i * 7 % 1009)));
      ASSERT_NE(found, nullptr);
      ASSERT_EQ(found->integer, i);
    }
    EXPECT_EQ(object.find(key("absent")), nullptr);
    EXPECT_EQ(object.key_offsets().size(), static_cast<std::size_t>(count));
  }
}

TEST_F(NodeTest, EqualityIgnoresOrderButNotKind) {
  const Member ab[] = {{key("a"), Node::make_integer(1)}, {key("b"), Node::make_string("x")}};
  const Member ba[] = {{key("b"), Node::make_string("x")}, {key("a"), Node::make_integer(1)}};
  const Member floating[] = {{key("b"), Node::make_string("x")}, {key("a"), Node::make_floating(1)}};
  const Node node = make_object(arena_, ab, false);
  EXPECT_TRUE(equal(node, make_object(arena_, ba, true)));
  EXPECT_FALSE(equal(node, make_object(arena_, floating, false)));
}

TEST_F(NodeTest, NullMembersGoWithTheirPositionsKept) {
  const Member inner[] = {{key("keep"), Node::make_integer(1), 10, 11}, {key("drop"), Node::make_null(), 12, 13}};
  const Item items[] = {{make_object(arena_, inner, true), 9}, {Node::make_null(), 20}};
  const Member outer[] = {{key("list"), make_list(arena_, items, true), 1, 2}};
  const Node pruned = without_null_members(make_object(arena_, outer, true), arena_);
  const Node& list = *pruned.find(key("list"));
  ASSERT_EQ(list.size, 2U) << "null items stay: they are somebody's mistake to report";
  EXPECT_TRUE(list.items[1].is_null());
  ASSERT_EQ(list.items[0].size, 1U);
  EXPECT_EQ(list.items[0].key_offsets()[0], 10U);
  EXPECT_EQ(list.items[0].value_offsets()[0], 11U);
  EXPECT_EQ(list.value_offsets()[1], 20U);
}

// As Kubernetes decodes map[string]string.
TEST_F(NodeTest, NullInAMapOfTextsIsTheEmptyText) {
  const Member labels[] = {{key("app"), Node::make_null(), 10, 11}};
  const Member outer[] = {{key("matchLabels"), make_object(arena_, labels, true), 1, 2},
                          {key("matchExpressions"), Node::make_null(), 3, 4}};
  const Node pruned = without_null_members(make_object(arena_, outer, true), arena_);
  ASSERT_EQ(pruned.size, 1U);
  const Node* app = pruned.find(key("matchLabels"))->find(key("app"));
  ASSERT_NE(app, nullptr);
  EXPECT_TRUE(app->is_string());
  EXPECT_EQ(app->size, 0U);
}

TEST_F(NodeTest, WithoutNullsNothingIsCopied) {
  const Member members[] = {{key("a"), Node::make_integer(1)}};
  const Node object = make_object(arena_, members, false);
  EXPECT_EQ(without_null_members(object, arena_).items, object.items);
}

}  // namespace
}  // namespace kastell::document

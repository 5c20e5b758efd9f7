#include "cel/value.h"

#include <gtest/gtest.h>

#include <array>
#include <cmath>
#include <limits>
#include <string>
#include <vector>

#include "base/symbol.h"

namespace kastell::cel {
namespace {

class ValueTest : public testing::Test {
 protected:
  Value object(std::initializer_list<std::pair<std::string_view, Value>> members) {
    std::vector<document::Member> built;
    for (const auto& [key, value] : members) built.push_back({.key = symbols_.intern(key), .value = value});
    return document::make_object(arena_, built, false);
  }
  bool same(const Value& a, const Value& b) { return equal(a, b, symbols_); }

  SymbolTable symbols_;
  Arena arena_;
};

TEST_F(ValueTest, NumbersAreEqualAcrossKinds) {
  EXPECT_TRUE(same(make_int(1), make_uint(1)));
  EXPECT_TRUE(same(make_int(1), make_double(1.0)));
  EXPECT_TRUE(same(make_uint(1), make_double(1.0)));
  EXPECT_FALSE(same(make_int(-1), make_uint(std::numeric_limits<std::uint64_t>::max())));
  EXPECT_FALSE(same(make_double(NAN), make_double(NAN)));
  EXPECT_TRUE(same(make_double(0.0), make_double(-0.0)));
}

// cel-go rounds the integer to a double before it compares.
TEST_F(ValueTest, BigIntegersCompareWithDoublesAsDoubles) {
  EXPECT_TRUE(same(make_int(9'007'199'254'740'993), make_double(9'007'199'254'740'992.0)));
  EXPECT_EQ(compare(make_double(0x1p63), make_int(std::numeric_limits<std::int64_t>::max())), Ordering::equal);
  EXPECT_EQ(compare(make_double(0x1p65), make_uint(std::numeric_limits<std::uint64_t>::max())), Ordering::greater);
}

TEST_F(ValueTest, DifferentTypesAreUnequalNotAnError) {
  EXPECT_FALSE(same(make_string("1"), make_int(1)));
  EXPECT_FALSE(same(make_null(), make_bool(false)));
  EXPECT_FALSE(same(make_string("a"), make_bytes("a")));
  EXPECT_FALSE(same(make_timestamp(1, 0), make_duration(1)));
}

TEST_F(ValueTest, OrderingSaysWhyThereIsNone) {
  EXPECT_EQ(compare(make_int(1), make_uint(2)), Ordering::less);
  EXPECT_EQ(compare(make_uint(2), make_int(-1)), Ordering::greater);
  EXPECT_EQ(compare(make_string("a"), make_string("ab")), Ordering::less);
  EXPECT_EQ(compare(make_string("\xff"), make_string("a")), Ordering::greater);
  EXPECT_EQ(compare(make_timestamp(1, 5), make_timestamp(1, 4)), Ordering::greater);
  EXPECT_EQ(compare(make_double(NAN), make_int(1)), Ordering::unordered);
  EXPECT_EQ(compare(make_int(1), make_double(NAN)), Ordering::unordered);
  EXPECT_EQ(compare(make_string("1"), make_int(1)), Ordering::incomparable);
  EXPECT_EQ(compare(make_null(), make_null()), Ordering::incomparable);
}

TEST_F(ValueTest, MapsOfBothFormsAreEqualInAnyOrder) {
  const std::array entries{MapEntry{make_string("b"), make_int(2)}, MapEntry{make_string("a"), make_int(1)}};
  const Value map = make_map(arena_, entries);
  const Value document = object({{"a", make_int(1)}, {"b", make_int(2)}});
  EXPECT_TRUE(same(map, document));
  EXPECT_TRUE(same(document, map));
  EXPECT_TRUE(same(document, object({{"b", make_double(2)}, {"a", make_int(1)}})));
  EXPECT_FALSE(same(document, object({{"a", make_int(1)}})));
  EXPECT_FALSE(same(document, object({{"a", make_int(1)}, {"c", make_int(2)}})));
}

TEST_F(ValueTest, LaterDuplicatesReplaceEarlierKeysOfTheSameKindOnly) {
  const std::array entries{MapEntry{make_int(1), make_string("first")}, MapEntry{make_uint(1), make_string("uint")},
                           MapEntry{make_int(1), make_string("last")}};
  const Value map = make_map(arena_, entries);
  ASSERT_EQ(map_size(map), 2U);
  EXPECT_EQ(find_key(map, make_int(1), symbols_)->as_string(), "last");
  EXPECT_EQ(find_key(map, make_uint(1), symbols_)->as_string(), "uint");
  EXPECT_EQ(find_key(map, make_double(1), symbols_)->as_string(), "last");
  EXPECT_EQ(find_key(map, make_double(1.5), symbols_), nullptr);
}

// Below nine entries keys are searched, from nine on they are indexed: the answers must not differ.
TEST_F(ValueTest, IndexedMapsAnswerAsSearchedOnesDo) {
  for (int size = 0; size < 40; ++size) {
    std::vector<MapEntry> entries;
    std::vector<std::string> names;
    names.reserve(static_cast<std::size_t>(size));
    for (int i = 0; i < size; ++i) {
      names.push_back("key" + std::to_string(i / 2));
      entries.push_back({i % 2 == 0 ? make_string(names.back()) : make_int(i), make_int(i)});
    }
    const Value map = make_map(arena_, entries);
    EXPECT_EQ(as_map(map).index != nullptr, size >= 9);
    for (const MapEntry& entry : entries) {
      const Value* found = find_key(map, entry.key, symbols_);
      ASSERT_NE(found, nullptr);
      EXPECT_EQ(found->integer, entry.value.integer);
    }
    EXPECT_EQ(find_key(map, make_string("absent"), symbols_), nullptr);
    EXPECT_EQ(find_key(map, make_int(2), symbols_), nullptr);
  }
}

TEST_F(ValueTest, DocumentObjectsAnswerByStringKeys) {
  const Value document = object({{"a", make_int(1)}});
  EXPECT_EQ(find_key(document, make_string("a"), symbols_)->integer, 1);
  EXPECT_EQ(find_key(document, make_string("never interned"), symbols_), nullptr);
  EXPECT_EQ(find_key(document, make_int(1), symbols_), nullptr);
  EXPECT_EQ(map_key(document, 0, symbols_).as_string(), "a");
}

TEST_F(ValueTest, OptionalsCompareByWhatIsInside) {
  EXPECT_TRUE(same(make_none(), make_none()));
  EXPECT_FALSE(same(make_none(), make_optional(arena_, make_null())));
  EXPECT_TRUE(same(make_optional(arena_, make_int(1)), make_optional(arena_, make_double(1))));
}

TEST_F(ValueTest, TypesAreNamedAsTypeShowsThem) {
  EXPECT_EQ(type_name(make_null()), "null_type");
  EXPECT_EQ(type_name(make_timestamp(0, 0)), "google.protobuf.Timestamp");
  EXPECT_EQ(type_name(make_none()), "optional_type");
  EXPECT_EQ(type_name(object({})), "map");
}

}  // namespace
}  // namespace kastell::cel

#include "collect/glob.h"

#include <gtest/gtest.h>

namespace kastell::collect {
namespace {

struct GlobCase {
  const char* pattern;
  const char* path;
  bool whole;  // matches_path
  bool tail;   // matches_path_or_tail
};

TEST(Glob, Table) {
  const GlobCase cases[] = {
      {"*.yaml", "a.yaml", true, true},
      {"*.yaml", "d/a.yaml", false, true},
      {"d/*.yaml", "d/a.yaml", true, true},
      {"d/*.yaml", "d/e/a.yaml", false, false},
      {"**/*.yaml", "a.yaml", true, true},
      {"**/*.yaml", "d/e/a.yaml", true, true},
      {"d/**", "d/e/a.yaml", true, true},
      {"d/**", "x/d/e", false, true},
      {"**/test/**", "d/test/a.yaml", true, true},
      {"test", "d/test", false, true},
      {"test", "d/testing", false, false},
      {"a?c", "abc", true, true},
      {"a?c", "a/c", false, false},
      {"[a-c]x", "bx", true, true},
      {"[!a-c]x", "bx", false, false},
      {"[]]x", "]x", true, true},
      {"[x", "[x", true, true},
      {"\\*", "*", true, true},
      {"\\*", "a", false, false},
      {"", "", true, false},
      {"a*b*c", "aXbYbZc", true, true},
      {"/etc/*.yaml", "/etc/a.yaml", true, true},
      {"etc/*.yaml", "/etc/a.yaml", false, true},
      {"/a.yaml", "d/a.yaml", false, false},
      {"./d//a.yaml", "d/a.yaml", true, true},
  };
  for (const GlobCase& one : cases) {
    EXPECT_EQ(matches_path(one.pattern, one.path), one.whole) << one.pattern << " on " << one.path;
    EXPECT_EQ(matches_path_or_tail(one.pattern, one.path), one.tail) << one.pattern << " on the tail of " << one.path;
  }
}

// Exponential in a matcher that tries every split.
TEST(Glob, ManyStarsStayQuick) {
  std::string pattern, text(20'000, 'a');
  for (int i = 0; i < 50; ++i) pattern += "a*";
  EXPECT_FALSE(matches_part(pattern + "b", text));
  EXPECT_TRUE(matches_part(pattern, text));
}

}  // namespace
}  // namespace kastell::collect

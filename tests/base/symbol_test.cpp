#include "base/symbol.h"

#include <gtest/gtest.h>

#include <string>
#include <thread>
#include <vector>

namespace kastell {
namespace {

TEST(SymbolTable, WellKnownNamesHaveTheirConstants) {
  SymbolTable table;
  EXPECT_EQ(table.size(), symbols::well_known_count);
  EXPECT_EQ(table.intern("metadata"), symbols::metadata);
  EXPECT_EQ(table.text(symbols::hostNetwork), "hostNetwork");
  EXPECT_EQ(table.intern("namespace"), symbols::namespace_) << "the underscore is only C++'s";
  EXPECT_EQ(table.text(symbols::template_), "template");
}

TEST(SymbolTable, FindNeverGrowsTheTable) {
  SymbolTable table;
  EXPECT_FALSE(table.find("not there").has_value());
  EXPECT_EQ(table.size(), symbols::well_known_count);
}

TEST(SymbolTable, SameTextSameSymbolAcrossGrowth) {
  SymbolTable table;
  std::vector<Symbol> first;
  for (int i = 0; i < 50'000; ++i) first.push_back(table.intern("key" + std::to_string(i)));
  for (int i = 0; i < 50'000; ++i) {
    const std::string text = "key" + std::to_string(i);
    ASSERT_EQ(table.intern(text), first[static_cast<std::size_t>(i)]);
    ASSERT_EQ(table.text(first[static_cast<std::size_t>(i)]), text);
  }
}

TEST(SymbolTable, EmptyAndBinaryKeys) {
  SymbolTable table;
  const Symbol empty = table.intern("");
  const Symbol zero = table.intern(std::string_view("\0", 1));
  EXPECT_NE(empty, zero);
  EXPECT_EQ(table.text(empty), "");
  EXPECT_EQ(table.text(zero).size(), 1U);
}

TEST(SymbolTable, ThreadsAgree) {
  SymbolTable table;
  constexpr int count = 20'000;
  std::vector<std::vector<Symbol>> seen(4);
  std::vector<std::thread> threads;
  for (auto& mine : seen) {
    threads.emplace_back([&table, &mine] {
      for (int i = 0; i < count; ++i) mine.push_back(table.intern("shared" + std::to_string(i)));
    });
  }
  for (auto& thread : threads) thread.join();
  for (const auto& mine : seen) EXPECT_EQ(mine, seen.front());
  EXPECT_EQ(table.size(), symbols::well_known_count + count);
}

}  // namespace
}  // namespace kastell

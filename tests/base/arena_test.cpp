#include "base/arena.h"

#include <gtest/gtest.h>

namespace kastell {
namespace {

TEST(Arena, AlignsAndKeepsValuesApart) {
  Arena arena(64);
  for (std::size_t alignment : {1U, 2U, 4U, 8U, 16U}) {
    arena.allocate(1, 1);
    const auto address = reinterpret_cast<std::uintptr_t>(arena.allocate(alignment, alignment));
    EXPECT_EQ(address % alignment, 0U) << alignment;
  }
}

TEST(Arena, CopiesOutliveTheirOriginals) {
  Arena arena(16);
  std::vector<std::string_view> copies;
  for (int i = 0; i < 1000; ++i) copies.push_back(arena.copy("text " + std::to_string(i)));
  for (int i = 0; i < 1000; ++i) EXPECT_EQ(copies[static_cast<std::size_t>(i)], "text " + std::to_string(i));
}

TEST(Arena, ResetKeepsItsMemory) {
  Arena arena(128);
  const auto fill = [&arena] {
    for (int i = 0; i < 100; ++i) arena.allocate(100);
  };
  fill();
  const std::size_t warm = arena.reserved_bytes();
  for (int round = 0; round < 10; ++round) {
    arena.reset();
    fill();
  }
  EXPECT_EQ(arena.reserved_bytes(), warm);
}

TEST(Arena, TakesBlocksLargerThanAnyChunk) {
  Arena arena(16);
  auto* bytes = static_cast<char*>(arena.allocate(std::size_t{9} << 20));
  bytes[(9 << 20) - 1] = 'x';
  auto* small = static_cast<char*>(arena.allocate(8));
  *small = 'y';
  EXPECT_EQ(bytes[(9 << 20) - 1], 'x');
}

}  // namespace
}  // namespace kastell

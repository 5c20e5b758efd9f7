// KeyCache: the short keys of one parse, in front of the symbol table.
//
// Documents repeat a few hundred keys. A key of up to 16 bytes is told by its size and two words, so a
// hit compares integers and touches neither the table nor a text.
#pragma once

#include <array>
#include <bit>
#include <cstdint>
#include <cstring>
#include <string_view>

#include "base/symbol.h"

namespace kastell::document {

class KeyCache {
 public:
  explicit KeyCache(SymbolTable& symbols) : symbols_(symbols) {}

  Symbol intern(std::string_view key) {
    if (key.empty() || key.size() > 16) return symbols_.intern(key);
    const Words words = words_of(key);
    Entry& entry = entries_[slot_of(words, key.size())];
    if (entry.size != key.size() || entry.words != words) {
      entry = {words, static_cast<std::uint32_t>(key.size()), symbols_.intern(key)};
    }
    return entry.symbol;
  }

 private:
  // The first and the last bytes; they overlap, and with the size they tell the key.
  struct Words {
    std::uint64_t first = 0;
    std::uint64_t last = 0;
    bool operator==(const Words&) const = default;
  };
  struct Entry {
    Words words;
    std::uint32_t size = 0;
    Symbol symbol{};
  };

  static constexpr unsigned slot_bits = 9;

  template <typename Word>
  static Words load(const char* begin, const char* end) {
    Word first, last;
    std::memcpy(&first, begin, sizeof first);
    std::memcpy(&last, end - sizeof last, sizeof last);
    return {first, last};
  }

  static Words words_of(std::string_view key) {
    const char* begin = key.data();
    const char* end = begin + key.size();
    if (key.size() >= 8) return load<std::uint64_t>(begin, end);
    if (key.size() >= 4) return load<std::uint32_t>(begin, end);
    if (key.size() >= 2) return load<std::uint16_t>(begin, end);
    return load<std::uint8_t>(begin, end);
  }

  static std::size_t slot_of(const Words& words, std::size_t size) {
    const std::uint64_t mixed = words.first ^ std::rotl(words.last, 23) ^ size;
    return (mixed * 0x9E3779B97F4A7C15ULL) >> (64 - slot_bits);
  }

  SymbolTable& symbols_;
  std::array<Entry, std::size_t{1} << slot_bits> entries_{};
};

}  // namespace kastell::document

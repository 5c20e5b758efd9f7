// Symbols: object keys as 32-bit numbers, so that a field access compares integers.
//
// One SymbolTable is shared by everything that must agree on keys (documents, CEL programs, views).
// The field names of well_known_symbols.inc have fixed numbers, available as constants in
// kastell::symbols (symbols::metadata, symbols::spec, …), and are in every table from the start.
//
// Thread-safety: all members may be called from several threads at once. Texts never move and live
// as long as the table.
#pragma once

#include <array>
#include <atomic>
#include <bit>
#include <cstdint>
#include <memory>
#include <mutex>
#include <optional>
#include <string_view>

#include "base/arena.h"

namespace kastell {

enum class Symbol : std::uint32_t {};

class SymbolTable {
 public:
  SymbolTable();
  SymbolTable(const SymbolTable&) = delete;
  SymbolTable& operator=(const SymbolTable&) = delete;
  ~SymbolTable();

  // The symbol of `text`, made if it is new.
  Symbol intern(std::string_view text);

  // The symbol of `text` if anything interned it so far; never grows the table.
  std::optional<Symbol> find(std::string_view text) const;

  std::string_view text(Symbol symbol) const {
    const Position at = position_of(static_cast<std::uint32_t>(symbol));
    return blocks_[at.block].load(std::memory_order_acquire)[at.offset];
  }

  std::uint32_t size() const { return size_.load(std::memory_order_acquire); }

 private:
  // Each block holds twice as many texts as the one before, so that a small table touches little memory.
  static constexpr std::uint32_t first_block_size = 512;
  static constexpr std::size_t block_count = 17;  // 2^26 symbols at most

  struct Position {
    std::uint32_t block, offset;
  };
  static constexpr Position position_of(std::uint32_t index) {
    const std::uint32_t shifted = index + first_block_size;
    const auto block = static_cast<std::uint32_t>(std::bit_width(shifted / first_block_size) - 1);
    return {block, shifted - (first_block_size << block)};
  }

  struct Slots;  // an open-addressing table, replaced as a whole when it grows

  Symbol add(std::string_view text, std::uint32_t hash);  // `text` lives as long as the table
  void grow();

  std::array<std::atomic<std::string_view*>, block_count> blocks_{};
  std::atomic<std::uint32_t> size_{0};
  std::atomic<Slots*> slots_;
  std::unique_ptr<Slots> newest_;
  std::mutex adding_;
  Arena texts_{16 * 1024};
};

namespace symbols {
enum WellKnown : std::uint32_t {
#define KASTELL_SYMBOL(name) index_of_##name,
#include "base/well_known_symbols.inc"
#undef KASTELL_SYMBOL
  well_known_count
};
#define KASTELL_SYMBOL(name) inline constexpr Symbol name{index_of_##name};
#include "base/well_known_symbols.inc"
#undef KASTELL_SYMBOL
}  // namespace symbols

}  // namespace kastell

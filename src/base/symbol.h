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
    const auto index = static_cast<std::uint32_t>(symbol);
    return blocks_[index >> block_bits].load(std::memory_order_acquire)[index & block_mask];
  }

  std::uint32_t size() const { return size_.load(std::memory_order_acquire); }

 private:
  static constexpr std::uint32_t block_bits = 12;
  static constexpr std::uint32_t block_mask = (1U << block_bits) - 1;
  static constexpr std::size_t block_count = 1U << 14;  // 2^26 symbols at most

  struct Slots;  // an open-addressing table, replaced as a whole when it grows

  Symbol add(std::string_view text, std::uint32_t hash);
  void grow();

  std::array<std::atomic<std::string_view*>, block_count> blocks_{};
  std::atomic<std::uint32_t> size_{0};
  std::atomic<Slots*> slots_;
  std::unique_ptr<Slots> newest_;
  std::mutex adding_;
  Arena texts_{64 * 1024};
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

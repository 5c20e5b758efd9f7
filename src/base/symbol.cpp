#include "base/symbol.h"

#include <algorithm>
#include <bit>
#include <cstdlib>
#include <functional>
#include <stdexcept>
#include <string>
#include <vector>

namespace kastell {

// Readers probe without a lock. A slot holds symbol + 1, zero when empty; it is written once, after
// the text it names. A grown table keeps the old one alive, since a reader may still be inside it.
struct SymbolTable::Slots {
  explicit Slots(std::size_t count) : mask(count - 1), entries(count) {}
  std::size_t mask;
  std::vector<std::atomic<std::uint64_t>> entries;  // hash << 32 | symbol + 1
  std::unique_ptr<Slots> older;
};

namespace {

std::uint32_t hash_of(std::string_view text) {
  // FNV-1a over 8-byte steps: keys are short, so set-up cost matters more than strength. The table
  // is bounded by probing limits of the load factor, not by the quality of the hash alone.
  std::uint64_t hash = 0x9E3779B97F4A7C15ULL ^ text.size();
  const char* at = text.data();
  std::size_t left = text.size();
  const auto mix = [&hash](std::uint64_t word) {
    hash = (hash ^ word) * 0xD6E8FEB86659FD93ULL;
    hash ^= hash >> 32;
  };
  for (; left >= 8; at += 8, left -= 8) {
    std::uint64_t word;
    std::memcpy(&word, at, 8);
    mix(word);
  }
  if (left > 0) {
    std::uint64_t word = 0;
    std::memcpy(&word, at, left);
    mix(word);
  }
  return static_cast<std::uint32_t>(hash ^ (hash >> 29));
}

constexpr std::string_view well_known_texts[] = {
#define KASTELL_SYMBOL(name) #name,
#include "base/well_known_symbols.inc"
#undef KASTELL_SYMBOL
};

// A C++ keyword among the field names is spelled with a trailing underscore in the list, a dash as an underscore.
std::string_view field_name(std::string_view spelled, Arena& texts) {
  if (spelled.ends_with('_')) spelled.remove_suffix(1);
  if (!spelled.contains('_')) return spelled;
  std::string name(spelled);
  std::ranges::replace(name, '_', '-');
  return texts.copy(name);
}

constexpr std::size_t first_slots = std::bit_ceil(std::size(well_known_texts) * 2 + 1);

}  // namespace

SymbolTable::SymbolTable() : newest_(std::make_unique<Slots>(first_slots)) {
  slots_.store(newest_.get(), std::memory_order_release);
  for (const std::string_view spelled : well_known_texts) {
    const std::string_view name = field_name(spelled, texts_);
    add(name, hash_of(name));
  }
}

SymbolTable::~SymbolTable() {
  for (auto& block : blocks_) ::operator delete(block.load());
}

std::optional<Symbol> SymbolTable::find(std::string_view text) const {
  const std::uint32_t hash = hash_of(text);
  const Slots& slots = *slots_.load(std::memory_order_acquire);
  for (std::size_t at = hash & slots.mask;; at = (at + 1) & slots.mask) {
    const std::uint64_t entry = slots.entries[at].load(std::memory_order_acquire);
    if (entry == 0) return std::nullopt;
    if (static_cast<std::uint32_t>(entry >> 32) != hash) continue;
    const Symbol symbol{static_cast<std::uint32_t>(entry) - 1};
    if (this->text(symbol) == text) return symbol;
  }
}

Symbol SymbolTable::intern(std::string_view text) {
  if (const auto known = find(text)) return *known;
  const std::lock_guard lock(adding_);
  if (const auto known = find(text)) return *known;
  return add(texts_.copy(text), hash_of(text));
}

Symbol SymbolTable::add(std::string_view text, std::uint32_t hash) {
  const std::uint32_t index = size_.load(std::memory_order_relaxed);
  const Position place = position_of(index);
  if (place.block >= block_count) throw std::length_error("symbol table: more than 2^26 different keys");
  if ((index + 1) * 2 > newest_->entries.size()) grow();
  auto& block = blocks_[place.block];
  if (block.load(std::memory_order_relaxed) == nullptr) {
    const std::size_t size = std::size_t{first_block_size} << place.block;
    block.store(static_cast<std::string_view*>(::operator new(size * sizeof(std::string_view))),
                std::memory_order_release);
  }
  std::construct_at(block.load(std::memory_order_relaxed) + place.offset, text);
  std::size_t at = hash & newest_->mask;
  while (newest_->entries[at].load(std::memory_order_relaxed) != 0) at = (at + 1) & newest_->mask;
  size_.store(index + 1, std::memory_order_release);
  newest_->entries[at].store((std::uint64_t{hash} << 32) | (index + 1), std::memory_order_release);
  return Symbol{index};
}

void SymbolTable::grow() {
  auto larger = std::make_unique<Slots>(newest_->entries.size() * 2);
  for (const auto& entry : newest_->entries) {
    const std::uint64_t value = entry.load(std::memory_order_relaxed);
    if (value == 0) continue;
    std::size_t at = (value >> 32) & larger->mask;
    while (larger->entries[at].load(std::memory_order_relaxed) != 0) at = (at + 1) & larger->mask;
    larger->entries[at].store(value, std::memory_order_relaxed);
  }
  larger->older = std::move(newest_);
  newest_ = std::move(larger);
  slots_.store(newest_.get(), std::memory_order_release);
}

}  // namespace kastell

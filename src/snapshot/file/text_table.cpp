#include "snapshot/file/text_table.h"

#include <functional>

namespace kastell::snapshot::file {

namespace {
constexpr std::size_t first_slots = 1024;
}

std::size_t TextTable::slot_of(std::string_view text) const {
  const std::size_t mask = slots_.size() - 1;
  std::size_t slot = std::hash<std::string_view>{}(text)&mask;
  while (slots_[slot] != 0 && texts_[slots_[slot] - 1] != text) slot = (slot + 1) & mask;
  return slot;
}

std::uint32_t TextTable::number_of(std::string_view text) {
  if (2 * (texts_.size() + 1) > slots_.size()) grow();
  const std::size_t slot = slot_of(text);
  if (slots_[slot] == 0) {
    texts_.push_back(text);
    slots_[slot] = static_cast<std::uint32_t>(texts_.size());
  }
  return slots_[slot] - 1;
}

void TextTable::grow() {
  slots_.assign(slots_.empty() ? first_slots : 2 * slots_.size(), 0);
  for (std::uint32_t number = 0; number < texts_.size(); ++number) slots_[slot_of(texts_[number])] = number + 1;
}

}  // namespace kastell::snapshot::file

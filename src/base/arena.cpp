#include "base/arena.h"

#include <sys/mman.h>

#include <algorithm>

namespace kastell {

namespace {
constexpr std::size_t largest_chunk = std::size_t{16} << 20;
constexpr std::uintptr_t huge_page = std::uintptr_t{2} << 20;

// Asks for huge pages where a chunk covers whole ones: a big document touches its memory once, and most
// of that time would go into page faults. Only a hint; a refusal changes nothing.
void prefer_huge_pages(const std::byte* bytes, std::size_t size) {
  const auto begin = reinterpret_cast<std::uintptr_t>(bytes);
  const std::uintptr_t first = (begin + huge_page - 1) & ~(huge_page - 1);
  const std::uintptr_t last = (begin + size) & ~(huge_page - 1);
  if (first < last) madvise(reinterpret_cast<void*>(first), last - first, MADV_HUGEPAGE);
}
}  // namespace

void Arena::use(std::size_t index) {
  current_ = index;
  cursor_ = reinterpret_cast<std::uintptr_t>(chunks_[index].bytes.get());
  end_ = cursor_ + chunks_[index].size;
}

void* Arena::allocate_in_new_chunk(std::size_t size) {
  // operator new aligns to 16, so the start of a chunk serves every alignment we promise.
  std::size_t index = chunks_.empty() ? 0 : current_ + 1;
  while (index < chunks_.size() && chunks_[index].size < size) ++index;
  if (index == chunks_.size()) {
    const std::size_t bytes = std::max(size, next_chunk_);
    chunks_.push_back({std::make_unique_for_overwrite<std::byte[]>(bytes), bytes});
    prefer_huge_pages(chunks_.back().bytes.get(), bytes);
    reserved_ += bytes;
    next_chunk_ = std::min(next_chunk_ * 2, largest_chunk);
  }
  use(index);
  const std::uintptr_t result = cursor_;
  cursor_ += size;
  return reinterpret_cast<void*>(result);
}

void Arena::reset() {
  if (!chunks_.empty()) use(0);
}

}  // namespace kastell

#include "base/arena.h"

#include <algorithm>

namespace kastell {

namespace {
constexpr std::size_t largest_chunk = std::size_t{4} << 20;
}

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

// Arena: bump allocation for values that live and die together.
//
// Nothing in an arena is destroyed one by one; only trivially destructible things belong here.
// reset() keeps the memory for the next round, so a warmed-up evaluator allocates nothing.
// An arena belongs to one thread at a time.
#pragma once

#include <cstddef>
#include <cstdint>
#include <cstring>
#include <memory>
#include <span>
#include <string_view>
#include <type_traits>
#include <vector>

namespace kastell {

class Arena {
 public:
  explicit Arena(std::size_t first_chunk = 4096) : next_chunk_(first_chunk) {}
  Arena(Arena&&) = default;
  Arena& operator=(Arena&&) = default;

  // `size` bytes aligned to `alignment` (a power of two, at most 16). Never null.
  void* allocate(std::size_t size, std::size_t alignment = 16) {
    const std::size_t padding = (~cursor_ + 1) & (alignment - 1);
    if (size + padding <= end_ - cursor_) {
      const std::uintptr_t result = cursor_ + padding;
      cursor_ = result + size;
      return reinterpret_cast<void*>(result);
    }
    return allocate_in_new_chunk(size);
  }

  // Uninitialised storage for `count` objects.
  template <typename T>
  T* allocate_array(std::size_t count) {
    static_assert(std::is_trivially_destructible_v<T>);
    return static_cast<T*>(allocate(count * sizeof(T), alignof(T)));
  }

  template <typename T, typename... Arguments>
  T* create(Arguments&&... arguments) {
    static_assert(std::is_trivially_destructible_v<T>);
    return ::new (allocate(sizeof(T), alignof(T))) T{static_cast<Arguments&&>(arguments)...};
  }

  // A copy of `text` that lives as long as the arena's current round.
  std::string_view copy(std::string_view text) {
    if (text.empty()) return {};
    char* bytes = allocate_array<char>(text.size());
    std::memcpy(bytes, text.data(), text.size());
    return {bytes, text.size()};
  }

  template <typename T>
  std::span<T> copy(std::span<const T> items) {
    static_assert(std::is_trivially_copyable_v<T>);
    T* copied = allocate_array<T>(items.size());
    if (!items.empty()) std::memcpy(static_cast<void*>(copied), items.data(), items.size_bytes());
    return {copied, items.size()};
  }

  // Forgets everything allocated, keeps the chunks.
  void reset();

  // Bytes asked from the system so far.
  std::size_t reserved_bytes() const { return reserved_; }

 private:
  struct Chunk {
    std::unique_ptr<std::byte[]> bytes;
    std::size_t size;
  };

  void* allocate_in_new_chunk(std::size_t size);
  void use(std::size_t index);

  std::uintptr_t cursor_ = 0;
  std::uintptr_t end_ = 0;
  std::vector<Chunk> chunks_;
  std::size_t current_ = 0;  // index of the chunk in use, if any chunk exists
  std::size_t next_chunk_;
  std::size_t reserved_ = 0;
};

}  // namespace kastell

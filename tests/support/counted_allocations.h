// Counts every operator new of the program. For one file of a test program: it defines the operators.
// Clang's ThreadSanitizer defines them itself, and nothing is counted then.
#pragma once

#include <atomic>
#include <cstdlib>
#include <new>

namespace {
std::atomic<std::size_t> allocations{0};

#if defined(__has_feature)
#if __has_feature(thread_sanitizer)
#define KASTELL_UNCOUNTED
#endif
#endif

#ifdef KASTELL_UNCOUNTED
constexpr bool counts_allocations = false;
#else
constexpr bool counts_allocations = true;
#endif
}  // namespace

#ifndef KASTELL_UNCOUNTED
// Not inlined: g++ would see malloc() given to operator delete, and warn.
[[gnu::noinline]] void* operator new(std::size_t size) {
  ++allocations;
  if (void* memory = std::malloc(size == 0 ? 1 : size)) return memory;
  throw std::bad_alloc();
}
// Also the one that simdjson calls: AddressSanitizer has its own of each form, which must not meet our delete.
[[gnu::noinline]] void* operator new(std::size_t size, const std::nothrow_t&) noexcept {
  ++allocations;
  return std::malloc(size == 0 ? 1 : size);
}
[[gnu::noinline]] void operator delete(void* memory) noexcept {
  std::free(memory);
}
[[gnu::noinline]] void operator delete(void* memory, std::size_t) noexcept {
  std::free(memory);
}
[[gnu::noinline]] void operator delete(void* memory, const std::nothrow_t&) noexcept {
  std::free(memory);
}
#endif

#include "document/json/simdjson_library.h"

#include <dlfcn.h>

#include <atomic>

namespace kastell::document::json {

namespace {

// simdjson::get_active_implementation(), as both C++ ABIs of Linux spell it.
constexpr const char* function_name = "_ZN8simdjson25get_active_implementationEv";

const simdjson::implementation* load() {
  void* library = dlopen(KASTELL_SIMDJSON, RTLD_NOW | RTLD_LOCAL);
  if (library == nullptr) return nullptr;
  using Function = decltype(&simdjson::get_active_implementation);
  const auto active = reinterpret_cast<Function>(dlsym(library, function_name));
  if (active == nullptr) return nullptr;
  // Before its first use it is a stand-in that asks the processor at every call; its first answer puts the right one in
  // its place.
  static_cast<const simdjson::implementation*>(active())->name();
  return active();
}

}  // namespace

const simdjson::implementation* simdjson_implementation() {
  static const simdjson::implementation* const implementation = load();
  return implementation;
}

bool is_worth_simdjson(std::size_t bytes) {
  constexpr std::size_t most_without = std::size_t{32} << 10;
  static std::atomic<std::size_t> read_without = 0;
  if (bytes > most_without || read_without.load(std::memory_order_relaxed) > most_without) return true;
  return read_without.fetch_add(bytes, std::memory_order_relaxed) + bytes > most_without;
}

}  // namespace kastell::document::json

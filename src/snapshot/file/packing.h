// Packing sections with zstd.
#pragma once

#include <cstddef>
#include <memory>
#include <string>
#include <string_view>

namespace kastell::snapshot::file {

struct Packed {
  std::size_t unpacked_size = 0;
  std::string bytes;
};
Packed pack(std::string_view bytes);

// Exactly `size` bytes, or null if that is not what `packed` holds.
std::shared_ptr<char[]> unpack(std::string_view packed, std::size_t size);

}  // namespace kastell::snapshot::file

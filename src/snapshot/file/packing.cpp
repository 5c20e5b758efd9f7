#include "snapshot/file/packing.h"

#include <zstd.h>

namespace kastell::snapshot::file {

namespace {
constexpr int level = 6;  // docs/decisions/006
}

Packed pack(std::string_view bytes) {
  Packed packed{bytes.size(), std::string(ZSTD_compressBound(bytes.size()), '\0')};
  packed.bytes.resize(ZSTD_compress(packed.bytes.data(), packed.bytes.size(), bytes.data(), bytes.size(), level));
  packed.bytes.shrink_to_fit();
  return packed;
}

std::shared_ptr<char[]> unpack(std::string_view packed, std::size_t size) {
  auto bytes = std::make_shared_for_overwrite<char[]>(size);
  return ZSTD_decompress(bytes.get(), size, packed.data(), packed.size()) == size ? bytes : nullptr;
}

}  // namespace kastell::snapshot::file

// Snapshot files. The input is either a file without its digest (first byte even), or the sections of one before they
// are packed (odd): kind, size in two bytes, bytes. Digest and packing are made here, or nothing would get past them.
//
// What loads must save, and load again to the same bytes.

#include <cstdint>
#include <cstdlib>
#include <string>

#include "base/bytes.h"
#include "snapshot/file/digest.h"
#include "snapshot/file/format.h"
#include "snapshot/file/packing.h"
#include "snapshot/snapshot_file.h"

namespace {

using namespace kastell;
using namespace kastell::snapshot;

std::string with_digest(std::string content) {
  const file::Digest digest = file::digest_of(content);
  return content.append(reinterpret_cast<const char*>(digest.data()), digest.size());
}

std::string packed_sections(std::string_view input) {
  ByteWriter out;
  out.raw(file::magic);
  out.fixed(file::newest_version);
  ByteReader in(input);
  while (in.left() > 0) {
    const std::uint32_t kind = in.byte();
    const std::size_t size = std::min<std::size_t>(in.fixed<std::uint16_t>(), in.left());
    const file::Packed packed = file::pack(in.raw(size));
    out.fixed(kind);
    out.fixed(static_cast<std::uint64_t>(packed.unpacked_size));
    out.fixed(static_cast<std::uint64_t>(packed.bytes.size()));
    out.raw(packed.bytes);
  }
  out.raw(std::string(file::section_header_size, '\0'));
  return with_digest(std::string(out.bytes()));
}

std::string saved(const Snapshot& snapshot) {
  std::string bytes;
  if (!save(snapshot, [&](std::string_view block) { bytes += block; })) std::abort();
  return bytes;
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  if (size == 0) return 0;
  const std::string_view input(reinterpret_cast<const char*>(data) + 1, size - 1);
  const std::string bytes = (data[0] & 1) == 0 ? with_digest(std::string(input)) : packed_sections(input);
  const FileLimits limits{.unpacked_floor = 1 << 16, .unpacked_ratio = 16};
  const auto once = load(bytes, "fuzz", std::make_shared<SymbolTable>(), {.threads = 1, .limits = limits});
  if (!once) return 0;
  const std::string first = saved(*once);
  const auto twice = load(first, "fuzz", std::make_shared<SymbolTable>(), {.threads = 1});
  if (!twice || saved(*twice) != first) std::abort();
  return 0;
}

// The container of a snapshot file: its sections, once version, digest and sizes are found in order.
#pragma once

#include <array>
#include <cstdint>
#include <memory>
#include <string_view>
#include <vector>

#include "base/result.h"
#include "snapshot/file/format.h"
#include "snapshot/file/packing.h"
#include "snapshot/snapshot_file.h"

namespace kastell::snapshot::file {

// A section as it stands in the file.
struct Section {
  SectionKind kind;
  std::uint64_t unpacked_size;
  std::string_view packed;
};

// Sections that stand once, in this order, before all objects.
inline constexpr std::array table_order{SectionKind::facts, SectionKind::keys, SectionKind::texts, SectionKind::sources,
                                        SectionKind::coverage};

// The tables of `table_order`, then sections of objects only.
Result<std::vector<Section>> read_sections(std::string_view bytes, const FileLimits& limits);

std::unexpected<Error> damaged(std::string_view what);

// What a section holds. Errors: damaged.
struct Unpacked {
  std::shared_ptr<const char[]> memory;
  std::string_view bytes;
};
Result<Unpacked> unpack_section(const Section& section);

}  // namespace kastell::snapshot::file

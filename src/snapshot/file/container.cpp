#include "snapshot/file/container.h"

#include <algorithm>
#include <string>

#include "base/bytes.h"
#include "snapshot/file/digest.h"

namespace kastell::snapshot::file {

namespace {

constexpr std::size_t digest_size = Digest{}.size();

Result<void> check_header(std::string_view bytes) {
  if (!is_snapshot_file(bytes)) return failure(ErrorCode::syntax, "not a snapshot file");
  if (bytes.size() < header_size) return damaged("it ends too early");
  const auto version = ByteReader(bytes.substr(magic.size())).fixed<std::uint32_t>();
  if (version == newest_version) return {};
  return failure(ErrorCode::unsupported, "a snapshot file of version " + std::to_string(version) +
                                             "; this Kastell knows version " + std::to_string(newest_version));
}

Result<void> check_digest(std::string_view bytes) {
  if (bytes.size() < header_size + section_header_size + digest_size) return damaged("it ends too early");
  const std::string_view content = bytes.substr(0, bytes.size() - digest_size);
  const Digest digest = digest_of(content);
  const std::string_view computed(reinterpret_cast<const char*>(digest.data()), digest.size());
  return bytes.ends_with(computed) ? Result<void>{} : damaged("its digest is that of another content");
}

// Reads sections to the end section. `most`: bytes that all may unpack to.
Result<std::vector<Section>> split(std::string_view bytes, std::uint64_t most) {
  std::vector<Section> sections;
  ByteReader in(bytes);
  std::uint64_t unpacked = 0;
  for (;;) {
    Section section{SectionKind{in.fixed<std::uint32_t>()}, in.fixed<std::uint64_t>(), {}};
    section.packed = in.raw(in.fixed<std::uint64_t>());
    if (in.failed()) return damaged("its sections end too early");
    if (section.kind == SectionKind::end) break;
    if (section.unpacked_size > most - unpacked) {
      return failure(ErrorCode::limit, "a snapshot file that unpacks to more than the limit for its size, " +
                                           std::to_string(most) + " bytes");
    }
    unpacked += section.unpacked_size;
    sections.push_back(section);
  }
  if (in.left() != 0) return damaged("something follows its end");
  return sections;
}

bool is_in_order(const std::vector<Section>& sections) {
  if (sections.size() < table_order.size()) return false;
  const auto tables = sections.begin() + table_order.size();
  return std::ranges::equal(std::span(sections.begin(), tables), table_order, {}, &Section::kind) &&
         std::all_of(tables, sections.end(),
                     [](const Section& section) { return section.kind == SectionKind::objects; });
}

}  // namespace

std::unexpected<Error> damaged(std::string_view what) {
  return failure(ErrorCode::syntax, "a damaged snapshot file: " + std::string(what));
}

Result<std::vector<Section>> read_sections(std::string_view bytes, const FileLimits& limits) {
  if (auto checked = check_header(bytes); !checked) return std::unexpected(checked.error());
  if (auto checked = check_digest(bytes); !checked) return std::unexpected(checked.error());
  const std::string_view content = bytes.substr(header_size, bytes.size() - header_size - digest_size);
  auto sections = split(content, limits.unpacked_floor + limits.unpacked_ratio * bytes.size());
  if (sections && !is_in_order(*sections)) return damaged("its sections are not in order");
  return sections;
}

Result<Unpacked> unpack_section(const Section& section) {
  auto memory = unpack(section.packed, section.unpacked_size);
  if (memory == nullptr) return damaged("a section cannot be unpacked");
  const std::string_view bytes(memory.get(), section.unpacked_size);
  return Unpacked{std::move(memory), bytes};
}

}  // namespace kastell::snapshot::file

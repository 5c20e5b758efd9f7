#include "snapshot/file/tables.h"

#include <utility>

#include "base/text.h"

namespace kastell::snapshot::file {

namespace {

std::string read_text(ByteReader& in) {
  const std::string_view text = in.text();
  return find_invalid_utf8(text) ? in.fail(), std::string{} : std::string(text);
}

bool is_boundary(std::string_view utf8, std::size_t at) {
  return at == utf8.size() || (static_cast<std::uint8_t>(utf8[at]) & 0xC0) != 0x80;
}

document::Source::Places read_places(ByteReader& in) {
  document::Source::Places places;
  places.size = in.number32();
  const std::size_t lines = in.count();
  places.line_starts.reserve(lines + 1);
  for (std::size_t line = 0; line < lines; ++line) {
    const std::uint64_t start = std::uint64_t{places.line_starts.back()} + in.number32();
    if (start > places.size) in.fail();
    places.line_starts.push_back(static_cast<std::uint32_t>(start));
  }
  return places;
}

}  // namespace

void read_facts(ByteReader& in, SnapshotBuilder& builder) {
  builder.set_world(in.byte() == 0 ? World::open : World::closed);
  const std::size_t count = in.count();
  for (std::size_t i = 0; i < count; ++i) {
    std::string name = read_text(in);
    builder.set_fact(std::move(name), read_text(in));
  }
}

std::vector<std::string_view> read_texts(ByteReader& in) {
  std::vector<std::uint32_t> sizes(in.count());
  for (std::uint32_t& size : sizes) size = in.number32();
  const std::string_view bytes = in.raw(in.left());
  if (find_invalid_utf8(bytes)) in.fail();
  std::vector<std::string_view> texts;
  texts.reserve(sizes.size());
  std::size_t at = 0;
  for (const std::uint32_t size : sizes) {
    if (size > bytes.size() - at || !is_boundary(bytes, at)) return in.fail(), texts;
    texts.push_back(bytes.substr(at, size));
    at += size;
  }
  if (at != bytes.size()) in.fail();
  return texts;
}

std::vector<std::shared_ptr<const document::Source>> read_sources(ByteReader& in) {
  std::vector<std::shared_ptr<const document::Source>> sources;
  const std::size_t count = in.count();
  for (std::size_t i = 0; i < count && !in.failed(); ++i) {
    std::string name = read_text(in);
    sources.push_back(std::make_shared<const document::Source>(std::move(name), read_places(in)));
  }
  return sources;
}

void read_coverage(ByteReader& in, SnapshotBuilder& builder) {
  const std::size_t count = in.count();
  for (std::size_t i = 0; i < count; ++i) {
    Coverage entry;
    entry.input = read_text(in);
    const std::uint8_t status = in.byte();
    if (status >= coverage_statuses) in.fail();
    entry.status = CoverageStatus{status};
    entry.reason = read_text(in);
    entry.place.source = read_text(in);
    entry.place.line = in.number32();
    entry.place.column = in.number32();
    if (in.failed()) return;
    builder.add_coverage(std::move(entry));
  }
}

}  // namespace kastell::snapshot::file

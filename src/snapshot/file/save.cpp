#include <algorithm>
#include <span>
#include <utility>

#include "base/bytes.h"
#include "snapshot/file/digest.h"
#include "snapshot/file/format.h"
#include "snapshot/file/object_encoder.h"
#include "snapshot/file/packing.h"
#include "snapshot/snapshot_file.h"

namespace kastell::snapshot {

namespace {

using file::Digest;
using file::DigestMaker;
using file::magic;
using file::newest_version;
using file::ObjectEncoder;
using file::pack;
using file::Packed;
using file::SectionKind;

// Objects are packed together until they reach this size.
constexpr std::size_t block_size = std::size_t{1} << 20;

class FileWriter {
 public:
  explicit FileWriter(const FileSink& sink) : sink_(sink) {}

  void header() {
    ByteWriter out;
    out.raw(magic);
    out.fixed(newest_version);
    put(out.bytes());
  }

  void section(SectionKind kind, const Packed& packed) {
    ByteWriter out;
    out.fixed(static_cast<std::uint32_t>(kind));
    out.fixed(static_cast<std::uint64_t>(packed.unpacked_size));
    out.fixed(static_cast<std::uint64_t>(packed.bytes.size()));
    put(out.bytes());
    put(packed.bytes);
  }
  void section(SectionKind kind, std::string_view bytes) { section(kind, pack(bytes)); }

  void finish() {
    section(SectionKind::end, Packed{});
    const Digest digest = digest_.finish();
    sink_({reinterpret_cast<const char*>(digest.data()), digest.size()});
  }

 private:
  void put(std::string_view bytes) {
    digest_.add(bytes);
    sink_(bytes);
  }

  const FileSink& sink_;
  DigestMaker digest_;
};

void write_facts(FileWriter& file, const Snapshot& snapshot) {
  ByteWriter out;
  out.byte(snapshot.world() == World::closed ? 1 : 0);
  out.varint(snapshot.facts().size());
  for (const Fact& fact : snapshot.facts()) {
    out.text(fact.name);
    out.text(fact.value);
  }
  file.section(SectionKind::facts, out.bytes());
}

void write_texts(FileWriter& file, SectionKind kind, std::span<const std::string_view> texts) {
  ByteWriter out;
  out.varint(texts.size());
  for (const std::string_view text : texts) out.varint(text.size());
  for (const std::string_view text : texts) out.raw(text);
  file.section(kind, out.bytes());
}

void write_sources(FileWriter& file, const Snapshot& snapshot) {
  ByteWriter out;
  out.varint(snapshot.sources().size());
  for (const auto& source : snapshot.sources()) {
    const document::Source::Places places = source->places();
    out.text(source->name());
    out.varint(places.size);
    out.varint(places.line_starts.size() - 1);
    for (std::size_t i = 1; i < places.line_starts.size(); ++i) {
      out.varint(places.line_starts[i] - places.line_starts[i - 1]);
    }
  }
  file.section(SectionKind::sources, out.bytes());
}

void write_coverage(FileWriter& file, const Snapshot& snapshot) {
  ByteWriter out;
  out.varint(snapshot.coverage().size());
  for (const Coverage& entry : snapshot.coverage()) {
    out.text(entry.input);
    out.byte(static_cast<std::uint8_t>(entry.status));
    out.text(entry.reason);
    out.text(entry.place.source);
    out.varint(entry.place.line);
    out.varint(entry.place.column);
  }
  file.section(SectionKind::coverage, out.bytes());
}

std::unexpected<Error> too_deep(const Snapshot& snapshot, const Object& object, std::uint32_t depth) {
  return failure(ErrorCode::limit,
                 std::string(object.kind) + " " + std::string(object.name) +
                     " is nested deeper than the limit of a snapshot file, " + std::to_string(depth),
                 snapshot.source_of(object).place_of(object.offset));
}

// Objects in blocks. The keys and texts that they need are known only when all are encoded, and stand before them in
// the file, so the blocks are packed first and kept.
class Blocks {
 public:
  explicit Blocks(const Snapshot& snapshot) : snapshot_(snapshot), encoder_(snapshot.symbols(), FileLimits{}.depth) {}

  Result<void> encode() {
    for (const Object& object : snapshot_.objects()) {
      if (count_ == 0) first_text_ = encoder_.texts().texts().size();
      const document::Source& source = snapshot_.source_of(object);
      out_.varint(object.document);
      const auto point_of = [&source](std::uint32_t offset) { return source.point_of(offset); };
      if (!encoder_.encode(object, point_of, out_)) return too_deep(snapshot_, object, FileLimits{}.depth);
      ++count_;
      if (out_.size() >= block_size) end_block();
    }
    if (count_ > 0) end_block();
    return {};
  }

  const ObjectEncoder& encoder() const { return encoder_; }
  std::span<const Packed> packed() const { return blocks_; }

 private:
  void end_block() {
    ByteWriter head;
    head.varint(std::exchange(count_, 0));
    head.varint(first_text_);
    head.raw(out_.bytes());
    blocks_.push_back(pack(head.bytes()));
    out_.clear();
  }

  const Snapshot& snapshot_;
  ObjectEncoder encoder_;
  ByteWriter out_;
  std::size_t count_ = 0;
  std::size_t first_text_ = 0;
  std::vector<Packed> blocks_;
};

std::vector<std::string_view> texts_of(std::span<const Symbol> keys, const SymbolTable& symbols) {
  std::vector<std::string_view> texts;
  for (const Symbol key : keys) texts.push_back(symbols.text(key));
  return texts;
}

}  // namespace

Result<void> save(const Snapshot& snapshot, const FileSink& sink) {
  Blocks blocks(snapshot);
  if (auto encoded = blocks.encode(); !encoded) return encoded;
  FileWriter file(sink);
  file.header();
  write_facts(file, snapshot);
  write_texts(file, SectionKind::keys, texts_of(blocks.encoder().keys(), snapshot.symbols()));
  write_texts(file, SectionKind::texts, blocks.encoder().texts().texts());
  write_sources(file, snapshot);
  write_coverage(file, snapshot);
  for (const Packed& block : blocks.packed()) file.section(SectionKind::objects, block);
  file.finish();
  return {};
}

}  // namespace kastell::snapshot

#include <span>
#include <utility>

#include "base/parallel.h"
#include "snapshot/file/container.h"
#include "snapshot/file/object_decoder.h"
#include "snapshot/file/tables.h"
#include "snapshot/snapshot_file.h"

namespace kastell::snapshot {

namespace {

using file::damaged;
using file::ObjectDecoder;
using file::read_coverage;
using file::read_facts;
using file::read_sections;
using file::read_sources;
using file::read_texts;
using file::Section;
using file::SectionKind;
using file::table_order;
using file::Tables;
using file::Trouble;
using file::unpack_section;

class FileLoader {
 public:
  FileLoader(std::shared_ptr<SymbolTable> symbols, const LoadOptions& options)
      : symbols_(std::move(symbols)), options_(options), builder_(symbols_) {}

  Result<Snapshot> load(std::string_view bytes) {
    const auto sections = read_sections(bytes, options_.limits);
    if (!sections) return std::unexpected(sections.error());
    for (std::size_t i = 0; i < table_order.size(); ++i) {
      if (auto read = read_table((*sections)[i]); !read) return std::unexpected(std::move(read.error()));
    }
    auto added = read_objects(std::span(*sections).subspan(table_order.size()));
    if (!added) return std::unexpected(std::move(added.error()));
    return std::move(builder_).finish();
  }

 private:
  Result<void> read_table(const Section& section) {
    const auto unpacked = unpack_section(section);
    if (!unpacked) return std::unexpected(unpacked.error());
    ByteReader in(unpacked->bytes);
    switch (section.kind) {
      case SectionKind::facts: read_facts(in, builder_); break;
      case SectionKind::keys:
        if (auto taken = take_keys(read_texts(in)); !taken) return taken;
        break;
      case SectionKind::texts:
        tables_.texts = read_texts(in);
        builder_.keep_alive(unpacked->memory);
        break;
      case SectionKind::sources:
        sources_ = read_sources(in);
        tables_.sources = sources_.size();
        break;
      default: read_coverage(in, builder_); break;
    }
    return in.failed() || in.left() != 0 ? damaged("a section does not read") : Result<void>{};
  }

  Result<void> take_keys(const std::vector<std::string_view>& keys) {
    if (keys.size() > options_.limits.keys) {
      return failure(ErrorCode::limit,
                     "a snapshot file with more keys than the limit, " + std::to_string(options_.limits.keys));
    }
    for (const std::string_view key : keys) tables_.keys.push_back(symbols_->intern(key));
    tables_.symbols = symbols_->size();
    tables_.depth = options_.limits.depth;
    return {};
  }

  // One section of objects, decoded.
  struct Block {
    Trouble trouble = Trouble::damaged;
    std::shared_ptr<Arena> arena = std::make_shared<Arena>();
    std::vector<Object> objects;
  };

  Block decode(const Section& section) const {
    Block block;
    const auto unpacked = unpack_section(section);
    if (!unpacked) return block;
    ObjectDecoder decoder(tables_, unpacked->bytes, *block.arena);
    block.trouble = decoder.decode();
    block.objects = std::move(decoder.objects());
    return block;
  }

  Result<void> read_objects(std::span<const Section> sections) {
    std::vector<Block> blocks(sections.size());
    parallel_for(blocks.size(), options_.threads, [&](std::size_t at, unsigned) { blocks[at] = decode(sections[at]); });
    for (Block& block : blocks) {
      if (block.trouble == Trouble::too_deep) {
        return failure(ErrorCode::limit, "a snapshot file with an object nested deeper than the limit, " +
                                             std::to_string(options_.limits.depth));
      }
      if (block.trouble != Trouble::none) return damaged("its objects do not read");
      builder_.keep_alive(std::move(block.arena));
    }
    return add_objects(blocks);
  }

  // By source, since that is how the builder takes them.
  Result<void> add_objects(std::vector<Block>& blocks) {
    std::vector<Object> of_source;
    std::size_t source = 0;
    const auto end_source = [&] { builder_.add(sources_[source++], std::exchange(of_source, {})); };
    for (Block& block : blocks) {
      for (Object& object : block.objects) {
        if (object.document < source) return damaged("its objects are not in order");
        while (source < object.document) end_source();
        of_source.push_back(std::move(object));
      }
      block.objects = {};
    }
    while (source < sources_.size()) end_source();
    return {};
  }

  std::shared_ptr<SymbolTable> symbols_;
  const LoadOptions& options_;
  SnapshotBuilder builder_;
  Tables tables_;
  std::vector<std::shared_ptr<const document::Source>> sources_;
};

}  // namespace

bool is_snapshot_file(std::string_view bytes) {
  return bytes.starts_with(file::magic);
}

Result<Snapshot> load(std::string_view bytes, const std::string& name, std::shared_ptr<SymbolTable> symbols,
                      const LoadOptions& options) {
  auto snapshot = FileLoader(std::move(symbols), options).load(bytes);
  if (!snapshot) snapshot.error().place.source = name;
  return snapshot;
}

}  // namespace kastell::snapshot

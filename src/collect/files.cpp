#include "collect/files.h"

#include <algorithm>
#include <atomic>
#include <utility>
#include <variant>

#include "base/parallel.h"
#include "collect/embedded.h"
#include "collect/file_list.h"
#include "collect/render/rendered.h"
#include "snapshot/snapshot_file.h"

namespace kastell::collect {

using document::DocumentStream;
using document::Source;
using snapshot::Coverage;
using snapshot::CoverageStatus;

namespace {

// A file, and the configuration files that stand in its ConfigMaps.
struct ReadFile {
  DocumentStream stream;
  std::optional<DocumentStream> embedded;
};
using Outcome = std::variant<std::monostate, ReadFile, Rendered, snapshot::Snapshot, Coverage>;

constexpr std::size_t binary_sample = 8192;

// A NUL byte near the beginning means no text, unless the file is UTF-16 or UTF-32 and says so.
bool is_binary(std::string_view text) {
  if (text.starts_with("\xFE\xFF") || text.starts_with("\xFF\xFE")) return false;
  return text.substr(0, binary_sample).find('\0') != std::string_view::npos &&
         !text.starts_with(std::string_view("\0\0\xFE\xFF", 4));
}

// A template is broken YAML for a reason that the parser cannot know.
void explain_templates(DocumentStream& stream) {
  if (stream.errors.empty() || stream.source->text().find("{{") == std::string_view::npos) return;
  stream.errors.front().message += " (this looks like a template: name the folder of its chart to have it rendered)";
}

class FileReader {
 public:
  FileReader(const FileSystem& files, std::shared_ptr<SymbolTable> symbols, const FileOptions& options)
      : files_(files), symbols_(std::move(symbols)), options_(options) {}

  Outcome read(const FileInput& input) const {
    if (input.instead) return *input.instead;
    if (input.bundle != Bundle::none) return read_bundle(input);
    const ReadBounds bounds{Source::padding, options_.limits.source_bytes};
    auto content = input.path == "-" ? files_.read_standard_input(bounds) : files_.read(input.path, bounds);
    if (!content) return unreadable(input, content.error().message);
    const std::string_view text(content->buffer.get(), content->size);
    if (snapshot::is_snapshot_file(text)) return load(input, text);
    if (is_binary(text)) return unreadable(input, "a binary file");
    auto source = std::make_shared<const Source>(shown_path(input.path), std::move(content->buffer), content->size);
    DocumentStream stream = document::parse(std::move(source), *symbols_, {.limits = options_.limits});
    explain_templates(stream);
    auto embedded = read_embedded(stream, *symbols_, options_.limits);
    return ReadFile{std::move(stream), std::move(embedded)};
  }

 private:
  Outcome read_bundle(const FileInput& input) const {
    auto outcome =
        render(input.bundle, input.path, shown_path(input.path), files_, *symbols_, options_.limits, options_.render);
    if (auto* coverage = std::get_if<Coverage>(&outcome)) return std::move(*coverage);
    return std::move(std::get<Rendered>(outcome));
  }

  Outcome load(const FileInput& input, std::string_view bytes) const {
    auto loaded = snapshot::load(bytes, input.path, symbols_, {.threads = options_.threads});
    if (!loaded) return unreadable(input, loaded.error().message);
    return std::move(*loaded);
  }

  static Coverage unreadable(const FileInput& input, std::string reason) {
    return {shown_path(input.path), CoverageStatus::unreadable, std::move(reason), {}};
  }

  const FileSystem& files_;
  std::shared_ptr<SymbolTable> symbols_;
  const FileOptions& options_;
};

// To start a thread takes as long as to read some small files.
constexpr std::size_t few_files = 16;
constexpr std::uint64_t few_bytes = 128 * 1024;

unsigned threads_for(const std::vector<FileInput>& inputs, const FileSystem& files, unsigned wanted) {
  if (inputs.size() > few_files) return wanted;
  std::uint64_t bytes = 0;
  for (const FileInput& input : inputs) {
    if (input.bundle != Bundle::none) return wanted;  // a program runs for it
    bytes += input.instead ? 0 : files.status(input.path).size;
  }
  return bytes > few_bytes ? wanted : 1;
}

std::vector<Outcome> read_all(const std::vector<FileInput>& inputs, const FileReader& reader,
                              const FileOptions& options, unsigned threads) {
  std::vector<Outcome> outcomes(inputs.size());
  std::atomic<std::size_t> read{0};
  parallel_for(inputs.size(), threads, [&](std::size_t at, unsigned worker) {
    outcomes[at] = reader.read(inputs[at]);
    const std::size_t done = ++read;
    if (worker == 0 && options.progress) options.progress(done, inputs.size());
  });
  return outcomes;
}

// Snapshots of closed worlds make one together, as long as nothing else is beside them.
snapshot::World world_of(const std::vector<Outcome>& outcomes, const FileOptions& options) {
  const bool closed = std::ranges::all_of(outcomes, [](const Outcome& outcome) {
    const auto* loaded = std::get_if<snapshot::Snapshot>(&outcome);
    return loaded != nullptr && loaded->world() == snapshot::World::closed;
  });
  return closed && !outcomes.empty() ? snapshot::World::closed : options.world;
}

}  // namespace

Result<snapshot::Snapshot> collect_files(const std::vector<std::string>& inputs, std::shared_ptr<SymbolTable> symbols,
                                         const FileOptions& options) {
  const FileSystem& files = options.files == nullptr ? operating_system_files() : *options.files;
  const auto list = list_files(files, inputs, options.exclude, options.render.wanted);
  if (!list) return std::unexpected(list.error());

  std::vector<Outcome> outcomes =
      read_all(*list, FileReader(files, symbols, options), options, threads_for(*list, files, options.threads));
  snapshot::SnapshotBuilder builder(symbols);
  builder.set_world(world_of(outcomes, options));
  for (Outcome& outcome : outcomes) {
    if (auto* loaded = std::get_if<snapshot::Snapshot>(&outcome)) builder.add(std::move(*loaded));
    if (auto* file = std::get_if<ReadFile>(&outcome)) {
      builder.add(std::move(file->stream));
      if (file->embedded) builder.add(std::move(*file->embedded));
    }
    if (auto* rendered = std::get_if<Rendered>(&outcome)) {
      builder.add(std::move(rendered->stream), std::move(rendered->provenance));
    }
    if (auto* coverage = std::get_if<Coverage>(&outcome)) builder.add_coverage(std::move(*coverage));
  }
  return std::move(builder).finish();
}

}  // namespace kastell::collect

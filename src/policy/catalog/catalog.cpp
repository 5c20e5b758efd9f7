#include <algorithm>
#include <set>

#include "base/file_system.h"
#include "policy/catalog/control_reader.h"
#include "policy/catalog/embedded.h"

namespace kastell::policy {

// Gathers controls from sources.
class CatalogReader {
 public:
  CatalogReader(std::shared_ptr<SymbolTable> symbols, const CatalogDemands& demands)
      : symbols_(std::move(symbols)), pool_(std::make_shared<Dialect>(symbols_)), demands_(demands) {}

  void add(std::shared_ptr<const document::Source> source) {
    document::DocumentStream stream = document::parse(std::move(source), *symbols_);
    errors_.insert(errors_.end(), stream.errors.begin(), stream.errors.end());
    Complaints complaints(*stream.source, *symbols_, errors_);
    ControlReader reader(complaints, pool_, *symbols_, demands_);
    for (const document::Document& document : stream.documents) {
      Control control = reader.read({document.root, document.offset});
      if (!ids_.insert(control.id).second)
        complaints.add(document.offset, "control '" + control.id + "' exists already");
      catalog_.controls_.push_back(std::move(control));
    }
    catalog_.keep_alive_.push_back(stream.source);
    catalog_.keep_alive_.push_back(stream.arena);
  }

  void add_error(Error error) { errors_.push_back(std::move(error)); }

  std::expected<Catalog, std::vector<Error>> finish() && {
    if (!errors_.empty()) return std::unexpected(std::move(errors_));
    std::ranges::sort(catalog_.controls_, {}, &Control::id);
    return std::move(catalog_);
  }

 private:
  std::shared_ptr<SymbolTable> symbols_;
  ExpressionPool pool_;
  CatalogDemands demands_;
  Catalog catalog_;
  std::set<std::string> ids_;
  std::vector<Error> errors_;
};

namespace {

constexpr unsigned deepest_folder = 32;

bool is_catalog_file(std::string_view name) {
  return name.ends_with(".yaml") || name.ends_with(".yml");
}

// The text of a catalogue file but for its examples: what belongs to the key `examples` is indented.
std::string without_examples(std::string_view text) {
  std::string rest;
  rest.reserve(text.size());
  bool in_examples = false;
  for (std::size_t at = 0; at < text.size();) {
    const std::size_t end = std::min(text.find('\n', at), text.size() - 1) + 1;
    const std::string_view line = text.substr(at, end - at);
    if (line.front() != ' ' && line.front() != '\n') in_examples = line.starts_with("examples:");
    if (!in_examples) rest += line;
    at = end;
  }
  return rest;
}

void add_path(CatalogReader& reader, const FileSystem& files, const std::string& path, unsigned depth);

void add_file(CatalogReader& reader, const FileSystem& files, const std::string& path) {
  auto content = files.read(path, {.padding = document::Source::padding});
  if (!content) return reader.add_error(std::move(content.error()));
  reader.add(std::make_shared<document::Source>(path, std::move(content->buffer), content->size));
}

void add_folder(CatalogReader& reader, const FileSystem& files, const std::string& path, unsigned depth) {
  auto entries = files.list(path);
  if (!entries) return reader.add_error(std::move(entries.error()));
  std::ranges::sort(*entries, {}, &FolderEntry::name);
  for (const FolderEntry& entry : *entries) {
    const bool folder = entry.status.kind == FileKind::folder;
    if (folder || is_catalog_file(entry.name)) add_path(reader, files, join_path(path, entry.name), depth + 1);
  }
}

void add_path(CatalogReader& reader, const FileSystem& files, const std::string& path, unsigned depth) {
  if (depth > deepest_folder) return reader.add_error({ErrorCode::limit, "folders nest too deeply", {path}});
  switch (files.status(path).kind) {
    case FileKind::folder: return add_folder(reader, files, path, depth);
    case FileKind::missing: return reader.add_error({ErrorCode::not_found, "no such file or folder", {path}});
    default: return add_file(reader, files, path);
  }
}

}  // namespace

Result<Catalog> Catalog::embedded(std::shared_ptr<SymbolTable> symbols, Examples examples) {
  const bool kept = examples == Examples::kept;
  CatalogReader reader(std::move(symbols), {.compiled = false, .with_examples = kept});
  for (const EmbeddedFile& file : embedded_controls()) {
    reader.add(std::make_shared<document::Source>(std::string(file.name),
                                                  kept ? std::string(file.text) : without_examples(file.text)));
  }
  auto catalog = std::move(reader).finish();
  if (!catalog) return std::unexpected(std::move(catalog.error().front()));
  return std::move(*catalog);
}

std::expected<Catalog, std::vector<Error>> Catalog::load(const std::vector<std::string>& paths,
                                                         std::shared_ptr<SymbolTable> symbols) {
  CatalogReader reader(std::move(symbols), {});
  for (const std::string& path : paths) add_path(reader, operating_system_files(), path, 0);
  return std::move(reader).finish();
}

const Control* Catalog::find(std::string_view id) const {
  const auto at = std::ranges::lower_bound(controls_, id, {}, &Control::id);
  return at != controls_.end() && at->id == id ? &*at : nullptr;
}

std::vector<std::string_view> Catalog::ids() const {
  std::vector<std::string_view> ids;
  for (const Control& control : controls_) ids.push_back(control.id);
  return ids;
}

std::vector<std::string_view> Catalog::parameters() const {
  std::set<std::string_view> names;
  for (const Control& control : controls_) {
    if (!control.parameter.empty()) names.insert(control.parameter);
  }
  return {names.begin(), names.end()};
}

std::vector<std::string_view> Catalog::frameworks() const {
  std::set<std::string_view> names;
  for (const Control& control : controls_) {
    for (const auto& [framework, rows] : control.references) names.insert(framework);
  }
  return {names.begin(), names.end()};
}

}  // namespace kastell::policy

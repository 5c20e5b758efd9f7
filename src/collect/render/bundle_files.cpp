#include "collect/render/bundle_files.h"

#include <filesystem>
#include <utility>

namespace kastell::collect {

namespace {

constexpr std::uint64_t most_bytes = std::uint64_t{8} << 20;

}  // namespace

std::optional<BundleFile> BundleFile::read(const FileSystem& files, const std::string& path) {
  auto content = files.read(path, {.padding = document::Source::padding, .most_bytes = most_bytes});
  if (!content) return std::nullopt;
  BundleFile file;
  file.symbols_ = std::make_shared<SymbolTable>();
  auto source = std::make_shared<const document::Source>(path, std::move(content->buffer), content->size);
  file.stream_ = std::make_shared<const document::DocumentStream>(document::parse(std::move(source), *file.symbols_));
  if (file.stream_->documents.empty()) return std::nullopt;
  file.root_ = &file.stream_->documents.front().root;
  return file;
}

std::string normal_path(std::string_view path) {
  std::string normal = std::filesystem::path(path).lexically_normal().string();
  while (normal.size() > 1 && normal.ends_with('/')) normal.pop_back();
  return normal.empty() ? "." : normal;
}

}  // namespace kastell::collect

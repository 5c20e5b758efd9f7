// Reading the small YAML files that describe charts and overlays.
#pragma once

#include <optional>
#include <string>
#include <string_view>

#include "base/file_system.h"
#include "document/document.h"
#include "kube/client/field.h"

namespace kastell::collect {

// A YAML file of one document, with the table that its keys are in.
class BundleFile {
 public:
  // Nothing if it is missing, too large, broken, or holds no document.
  static std::optional<BundleFile> read(const FileSystem& files, const std::string& path);

  client::Field operator[](std::string_view key) const { return client::Field(root_, *symbols_)[key]; }
  const document::Node& root() const { return *root_; }
  std::uint32_t offset() const { return stream_->documents.front().offset; }
  const document::Source& source() const { return *stream_->source; }
  SymbolTable& symbols() const { return *symbols_; }

 private:
  std::shared_ptr<SymbolTable> symbols_;
  std::shared_ptr<const document::DocumentStream> stream_;
  const document::Node* root_ = nullptr;
};

// "a/b/../c" → "a/c"; "." for the folder itself.
std::string normal_path(std::string_view path);

}  // namespace kastell::collect

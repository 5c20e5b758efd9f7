// TemporaryFolder: a folder of this process alone, gone with everything in it when the object is.
#pragma once

#include <string>
#include <string_view>

#include "base/result.h"

namespace kastell {

class TemporaryFolder {
 public:
  // In TMPDIR, else /tmp; for its owner only.
  static Result<TemporaryFolder> make();
  TemporaryFolder(TemporaryFolder&& other) noexcept : path_(std::move(other.path_)) { other.path_.clear(); }
  TemporaryFolder& operator=(TemporaryFolder&&) = delete;
  ~TemporaryFolder();

  const std::string& path() const { return path_; }
  // Its path.
  Result<std::string> add_file(std::string_view name, std::string_view text) const;

 private:
  explicit TemporaryFolder(std::string path) : path_(std::move(path)) {}
  std::string path_;
};

}  // namespace kastell

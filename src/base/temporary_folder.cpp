#include "base/temporary_folder.h"

#include <cerrno>
#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <system_error>

namespace kastell {

Result<TemporaryFolder> TemporaryFolder::make() {
  std::error_code error;
  std::string pattern = (std::filesystem::temp_directory_path(error) / "kastell-XXXXXX").string();
  if (error || mkdtemp(pattern.data()) == nullptr) {
    return failure(ErrorCode::unreadable, "no temporary folder to be had: " +
                                              (error ? error.message() : std::generic_category().message(errno)));
  }
  return TemporaryFolder(std::move(pattern));
}

TemporaryFolder::~TemporaryFolder() {
  std::error_code ignored;
  if (!path_.empty()) std::filesystem::remove_all(path_, ignored);
}

Result<std::string> TemporaryFolder::add_file(std::string_view name, std::string_view text) const {
  std::string path = path_ + "/" + std::string(name);
  std::ofstream file(path, std::ios::binary);
  file.write(text.data(), static_cast<std::streamsize>(text.size()));
  file.close();
  if (!file) return failure(ErrorCode::unreadable, "cannot write the temporary file " + path);
  return path;
}

}  // namespace kastell

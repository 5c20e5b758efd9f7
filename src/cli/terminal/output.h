// Where a report goes: standard output, or a file that appears only when it is whole.
#pragma once

#include <sys/types.h>

#include <cstdint>
#include <string>
#include <string_view>

#include "base/result.h"
#include "cli/terminal/console.h"

namespace kastell::cli {

class Output {
 public:
  // Not every file system has files without names.
  enum class UnnamedFiles : std::uint8_t { if_had, none };

  static Output to_console(Console& console) { return Output(console); }
  // Opens a file without a name in the folder of `path`, or in memory where that folder can have none: whatever ends
  // the program before finish(), nothing is left. A path that is no regular file (a pipe, /dev/null) is written
  // directly. `mode` counts less the umask. What a power cut within finish() left behind an hour ago is removed.
  static Result<Output> to_file(Console& console, const std::string& path, mode_t mode = 0666,
                                UnnamedFiles unnamed = UnnamedFiles::if_had);
  Output(Output&& other) noexcept;
  Output& operator=(Output&&) = delete;
  ~Output();  // what was not finished leaves no trace

  void write(std::string_view text);
  // Puts the file in its place. Errors: a full disk and the like; a reader of standard output who left is none.
  Result<void> finish();

 private:
  enum class Kind : std::uint8_t { direct, unnamed, in_memory };

  explicit Output(Console& console) : console_(console) {}
  void open_unnamed(UnnamedFiles unnamed);
  int give_name(const std::string& name);  // 0, or errno
  int put_in_place();                      // likewise

  Console& console_;
  int descriptor_ = -1;  // -1: the console
  std::string path_;
  Kind kind_ = Kind::direct;
  mode_t mode_ = 0;
  int problem_ = 0;  // errno of the first write that failed
};

}  // namespace kastell::cli

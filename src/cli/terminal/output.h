// Where a report goes: standard output, or a file that appears only when it is whole.
#pragma once

#include <sys/types.h>

#include <string>
#include <string_view>

#include "base/result.h"
#include "cli/terminal/console.h"

namespace kastell::cli {

class Output {
 public:
  static Output to_console(Console& console) { return Output(console); }
  // Opens a file without a name in the folder of `path`: whatever ends the program before finish(), nothing is left. A
  // path that is no regular file (a pipe, /dev/null) is written directly. `mode` counts less the umask.
  static Result<Output> to_file(Console& console, const std::string& path, mode_t mode = 0666);
  Output(Output&& other) noexcept;
  Output& operator=(Output&&) = delete;
  ~Output();  // what was not finished leaves no trace

  void write(std::string_view text);
  // Puts the file in its place. Errors: a full disk and the like; a reader of standard output who left is none.
  Result<void> finish();

 private:
  explicit Output(Console& console) : console_(console) {}
  int put_in_place();  // 0, or errno

  Console& console_;
  int descriptor_ = -1;  // -1: the console
  std::string path_;
  std::string temporary_;  // its name so far; empty if it has none, or is written directly
  bool unnamed_ = false;
  int problem_ = 0;  // errno of the first write that failed
};

}  // namespace kastell::cli

// Where a report goes: standard output, or a file that appears only when it is whole.
#pragma once

#include <string>
#include <string_view>

#include "base/result.h"
#include "cli/terminal/console.h"

namespace kastell::cli {

class Output {
 public:
  static Output to_console(Console& console) { return Output(console); }
  // Opens a temporary file beside `path`; a path that is no regular file (a pipe, /dev/null) is written directly.
  static Result<Output> to_file(Console& console, const std::string& path);
  Output(Output&& other) noexcept;
  Output& operator=(Output&&) = delete;
  ~Output();  // what was not finished leaves no trace

  void write(std::string_view text);
  // Puts the file in its place. Errors: a full disk and the like; a reader of standard output who left is none.
  Result<void> finish();

 private:
  explicit Output(Console& console) : console_(console) {}

  Console& console_;
  int descriptor_ = -1;  // -1: the console
  std::string path_, temporary_;
  int problem_ = 0;  // errno of the first write that failed
};

}  // namespace kastell::cli

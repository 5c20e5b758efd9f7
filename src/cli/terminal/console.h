// The console: the report goes to standard output, everything else to standard error.
#pragma once

#include <cstddef>
#include <string_view>

namespace kastell::cli {

struct Console {
  std::string_view program = "kastell";  // what was typed to start it
  bool out_is_terminal = false;
  bool err_is_terminal = false;
  bool colour_allowed = true;  // NO_COLOR is not set and TERM is not "dumb"
  std::size_t width = 100;     // columns of the terminal

  // Looks at this process's standard streams and environment.
  static Console of_process();

  // Writes everything. False once the reader has gone (a closed pipe) or the disk is full; see `failure`.
  bool write_out(std::string_view text);
  void write_err(std::string_view text) const;

  // errno of a write to standard output that failed for another reason than a reader who left; 0: none.
  int failure = 0;

 private:
  bool out_closed_ = false;
};

// Writes everything to a descriptor: 0, or errno.
int write_fully(int descriptor, std::string_view text);

}  // namespace kastell::cli

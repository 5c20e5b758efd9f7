// The command line: kastell COMMAND [arguments]. One file per command under cli/commands/.
//
// Exit codes: 0 clean, 1 findings at or above the threshold, 2 wrong usage, 3 incomplete, 4 a bug.
#pragma once

namespace kastell::cli {

int run(int argc, char** argv);

}  // namespace kastell::cli

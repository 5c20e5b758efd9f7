// The flags about exceptions, for every command that judges.
#pragma once

#include <array>

#include "cli/command_line.h"
#include "policy/scan.h"

namespace kastell::cli {

inline constexpr Flag exceptions_flag{.name = "exceptions",
                                      .value = "FILE",
                                      .help = "Accept what the exceptions in that file allow (docs/exceptions.md)",
                                      .completes = Completes::files};

inline constexpr auto exception_flags = std::to_array<Flag>({
    exceptions_flag,
    {.name = "strict", .value = "", .help = "Ignore the exceptions in annotations, and say how many there are"},
});

// The exceptions in a file; none for an empty path. Errors name every problem there is.
Result<std::shared_ptr<const policy::ExceptionList>> read_exceptions(const std::string& path,
                                                                     const policy::Catalog& catalog);

// What both flags ask for.
Result<void> use_exceptions(const Arguments& arguments, const policy::Catalog& catalog, policy::ScanOptions& scan);

}  // namespace kastell::cli

// Running a renderer: the environment it gets, and what is said when it fails.
#pragma once

#include <string>
#include <vector>

#include "base/temporary_folder.h"
#include "collect/render.h"

namespace kastell::collect {

// Its standard output. `home` is the only folder that it is told of. Errors: not_found (no such program), limit, and
// unreadable with the beginning of what it complained about.
Result<std::string> run_renderer(const std::string& program, std::vector<std::string> arguments,
                                 const TemporaryFolder& home, const RenderOptions& options);

}  // namespace kastell::collect

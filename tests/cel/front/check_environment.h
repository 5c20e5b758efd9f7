// The environment of the checker's cases: the standard library, the declarations of optional types
// and of the functions that macros call, and variables of every kind.
#pragma once

#include <memory>

#include "cel/compile.h"
#include "cel/front/case_file.h"

namespace kastell::cel::front {

std::shared_ptr<const Environment> check_environment(const Case& test);

}  // namespace kastell::cel::front

// A framework written out: what it asks, how much of it is decided and by what; with an assessment, the verdicts.
#pragma once

#include <string>

#include "policy/framework.h"

namespace kastell::cli {

// `assessment` may be null.
std::string guide_text(const policy::Framework& framework, const policy::FrameworkAssessment* assessment,
                       std::size_t width);

// {"schema": "kastell.guide/v1", "framework": {…}, "rows": […], "coverage": {…}, "verdicts"?: {…}}, a row per line.
std::string guide_json(const policy::Framework& framework, const policy::FrameworkAssessment* assessment);

}  // namespace kastell::cli

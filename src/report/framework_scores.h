// How much of the frameworks that were asked for holds: what was not evaluated counts, but never as pass.
#pragma once

#include <span>
#include <string>

#include "policy/framework.h"

namespace kastell::report {

// A line per framework; nothing without any.
void append_framework_scores(std::string& out, std::span<const policy::FrameworkAssessment> frameworks,
                             std::size_t width);

// ,"frameworks":[{"framework":…,"rows":…,"pass":…,…,"score":0.25}]; nothing without any.
void append_framework_scores_json(std::string& out, std::span<const policy::FrameworkAssessment> frameworks);

}  // namespace kastell::report

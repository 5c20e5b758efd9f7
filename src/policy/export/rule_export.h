// One rule of a control as a validation of a policy.
#pragma once

#include <expected>
#include <string>

#include "policy/export.h"

namespace kastell::policy {

// `variable`: what to call the list of the subjects that fail. Or why no policy can say it.
std::expected<PolicyValidation, std::string> export_rule(const Control& control, const Rule& rule, std::string variable,
                                                         const Parameters& parameters);

}  // namespace kastell::policy

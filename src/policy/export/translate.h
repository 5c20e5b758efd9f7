// From the variables of controls to those of admission policies, in the text of an expression.
#pragma once

#include <expected>
#include <string>
#include <string_view>

#include "policy/control.h"

namespace kastell::policy {

// The expression with the variables of an admission policy in place of the scope's; or why no policy can say it:
// "reads pod.rights, which other objects decide".
std::expected<std::string, std::string> translate(const Expression& expression, const Parameters& parameters);

}  // namespace kastell::policy

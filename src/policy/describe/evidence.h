// Evidence: which field of a subject decided a rule.
#pragma once

#include "policy/scan/subject.h"

namespace kastell::policy {

// The field that decided the outcome of `expression`, below the variable of that slot. Of several, one of the
// subject itself, that exists, and the deepest. The subject itself if finding it would cost too much
// (scan/cost_limits.h).
cel::FieldRead deciding_field(const Expression& expression, const Subject& subject, cel::Evaluation& evaluation);

}  // namespace kastell::policy

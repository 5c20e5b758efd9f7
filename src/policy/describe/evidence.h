// Evidence: which field of a subject decided a rule.
#pragma once

#include "policy/scan/subject.h"

namespace kastell::policy {

// The field that decided the outcome of `expression`, below the variable of that slot. Of several, one of the
// subject itself, that exists, and the deepest. The subject itself if finding it would cost too much
// (scan/cost_limits.h).
cel::FieldRead deciding_field(const Expression& expression, const Subject& subject, cel::Evaluation& evaluation);

// Of a rule that fails because of items of lists, the fields of all further ones: each is found as if those before were
// not there. None if the items are not to blame alone (without them the rule does not hold), or are too many.
inline constexpr std::size_t most_further_fields = 100;
std::vector<cel::FieldRead> further_fields(const Expression& expression, const Subject& subject,
                                           const cel::FieldRead& first, cel::Evaluation& evaluation, Arena& arena);

}  // namespace kastell::policy

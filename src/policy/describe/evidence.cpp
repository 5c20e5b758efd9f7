#include "policy/describe/evidence.h"

#include <tuple>

#include "policy/scan/cost_limits.h"

namespace kastell::policy {

namespace {

using Rank = std::tuple<bool, bool, std::size_t>;

Rank rank_of(const cel::FieldRead& read, const Subject& subject) {
  const bool exists =
      read.variable < subject.value_count && document::find(subject.values[read.variable], read.path) != nullptr;
  return {read.variable == 0, exists, read.path.size()};
}

}  // namespace

cel::FieldRead deciding_field(const Expression& expression, const Subject& subject, cel::Evaluation& evaluation) {
  const cel::Program* program = expression.program();
  if (program == nullptr) return {0, {}};
  evaluation.reset();
  evaluation.budget.cost = evidence_cost_limit;
  auto reads = cel::deciding_reads(expression.environment(), program->ast(), evaluation, subject.variables());
  if (evaluation.cost() > evidence_cost_limit) return {0, {}};
  cel::FieldRead best{0, {}};
  Rank best_rank{false, false, 0};
  for (cel::FieldRead& read : reads) {
    const Rank rank = rank_of(read, subject);
    if (rank <= best_rank) continue;
    best_rank = rank;
    best = std::move(read);
  }
  return best;
}

}  // namespace kastell::policy

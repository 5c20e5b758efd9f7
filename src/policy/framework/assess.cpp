// A scan's result by the rows of a framework.

#include <algorithm>

#include "policy/framework.h"

namespace kastell::policy {

namespace {

const ControlCount* count_of(const ScanResult& result, std::string_view id) {
  const auto at = std::ranges::lower_bound(result.controls, id, {}, &Control::id);
  if (at == result.controls.end() || (*at)->id != id) return nullptr;
  return &result.counts[static_cast<std::size_t>(at - result.controls.begin())];
}

struct RowCounts {
  ControlCount sum;
  bool all_ran = true;
};

RowCounts add_up(const FrameworkRow& row, const ScanResult& result) {
  RowCounts counts;
  for (const std::string& id : row.controls) {
    const ControlCount* count = count_of(result, id);
    counts.all_ran = counts.all_ran && count != nullptr;
    if (count == nullptr) continue;
    counts.sum.pass += count->pass;
    counts.sum.fail += count->fail;
    counts.sum.not_evaluated += count->not_evaluated;
    counts.sum.accepted += count->accepted;
    counts.sum.error += count->error;
  }
  return counts;
}

// One failure is enough to fail; everything must be known to pass.
RowVerdict verdict_of(const FrameworkRow& row, const RowCounts& counts) {
  if (row.coverage == RowCoverage::obsolete) return RowVerdict::not_applicable;
  if (row.controls.empty()) return RowVerdict::not_evaluated;
  if (counts.sum.fail > 0) return RowVerdict::fail;
  if (!counts.all_ran || counts.sum.not_evaluated > 0 || counts.sum.error > 0) return RowVerdict::not_evaluated;
  if (counts.sum.accepted > 0) return RowVerdict::accepted;
  if (counts.sum.pass == 0) return RowVerdict::not_applicable;
  return row.coverage == RowCoverage::full ? RowVerdict::pass : RowVerdict::holds;
}

}  // namespace

std::string_view name_of(RowVerdict verdict) {
  constexpr std::array<std::string_view, row_verdict_count> names{"pass",     "holds",         "fail",
                                                                  "accepted", "not-evaluated", "not-applicable"};
  return names[static_cast<std::size_t>(verdict)];
}

FrameworkAssessment assess(const Framework& framework, const ScanResult& result) {
  FrameworkAssessment assessment{.framework = &framework, .rows = {}};
  for (const FrameworkRow& row : framework.rows) {
    const RowCounts counts = add_up(row, result);
    const RowVerdict verdict = verdict_of(row, counts);
    assessment.rows.push_back({&row, verdict, counts.sum.fail});
    ++assessment.counts[static_cast<std::size_t>(verdict)];
  }
  return assessment;
}

}  // namespace kastell::policy

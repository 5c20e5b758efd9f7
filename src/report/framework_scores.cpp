#include "report/framework_scores.h"

#include <cstdio>

#include "base/text.h"
#include "report/wrap.h"

namespace kastell::report {

using policy::FrameworkAssessment;
using policy::RowVerdict;

namespace {

// In thousandths of the rows that could pass.
std::size_t score_of(const FrameworkAssessment& assessment) {
  return assessment.asked() == 0 ? 0 : assessment.count(RowVerdict::pass) * 1000 / assessment.asked();
}

std::string sentence(const FrameworkAssessment& assessment) {
  const auto count = [&](RowVerdict verdict) { return std::to_string(assessment.count(verdict)); };
  std::string text = assessment.framework->id + ": " + count(RowVerdict::pass) + " of " +
                     std::to_string(assessment.asked()) + " rows pass (" + std::to_string(score_of(assessment) / 10) +
                     " %), " + count(RowVerdict::holds) + " hold as far as they are decided, " +
                     count(RowVerdict::fail) + " fail, " + count(RowVerdict::not_evaluated) + " not evaluated";
  if (assessment.count(RowVerdict::accepted) > 0) text += ", " + count(RowVerdict::accepted) + " accepted";
  return text;
}

}  // namespace

void append_framework_scores(std::string& out, std::span<const FrameworkAssessment> frameworks, std::size_t width) {
  for (const FrameworkAssessment& assessment : frameworks) {
    append_wrapped(out, sentence(assessment), {.indent = 4, .width = width, .first_indent = 2, .hanging = true});
  }
}

void append_framework_scores_json(std::string& out, std::span<const FrameworkAssessment> frameworks) {
  if (frameworks.empty()) return;
  out += ",\"frameworks\":[";
  for (const FrameworkAssessment& assessment : frameworks) {
    out += "{\"framework\":\"";
    append_json_escaped(out, assessment.framework->id);
    out.append("\",\"rows\":").append(std::to_string(assessment.rows.size())).append(",");
    for (std::size_t i = 0; i < policy::row_verdict_count; ++i) {
      out.append("\"").append(name_of(RowVerdict(i))).append("\":").append(std::to_string(assessment.counts[i]));
      out += ',';
    }
    char score[16];
    std::snprintf(score, sizeof score, "%.3f", static_cast<double>(score_of(assessment)) / 1000);
    out.append("\"score\":").append(score).append("},");
  }
  out.back() = ']';
}

}  // namespace kastell::report

// What a report shows of subjects that are no objects: kinds in the dark, exceptions.

#include "policy/describe/message.h"
#include "policy/describe/undecided.h"
#include "policy/scan.h"

namespace kastell::policy {

// There is nothing to follow a field into.
const FindingDetail& Describer::describe_unseen(const Finding& finding, const UnseenResource& unseen) {
  detail_ = {};
  detail_.object = &unseen.object;
  detail_.source = unseen.source.get();
  detail_.place.source = unseen.source->name();
  detail_.reason = result_.reasons[finding.reason];
  append_undecided(detail_, finding.verdict, *result_.controls[finding.control]);
  return detail_;
}

const FindingDetail& Describer::describe_exception(const Finding& finding, const ExceptionUse& use) {
  const Exception& exception = use.exception;
  const std::string value = !exception.problem.empty() ? exception.problem
                            : exception.until          ? day_text(*exception.until)
                                                       : std::string{};
  detail_ = {};
  detail_.object = &use.object;
  detail_.source = use.source;
  detail_.container = exception.container;
  detail_.field = use.field;
  detail_.place = use.source->place_of(use.offset);
  detail_.offset = use.offset;
  detail_.reason = result_.reasons[finding.reason];
  append_message(detail_.message, result_.controls[finding.control]->rules[finding.rule].message,
                 {exception.container, use.field, value, exception.control.empty() ? "?" : exception.control,
                  use.object.kind, use.object.effective_namespace()});
  return detail_;
}

}  // namespace kastell::policy

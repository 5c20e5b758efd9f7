// What is said of something that was not judged.
#pragma once

#include "policy/scan.h"

namespace kastell::policy {

// The rule's own message would read as if it had failed.
inline void append_undecided(FindingDetail& detail, Verdict verdict, const Control& control) {
  detail.message += verdict == Verdict::error ? "could not be judged: " : "not evaluated: ";
  detail.message += control.title;
  if (!detail.reason.empty()) detail.message.append(" (").append(detail.reason).append(")");
}

}  // namespace kastell::policy

// The order of verdicts.
#pragma once

#include "report/diff.h"

namespace kastell::report {

// How bad a verdict is: what cannot be told is worse than what is known to be well.
inline unsigned rank(policy::Verdict verdict) {
  using policy::Verdict;
  switch (verdict) {
    case Verdict::not_applicable:
    case Verdict::pass: return 0;
    case Verdict::accepted: return 1;
    case Verdict::not_evaluated: return 2;
    case Verdict::error: return 3;
    case Verdict::fail: break;
  }
  return 4;
}

}  // namespace kastell::report

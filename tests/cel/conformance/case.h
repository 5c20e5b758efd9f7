// One case of the conformance suite and what became of it.
#pragma once

#include <string>
#include <vector>

#include "cel/conformance/textproto.h"

namespace kastell::cel::conformance {

struct Case {
  std::string name;  // "file/section/test"
  Field test;        // cel.expr.conformance.test.SimpleTest
};

struct Outcome {
  bool passed = false;
  std::string why = {};  // it failed
};

std::vector<Case> cases_of(const std::string& file, const Field& suite);

// Parses, checks unless told otherwise, evaluates with both engines, compares.
Outcome run(const Case& c);

}  // namespace kastell::cel::conformance

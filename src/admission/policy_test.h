// Tests of admission policies: cases as data, what is expected of each, and which outcomes of each expression they saw.
//
//   cases:
//     - name: privileged pods are refused
//       object: {apiVersion: v1, kind: Pod, …}
//       oldObject: {…}                          # makes it an update; alone, a deletion
//       operation: CREATE                       # CREATE, UPDATE, DELETE; mostly told from the objects
//       user: ann
//       groups: [dev]
//       namespaceLabels: {team: shop}           # of the object's namespace
//       context: [parameter objects, roles, …]
//       expect: {decision: deny, message: privileged, object: {…}}
//
// `message` must occur in the denial or in a warning; what `object` shows must be so in the object as mutating policies
// leave it.
#pragma once

#include <map>
#include <string>
#include <vector>

#include "admission/admission.h"
#include "document/document.h"

namespace kastell::admission {

struct TestResult {
  std::string name;
  std::vector<std::string> failures = {};  // none: it passed
  Place place = {};
};

// Outcomes of one expression that any case saw.
struct Seen {
  std::size_t passed = 0, failed = 0, errors = 0;  // a mutation passes when it changes nothing, fails when it does
};

struct TestRun {
  std::vector<TestResult> results;
  // By policy and expression: "no-root: spec.validations[0]".
  std::map<std::string, Seen> coverage;

  std::size_t failed() const;
  // Expressions of which one side was never seen.
  std::size_t half_seen() const;
};

// Adds every validation and mutation of the policies, unseen.
void expect_coverage(const PolicySet& policies, TestRun& run);

// Runs the cases of one file. An error if it is no such file, with its place.
Result<void> run_tests(const document::DocumentStream& file, const PolicySet& policies,
                       const std::shared_ptr<SymbolTable>& symbols, const JudgeOptions& options, TestRun& run);

std::string to_text(const TestRun& run);
// {"schema": "kastell.policy-test/v1", "results": […], "coverage": […], "summary": {…}}
std::string to_json(const TestRun& run);

}  // namespace kastell::admission

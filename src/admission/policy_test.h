// Tests of admission policies: cases as data, what is expected of each, and which outcomes of each expression they saw.
//
//   cases:
//     - name: privileged pods are refused
//       object: {apiVersion: v1, kind: Pod, …}
//       oldObject: {…}                          # makes it an update; alone, a deletion
//       operation: CREATE                       # CREATE, UPDATE, DELETE; mostly told from the objects
//       user: ann
//       groups: [dev]
//       now: "2027-03-31T12:00:00Z"             # when: creationTimestamp, or managedFields of an update
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
#include "admission/evaluate/coverage.h"
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

// A way that no case took in an expression: a side of && or ||, of ?:, or within a macro.
struct UntakenBranch {
  std::string policy, field;  // "spec.validations[0].expression"
  std::string text;           // of the condition: "object.spec.replicas > 1"
  std::string_view missing;   // "never true", "never false"; what a macro makes of items: "never run"
  Place place = {};           // of the condition, or of the field if the file writes it in another way
};

struct TestRun {
  std::vector<TestResult> results;
  // By policy and expression: "no-root: spec.validations[0]".
  std::map<std::string, Seen> coverage;
  std::size_t branches = 0;            // of all expressions, variables and match conditions included
  std::vector<UntakenBranch> untaken;  // in the order of the policies and of their texts

  std::size_t failed() const;
  // Expressions of which one side was never seen.
  std::size_t half_seen() const;
  bool is_fully_covered() const { return half_seen() == 0 && untaken.empty(); }
};

// Adds every validation and mutation of the policies, unseen.
void expect_coverage(const PolicySet& policies, TestRun& run);

// Runs the cases of one file. An error if it is no such file, with its place.
Result<void> run_tests(const document::DocumentStream& file, const PolicySet& policies,
                       const std::shared_ptr<SymbolTable>& symbols, const JudgeOptions& options, TestRun& run);

// After all tests: which branches were not taken. `options.coverage` of the tests, and the policies' own snapshot.
void read_branches(const PolicySet& policies, const snapshot::Snapshot& snapshot, ExpressionCoverage& coverage,
                   TestRun& run);

std::string to_text(const TestRun& run);
// {"schema": "kastell.policy-test/v1", "results": […], "coverage": […], "untaken": [{"policy", "field", "condition",
// "missing", "location"}], "summary": {…}}
std::string to_json(const TestRun& run);

}  // namespace kastell::admission

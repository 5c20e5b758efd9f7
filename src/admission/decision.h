// What admission policies say of a request, and why.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "admission/policy.h"

namespace kastell::admission {

// In rising order. `error`: it could not be decided at all, and the API server would refuse the request.
enum class Verdict : std::uint8_t { allow, audit, warn, deny, error };
std::string_view name_of(Verdict verdict);  // "allow"

struct ExpressionResult {
  enum class State : std::uint8_t { passed, failed, error } state = State::passed;
  std::size_t index = 0;     // into the policy's validations
  std::string message = {};  // of what did not pass
  std::string reason = {};   // StatusReason of a denial
};

// One policy with one binding and one parameter object (or none): the unit that the API server evaluates.
struct PolicyResult {
  enum class State : std::uint8_t {
    evaluated,
    not_matched,      // the policy's or the binding's resources do not select the request
    condition_false,  // a match condition is false, or failed under failurePolicy Ignore
    error,            // match conditions, configuration or budget: `message` says why
  } state = State::evaluated;
  std::string_view policy, binding;  // the binding is empty where the policy itself is the trouble
  std::string param = {};            // "namespace/name" of the parameter object
  std::string message = {};
  std::vector<ExpressionResult> validations = {};
};

// A field that a mutation made, changed or took away.
struct Change {
  std::string path;           // "spec.containers[1]"
  std::string before, after;  // JSON; empty: it was, or is, not there
};

// One patch of a mutating policy with one binding and one parameter object (or none).
struct MutationResult {
  enum class State : std::uint8_t {
    changed,
    unchanged,    // the object is as it was, or a JSON Patch's test failed
    not_matched,  // as in PolicyResult: no patch was asked for
    condition_false,
    error,  // `message` says why
  } state = State::changed;
  std::string_view policy, binding;
  std::string param = {};
  std::size_t index = 0;      // into the policy's mutations
  bool is_reinvoked = false;  // asked once more, after all policies had their turn
  std::string message = {};
  std::vector<Change> changes = {};
};

struct Status {
  std::string message;
  std::string reason;
  int code = 0;
};

struct Decision {
  Verdict verdict = Verdict::allow;
  bool allowed = true;
  // At least one mutation, validation or audit annotation was reached, or a match condition failed under failurePolicy
  // Fail.
  bool matched = false;
  Status status = {};  // of the first denial
  std::vector<std::string> warnings = {};
  std::vector<std::pair<std::string, std::string>> audit_annotations = {};  // by key
  std::vector<PolicyResult> results = {};                                   // in the order of judgement
  std::vector<MutationResult> mutations = {};                               // likewise
  // What no roles of the input tell, and an expression failed of: the decision may be another one in the cluster.
  std::vector<std::string> unanswered = {};
  std::string object = {};  // JSON, if mutations changed it
};

}  // namespace kastell::admission

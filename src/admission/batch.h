// Batch admission: JSON lines in, one JSON line out for each (`kastell admit --batch`, differential tests).
//
// In:  {"id", "policies": [ValidatingAdmissionPolicy…], "bindings": […],
//       "context": [Namespaces, parameter objects, CustomResourceDefinitions, RBAC objects],
//       "request": AdmissionRequest, "typed": bool?, "kubernetes": "1.37"?}
// Out: {"id", "allowed", "decision": "allow" | "audit" | "warn" | "deny" | "error", "matched",
//       "status": {"message", "reason", "code"}, "warnings": […], "auditAnnotations": {…}, "object": {…}?, "errors":
//       […]}
//      `status` is there when the request is refused, `object` when mutating policies (told from the validating ones by
//      their kind, and so are their bindings) changed it. `errors` are about the input: a line that is no such request
//      (the decision is then "error"), and expressions that do not compile (the failure policy decides).
//
// With "typed", objects of Kubernetes' own kinds are brought into the form of the Go structs that an API server holds
// (zero values vanish, quantities are rewritten, unknown fields dropped; no defaults), and compare as such.
#pragma once

#include <cstddef>
#include <cstdint>
#include <map>
#include <memory>
#include <string>
#include <string_view>

#include "admission/admission.h"
#include "admission/evaluate/language.h"

namespace kastell::admission {

// What a stream of lines shares. One per thread.
class AdmitBatch {
 public:
  struct Limits {
    std::size_t line_bytes = std::size_t{64} << 20;
    std::uint32_t symbols = 1'000'000;  // beyond it everything learnt is forgotten and the stream goes on
  };

  AdmitBatch() = default;
  // `whole_way`: policies that hold at once are judged like all others, which may not change an answer.
  explicit AdmitBatch(const Limits& limits, bool whole_way = false) : limits_(limits), whole_way_(whole_way) {}

  const Limits& limits() const { return limits_; }

  // The answer to one line, without a line end. Any input gets an answer.
  std::string answer(std::string_view line);

 private:
  Result<Language> language(cel::KubernetesVersion version);

  Limits limits_;
  bool whole_way_ = false;
  std::shared_ptr<SymbolTable> symbols_;
  std::map<cel::KubernetesVersion, Language> languages_;
};

}  // namespace kastell::admission

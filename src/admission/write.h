// Decisions as JSON and as text for people.
#pragma once

#include <span>
#include <string>
#include <vector>

#include "admission/admission.h"

namespace kastell::admission {

// One request and what became of it.
struct Judgement {
  std::string operation;
  std::string api_version, kind, name_space, name;
  Place place = {};
  Decision decision = {};
};

struct Summary {
  std::size_t allowed = 0, audited = 0, warned = 0, denied = 0, failed = 0;
  std::size_t mutated = 0;    // whatever was decided then
  std::size_t unmatched = 0;  // of all: no policy had anything to say
};
Summary summarise(std::span<const Judgement> judgements);

// Appends
// `"allowed":…,"decision":…,"matched":…,"status":…,"warnings":…,"auditAnnotations":…,"unanswered":…,"object":…`, the
// last ones only if some roles are not known, and if mutating policies changed it.
void append_decision(std::string& out, const Decision& decision);

// {"schema": "kastell.admission/v1", "results": [{"operation", "resource", "location", decision…, "policies":
// [{"policy", "binding", "param"?, "state", "message"?, "validations": [{"index", "expression", "state", "message"?,
// "reason"?}]}], "mutations": [{"policy", "binding", "param"?, "state", "index", "reinvoked"?, "message"?, "changes":
// [{"path", "before"?, "after"?}]}]?}], "errors": […], "summary": {…}}
std::string to_json(std::span<const Judgement> judgements, std::span<const std::string> errors,
                    const PolicySet& policies);

// What was denied, warned about or could not be decided, with the validations that said so; then a line of counts.
std::string to_text(std::span<const Judgement> judgements);

// What would be refused, warned about or changed today: by policy and binding, each with the objects and why.
std::string to_replay_text(std::span<const Judgement> judgements, const PolicySet& policies);

}  // namespace kastell::admission

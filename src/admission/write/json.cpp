#include <algorithm>
#include <array>

#include "admission/write.h"
#include "admission/write/json_text.h"

namespace kastell::admission {

namespace {

std::string_view name_of(PolicyResult::State state) {
  static constexpr std::array<std::string_view, 4> names{"evaluated", "not-matched", "condition-false", "error"};
  return names[static_cast<std::size_t>(state)];
}

std::string_view name_of(ExpressionResult::State state) {
  static constexpr std::array<std::string_view, 3> names{"passed", "failed", "error"};
  return names[static_cast<std::size_t>(state)];
}

void append_validation(std::string& out, const ExpressionResult& result, const AdmissionPolicy* policy) {
  out += "{\"index\":" + std::to_string(result.index);
  if (policy != nullptr) append_member(out, "expression", policy->validations[result.index].expression);
  append_member(out, "state", name_of(result.state));
  if (!result.message.empty()) append_member(out, "message", result.message);
  if (!result.reason.empty()) append_member(out, "reason", result.reason);
  out += '}';
}

void append_result(std::string& out, const PolicyResult& result, const PolicySet& policies) {
  out += "{\"policy\":";
  append_text(out, result.policy);
  if (!result.binding.empty()) append_member(out, "binding", result.binding);
  if (!result.param.empty()) append_member(out, "param", result.param);
  append_member(out, "state", name_of(result.state));
  if (!result.message.empty()) append_member(out, "message", result.message);
  if (!result.validations.empty()) {
    const PolicySet::Entry* entry = policies.find(result.policy);
    out += ",\"validations\":[";
    for (const ExpressionResult& validation : result.validations) {
      if (&validation != result.validations.data()) out += ',';
      append_validation(out, validation, entry == nullptr ? nullptr : &entry->compiled.policy);
    }
    out += ']';
  }
  out += '}';
}

std::string_view name_of(MutationResult::State state) {
  static constexpr std::array<std::string_view, 5> names{"changed", "unchanged", "not-matched", "condition-false",
                                                         "error"};
  return names[static_cast<std::size_t>(state)];
}

void append_change(std::string& out, const Change& change) {
  out += "{\"path\":";
  append_text(out, change.path);
  if (!change.before.empty()) out.append(",\"before\":").append(change.before);
  if (!change.after.empty()) out.append(",\"after\":").append(change.after);
  out += '}';
}

void append_mutation(std::string& out, const MutationResult& result) {
  out += "{\"policy\":";
  append_text(out, result.policy);
  if (!result.binding.empty()) append_member(out, "binding", result.binding);
  if (!result.param.empty()) append_member(out, "param", result.param);
  append_member(out, "state", name_of(result.state));
  out += ",\"index\":" + std::to_string(result.index);
  if (result.is_reinvoked) out += ",\"reinvoked\":true";
  if (!result.message.empty()) append_member(out, "message", result.message);
  out += ",\"changes\":[";
  for (const Change& change : result.changes) {
    if (&change != result.changes.data()) out += ',';
    append_change(out, change);
  }
  out += "]}";
}

void append_mutations(std::string& out, std::span<const MutationResult> results) {
  if (results.empty()) return;
  out += ",\"mutations\":[";
  for (const MutationResult& result : results) {
    if (&result != results.data()) out += ',';
    append_mutation(out, result);
  }
  out += ']';
}

void append_judgement(std::string& out, const Judgement& judgement, const PolicySet& policies) {
  out += "{\"operation\":";
  append_text(out, judgement.operation);
  out += ",\"resource\":{\"apiVersion\":";
  append_text(out, judgement.api_version);
  append_member(out, "kind", judgement.kind);
  append_member(out, "namespace", judgement.name_space);
  append_member(out, "name", judgement.name);
  out += "},\"location\":{\"file\":";
  append_text(out, judgement.place.source);
  out += ",\"line\":" + std::to_string(judgement.place.line) + ",\"column\":" + std::to_string(judgement.place.column);
  out += "},";
  append_decision(out, judgement.decision);
  append_mutations(out, judgement.decision.mutations);
  out += ",\"policies\":[";
  for (const PolicyResult& result : judgement.decision.results) {
    if (&result != judgement.decision.results.data()) out += ',';
    append_result(out, result, policies);
  }
  out += "]}";
}

void append_summary(std::string& out, const Summary& summary) {
  out += "{\"allow\":" + std::to_string(summary.allowed) + ",\"audit\":" + std::to_string(summary.audited) +
         ",\"warn\":" + std::to_string(summary.warned) + ",\"deny\":" + std::to_string(summary.denied) +
         ",\"error\":" + std::to_string(summary.failed) + ",\"mutated\":" + std::to_string(summary.mutated) +
         ",\"unmatched\":" + std::to_string(summary.unmatched) + '}';
}

}  // namespace

Summary summarise(std::span<const Judgement> judgements) {
  Summary summary;
  for (const Judgement& judgement : judgements) {
    switch (judgement.decision.verdict) {
      case Verdict::allow: ++summary.allowed; break;
      case Verdict::audit: ++summary.audited; break;
      case Verdict::warn: ++summary.warned; break;
      case Verdict::deny: ++summary.denied; break;
      case Verdict::error: ++summary.failed; break;
    }
    if (!judgement.decision.object.empty()) ++summary.mutated;
    if (!judgement.decision.matched && judgement.decision.allowed) ++summary.unmatched;
  }
  return summary;
}

void append_decision(std::string& out, const Decision& decision) {
  out += std::string("\"allowed\":") + (decision.allowed ? "true" : "false");
  append_member(out, "decision", name_of(decision.verdict));
  out += std::string(",\"matched\":") + (decision.matched ? "true" : "false");
  if (!decision.allowed) {
    out += ",\"status\":{\"message\":";
    append_text(out, decision.status.message);
    append_member(out, "reason", decision.status.reason);
    out += ",\"code\":" + std::to_string(decision.status.code) + '}';
  }
  out += ",\"warnings\":[";
  for (const std::string& warning : decision.warnings) {
    if (&warning != decision.warnings.data()) out += ',';
    append_text(out, warning);
  }
  out += "],\"auditAnnotations\":{";
  for (const auto& annotation : decision.audit_annotations) {
    if (&annotation != decision.audit_annotations.data()) out += ',';
    append_text(out, annotation.first);
    out += ':';
    append_text(out, annotation.second);
  }
  out += '}';
  if (!decision.unanswered.empty()) {
    out += ",\"unanswered\":[";
    for (const std::string& question : decision.unanswered) {
      if (&question != decision.unanswered.data()) out += ',';
      append_text(out, question);
    }
    out += ']';
  }
  if (!decision.object.empty()) out.append(",\"object\":").append(decision.object);
}

std::string to_json(std::span<const Judgement> judgements, std::span<const std::string> errors,
                    const PolicySet& policies) {
  std::string out = "{\"schema\":\"kastell.admission/v1\",\"results\":[";
  for (const Judgement& judgement : judgements) {
    out += &judgement == judgements.data() ? "\n" : ",\n";
    append_judgement(out, judgement, policies);
  }
  out += "],\"errors\":[";
  for (const std::string& error : errors) {
    if (&error != errors.data()) out += ',';
    append_text(out, error);
  }
  out += "],\"summary\":";
  append_summary(out, summarise(judgements));
  return out += "}\n";
}

}  // namespace kastell::admission

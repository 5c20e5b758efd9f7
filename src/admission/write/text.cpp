#include <algorithm>
#include <array>
#include <type_traits>

#include "admission/write.h"

namespace kastell::admission {

namespace {

constexpr std::string_view indent = "      ";

std::string title_of(const Judgement& judgement) {
  std::string text(name_of(judgement.decision.verdict));
  text.append(6 - text.size(), ' ').append(judgement.operation).append(" ").append(judgement.kind).append(" ");
  if (!judgement.name_space.empty()) text.append(judgement.name_space).append("/");
  text.append(judgement.name.empty() ? "(no name)" : judgement.name);
  text.append("  ").append(judgement.place.source).append(":").append(std::to_string(judgement.place.line));
  return text.append("\n");
}

template <typename T>
std::string who(const T& result) {
  std::string text(result.policy);
  if (!result.binding.empty()) text.append(" with ").append(result.binding);
  if (!result.param.empty()) text.append(" and ").append(result.param);
  return text;
}

template <typename T>
std::string which(const T& result, std::string_view list, std::size_t index) {
  return std::string(indent) + who(result) + ", " + std::string(list) + '[' + std::to_string(index) + ']';
}

void append_result(std::string& out, const PolicyResult& result) {
  if (result.state == PolicyResult::State::error) {
    out.append(indent).append(who(result)).append(": ").append(result.message).append("\n");
  }
  for (const ExpressionResult& validation : result.validations) {
    if (validation.state == ExpressionResult::State::passed) continue;
    out.append(which(result, "validations", validation.index)).append(": ").append(validation.message).append("\n");
  }
}

std::string_view value_or_none(const std::string& json) {
  return json.empty() ? std::string_view("nothing") : std::string_view(json);
}

void append_mutation(std::string& out, const MutationResult& result) {
  const std::string where = which(result, "mutations", result.index) + (result.is_reinvoked ? " again: " : ": ");
  if (result.state == MutationResult::State::error) out.append(where).append(result.message).append("\n");
  for (const Change& change : result.changes) {
    out.append(where).append(change.path).append(": ").append(value_or_none(change.before)).append(" → ");
    out.append(value_or_none(change.after)).append("\n");
  }
}

// An error that the failure policy passes over is told: whoever wrote the policy thinks that it holds.
constexpr auto failed = [](const auto& result) { return result.state == std::decay_t<decltype(result)>::State::error; };

bool has_error(const Decision& decision) {
  constexpr auto failed_or_part_did = [](const PolicyResult& result) {
    return failed(result) || std::ranges::any_of(result.validations, failed);
  };
  return std::ranges::any_of(decision.mutations, failed) || std::ranges::any_of(decision.results, failed_or_part_did);
}

bool is_worth_telling(const Decision& decision) {
  return decision.verdict != Verdict::allow || !decision.object.empty() || has_error(decision);
}

std::string counted(std::size_t count, std::string_view what) {
  return count == 0 ? "" : ", " + std::to_string(count) + ' ' + std::string(what);
}

}  // namespace

std::string to_text(std::span<const Judgement> judgements) {
  std::string out;
  for (const Judgement& judgement : judgements) {
    const Decision& decision = judgement.decision;
    if (!is_worth_telling(decision)) continue;
    out += title_of(judgement);
    if (!decision.allowed) out.append(indent).append(decision.status.message).append("\n");
    for (const MutationResult& result : decision.mutations) append_mutation(out, result);
    for (const PolicyResult& result : decision.results) append_result(out, result);
  }
  const Summary summary = summarise(judgements);
  out += std::to_string(judgements.size()) + (judgements.size() == 1 ? " request: " : " requests: ") +
         std::to_string(summary.denied) + " denied" + counted(summary.failed, "failed") +
         counted(summary.warned, "admitted with warnings") + counted(summary.audited, "admitted and audited") + ", " +
         std::to_string(summary.allowed) + " admitted" + counted(summary.mutated, "changed") +
         counted(summary.unmatched, "not matched by any policy");
  return out += '\n';
}

}  // namespace kastell::admission

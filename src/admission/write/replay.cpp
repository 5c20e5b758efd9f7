#include <algorithm>
#include <map>

#include "admission/write.h"

namespace kastell::admission {

namespace {

using Key = std::pair<std::string_view, std::string_view>;  // policy, binding

struct Hits {
  std::size_t objects = 0;
  const Judgement* last = nullptr;
  std::string lines = {};
};

std::string name_of_object(const Judgement& judgement) {
  std::string text = judgement.kind + ' ';
  if (!judgement.name_space.empty()) text += judgement.name_space + '/';
  return text + (judgement.name.empty() ? "(no name)" : judgement.name);
}

std::string reason_of(const PolicyResult& result) {
  if (result.state == PolicyResult::State::error) return result.message;
  const auto failed = std::ranges::find_if(result.validations, [](const ExpressionResult& validation) {
    return validation.state != ExpressionResult::State::passed;
  });
  return failed == result.validations.end() ? "" : failed->message;
}

void add(Hits& hits, const Judgement& judgement, std::string_view why) {
  if (hits.last != &judgement) ++hits.objects;
  hits.last = &judgement;
  hits.lines.append("      ").append(name_of_object(judgement)).append("  ").append(judgement.place.source);
  hits.lines.append(":").append(std::to_string(judgement.place.line)).append(": ").append(why).append("\n");
}

// "Deny, Audit".
std::string actions_of(const PolicySet& policies, const Key& key) {
  const PolicySet::Entry* entry = policies.find(key.first);
  if (entry == nullptr) return "Deny";
  const auto binding = std::ranges::find(entry->bindings, key.second, &Binding::name);
  if (binding == entry->bindings.end()) return "Deny";
  std::string text;
  for (const Action action : binding->actions) text.append(text.empty() ? "" : ", ").append(name_of(action));
  return text;
}

std::string title(const Key& key) {
  return std::string(key.first) + (key.second.empty() ? "" : " with " + std::string(key.second));
}

void append(std::string& out, const Key& key, const std::string& what, const Hits& hits) {
  out.append(title(key)).append(what).append(std::to_string(hits.objects));
  out.append(hits.objects == 1 ? " object\n" : " objects\n").append(hits.lines);
}

}  // namespace

std::string to_replay_text(std::span<const Judgement> judgements, const PolicySet& policies) {
  std::map<Key, Hits> failing, changing;
  for (const Judgement& judgement : judgements) {
    for (const PolicyResult& result : judgement.decision.results) {
      const std::string why = reason_of(result);
      if (!why.empty()) add(failing[{result.policy, result.binding}], judgement, why);
    }
    for (const MutationResult& result : judgement.decision.mutations) {
      if (result.state == MutationResult::State::error) {
        add(failing[{result.policy, result.binding}], judgement, result.message);
      } else if (!result.changes.empty()) {
        add(changing[{result.policy, result.binding}], judgement, result.changes.front().path);
      }
    }
  }
  std::string out;
  for (const auto& [key, hits] : failing) {
    append(out, key, " (" + actions_of(policies, key) + "): not satisfied by ", hits);
  }
  for (const auto& [key, hits] : changing) append(out, key, ": would change ", hits);
  const Summary summary = summarise(judgements);
  return out + std::to_string(judgements.size()) + " objects: " + std::to_string(summary.denied) +
         " would be denied today, " + std::to_string(summary.warned) + " warned about, " +
         std::to_string(summary.failed) + " undecided, " + std::to_string(summary.mutated) + " changed\n";
}

}  // namespace kastell::admission

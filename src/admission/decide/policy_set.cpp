#include <algorithm>
#include <iterator>
#include <set>

#include "admission/admission.h"
#include "admission/match/match.h"

namespace kastell::admission {

namespace {

constexpr std::string_view registration_group = "admissionregistration.k8s.io";

constexpr auto name_of_entry = [](const std::unique_ptr<PolicySet::Entry>& entry) {
  return entry->compiled.policy.name;
};

}  // namespace

void PolicySet::number(std::optional<MatchResources>& constraints) {
  if (!constraints) return;
  const auto next = static_cast<std::uint32_t>(constraint_numbers_.size());
  constraints->number =
      constraint_numbers_.try_emplace(text_of(*constraints, *language_.symbols()), next).first->second;
}

void PolicySet::add_policy(AdmissionPolicy policy) {
  number(policy.constraints);
  auto& entries = list_of(policy.is_mutating);
  auto entry = std::make_unique<Entry>();
  entry->compiled = compile_policy(std::move(policy), language_);
  const std::string_view name = entry->compiled.policy.name;
  const auto at = std::ranges::lower_bound(entries, name, {}, name_of_entry);
  if (at != entries.end() && name_of_entry(*at) == name) {
    (*at)->compiled = std::move(entry->compiled);  // the last one of a name counts, as with `kubectl apply`
    if (!(*at)->compiled.policy.is_mutating) index(**at);
    return;
  }
  const Entry& added = **entries.insert(at, std::move(entry));
  if (!added.compiled.policy.is_mutating) index(added);
  std::vector<Binding> waiting = std::exchange(unbound_, {});
  for (Binding& binding : waiting) add_binding(std::move(binding));
}

// A policy without rules is asked about everything: it matches all, or is not in order.
void PolicySet::index(const Entry& entry) {
  for (auto& [resource, entries] : index_) std::erase(entries, &entry);
  const auto& constraints = entry.compiled.policy.constraints;
  std::set<std::string_view> resources;
  if (!constraints || constraints->rules.empty()) resources.insert("*");
  for (const ResourceRule& rule : constraints ? constraints->rules : std::vector<ResourceRule>{}) {
    for (const std::string_view item : rule.resources) resources.insert(item.substr(0, item.find('/')));
  }
  const auto name_of = [](const Entry* one) { return one->compiled.policy.name; };
  for (const std::string_view resource : resources) {
    auto& entries = index_[resource];
    entries.insert(std::ranges::lower_bound(entries, name_of(&entry), {}, name_of), &entry);
  }
}

void PolicySet::find_candidates(std::string_view resource, std::vector<const Entry*>& into) const {
  static const std::vector<const Entry*> none;
  const auto list_of_resource = [&](std::string_view name) -> const std::vector<const Entry*>& {
    const auto found = index_.find(name);
    return found == index_.end() ? none : found->second;
  };
  const auto& named = list_of_resource(resource);
  const auto& any = list_of_resource("*");
  const auto name_of = [](const Entry* one) { return one->compiled.policy.name; };
  into.clear();
  std::ranges::set_union(named, any, std::back_inserter(into), {}, name_of, name_of);
}

void PolicySet::add_binding(Binding binding) {
  number(binding.resources);
  const Entries& entries = list_of(binding.is_mutating);
  const auto entry = std::ranges::lower_bound(entries, binding.policy_name, {}, name_of_entry);
  const bool found = entry != entries.end() && name_of_entry(*entry) == binding.policy_name;
  auto& bindings = found ? (*entry)->bindings : unbound_;
  const auto at = std::ranges::lower_bound(bindings, binding.name, {}, &Binding::name);
  if (at != bindings.end() && at->name == binding.name) {
    *at = std::move(binding);
  } else {
    bindings.insert(at, std::move(binding));
  }
}

const PolicySet::Entry* PolicySet::find(std::string_view policy) const {
  const auto entry = std::ranges::lower_bound(entries_, policy, {}, name_of_entry);
  return entry != entries_.end() && name_of_entry(*entry) == policy ? entry->get() : nullptr;
}

std::vector<const CompiledPolicy*> PolicySet::all() const {
  std::vector<const CompiledPolicy*> policies;
  for (const Entries* entries : {&entries_, &mutating_}) {
    for (const auto& entry : *entries) policies.push_back(&entry->compiled);
  }
  return policies;
}

std::vector<std::string> PolicySet::compile_errors() const {
  std::vector<std::string> errors;
  for (const CompiledPolicy* policy : all()) {
    for (const NamedExpression& one : expressions_of(*policy)) {
      if (one.compiled->program) continue;
      errors.push_back(std::string(policy->policy.name) + ": " + one.field + ": " + one.compiled->error);
    }
  }
  return errors;
}

std::vector<Error> PolicySet::add(const snapshot::Snapshot& snapshot) {
  std::vector<Error> errors;
  const auto fail = [&](const snapshot::Object& object, const Error& error) {
    errors.push_back({error.code, std::string(object.kind) + " '" + std::string(object.name) + "': " + error.message,
                      snapshot.place_of(object, {})});
  };
  for (const std::string_view kind : {"ValidatingAdmissionPolicy", "MutatingAdmissionPolicy"}) {
    for (const auto id : snapshot.of_kind(registration_group, kind)) {
      const snapshot::Object& object = snapshot.object(id);
      auto policy = read_policy(object.root, snapshot.symbols());
      policy ? add_policy(std::move(*policy)) : fail(object, policy.error());
    }
  }
  for (const std::string_view kind : {"ValidatingAdmissionPolicyBinding", "MutatingAdmissionPolicyBinding"}) {
    for (const auto id : snapshot.of_kind(registration_group, kind)) {
      const snapshot::Object& object = snapshot.object(id);
      auto binding = read_binding(object.root, snapshot.symbols());
      binding ? add_binding(std::move(*binding)) : fail(object, binding.error());
    }
  }
  return errors;
}

}  // namespace kastell::admission

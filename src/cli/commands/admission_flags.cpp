#include "cli/commands/admission_flags.h"

#include <algorithm>

namespace kastell::cli {

Result<cel::KubernetesVersion> read_kubernetes_version(const Arguments& arguments) {
  if (!arguments.has("kubernetes")) return cel::newest_kubernetes;
  const auto version = cel::parse_kubernetes_version(arguments.value("kubernetes"));
  if (version) return *version;
  return failure(ErrorCode::usage,
                 "--kubernetes wants a version such as 1.30, not " + std::string(arguments.value("kubernetes")));
}

admission::ObjectForm object_form(const Arguments& arguments) {
  return arguments.has("as-written") ? admission::ObjectForm::as_written : admission::ObjectForm::defaulted;
}

admission::PluginNumbers disabled_plugins(const Arguments& arguments) {
  admission::PluginNumbers disabled;
  for (const std::string& name : arguments.values("disable-admission-plugins")) {
    const auto found = std::ranges::find(admission::plugin_names, name);
    disabled.set(static_cast<std::size_t>(found - admission::plugin_names.begin()));  // the table has checked the name
  }
  return disabled;
}

Result<void> add_policies(admission::PolicySet& policies, const snapshot::Snapshot& snapshot) {
  const std::vector<Error> errors = policies.add(snapshot);
  if (!errors.empty()) return std::unexpected(errors.front());
  if (policies.entries().empty() && policies.mutating().empty()) {
    return failure(ErrorCode::usage, "there is no admission policy in the input (--policies PATH)");
  }
  return {};
}

bool warn_of_unread(const snapshot::Snapshot& snapshot, const Console& console) {
  constexpr std::size_t most = 20;
  std::size_t count = 0;
  for (const snapshot::Coverage& entry : snapshot.coverage()) {
    if (!snapshot::is_unread(entry) || ++count > most) continue;
    const Place place{entry.input, entry.place.line, entry.place.column};
    console.write_err("kastell: incomplete: " + to_string(Error{ErrorCode::unreadable, entry.reason, place}) + "\n");
  }
  if (count > most) console.write_err("kastell: incomplete: and " + std::to_string(count - most) + " more inputs\n");
  return count != 0;
}

void warn_of_unbound(const admission::PolicySet& policies, const Console& console) {
  for (const auto* entries : {&policies.entries(), &policies.mutating()}) {
    for (const auto& entry : *entries) {
      if (!entry->bindings.empty()) continue;
      console.write_err("kastell: nothing binds the policy '" + std::string(entry->compiled.policy.name) +
                        "', so it decides nothing\n");
    }
  }
  for (const admission::Binding& binding : policies.unbound()) {
    console.write_err("kastell: the binding '" + std::string(binding.name) + "' is of the policy '" +
                      std::string(binding.policy_name) + "', which is not in the input\n");
  }
}

}  // namespace kastell::cli

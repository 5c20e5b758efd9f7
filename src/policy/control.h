// Controls: the catalogue as data.
//
// A control is YAML under policies/controls/ (format: docs/writing-controls.md). It asks one question of
// every subject of its scope; each rule is a CEL expression that is true when the subject is in order.
//
//   id: pod.privileged
//   title: Containers must not run privileged
//   severity: critical                # critical | high | medium | low | info
//   scope: container                  # object | pod | container | volume | role | binding | namespace | service |
//   ingress… kinds: [apps/Deployment]          # object scope only: which objects why: …                            #
//   one or two sentences remediation: … references: {pss: [privileged], nsa-cisa: [...], cis-kubernetes-1.12: [5.2.2]}
//   rules:
//     - when: "!pod.windows"          # optional CEL: otherwise not-applicable
//       expression: "!container.?securityContext.?privileged.orValue(false)"
//       field: securityContext.privileged        # optional, below the subject; else from the evaluator's evidence
//       message: container {container} runs privileged
//       from: "1.19"                  # optional range of policy versions (Pod Security)
//       absence: true                 # optional: a failure rests on something absent from the input
//   examples:
//     - name: privileged container
//       verdict: fail
//       field: spec.containers[0].securityContext.privileged
//       objects: [...]
//
// The catalogue is embedded in the program; Catalog::load() reads other folders of the same format.
#pragma once

#include <cstdint>
#include <map>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "base/result.h"
#include "cel/environment.h"
#include "cel/evaluate.h"
#include "document/document.h"
#include "document/path.h"

namespace kastell::policy {

enum class Severity : std::uint8_t { info, low, medium, high, critical };
std::string_view name_of(Severity severity);
std::optional<Severity> parse_severity(std::string_view text);

// What a rule is asked about, and which CEL variables it sees (all see `object`, the whole object):
enum class Scope : std::uint8_t {
  object,     // any object of the control's kinds:                 object
  pod,        // each pod template:                                 pod, object
  container,  // each container, init and ephemeral ones included:  container, pod, object
  volume,     // each volume of a pod:                              volume, pod, object
  role_rule,  // each rule of a Role or ClusterRole:                rule, object
  subject,    // each subject of a RoleBinding or ClusterRoleBinding: subject, object
};
std::string_view name_of(Scope scope);

struct Rule {
  Scope scope;
  std::string when_text, expression_text, message;
  std::shared_ptr<const cel::Program> when, expression;  // `when` may be null
  std::optional<document::Path> field;
  std::optional<cel::KubernetesVersion> from, before;  // policy versions [from, before)
  bool absence = false;
};

struct Example {
  std::string name;
  std::string verdict;  // "fail", "pass", "not-applicable", "not-evaluated"
  std::string field;    // expected for fail; may be empty
  std::string version;  // policy version, empty: latest
  bool closed_world = false;
  document::Node objects;  // list
};

struct Control {
  std::string id, title, why, remediation;
  Severity severity = Severity::medium;
  Scope scope = Scope::object;
  std::vector<std::string> kinds;  // "group/Kind" or "Kind" (core); object scope only
  std::map<std::string, std::vector<std::string>> references;
  std::string group;  // "pss-baseline", "pss-restricted", or empty for the guide's
  std::vector<Rule> rules;
  std::vector<Example> examples;
};

class Catalog {
 public:
  // The controls inside the program.
  static Result<Catalog> embedded(std::shared_ptr<SymbolTable> symbols);
  // From files or folders. All problems are reported at once, each with file, line and column.
  static std::expected<Catalog, std::vector<Error>> load(const std::vector<std::string>& paths,
                                                         std::shared_ptr<SymbolTable> symbols);

  std::span<const Control> controls() const { return controls_; }
  const Control* find(std::string_view id) const;
  std::vector<std::string_view> ids() const;
  std::vector<std::string_view> frameworks() const;  // keys of references, sorted

 private:
  std::vector<Control> controls_;                        // by id
  std::vector<std::shared_ptr<const void>> keep_alive_;  // documents the examples point into
};

}  // namespace kastell::policy

// Controls: the catalogue as data.
//
// A control is YAML under policies/controls/ (format: docs/writing-controls.md). It asks one question of
// every subject of its scope; each rule is a CEL expression that is true when the subject is in order.
//
//   Result<Catalog> catalog = Catalog::embedded(symbols);
//   const Control* control = catalog->find("pod.privileged");
//
// The catalogue is embedded in the program; Catalog::load() reads other files and folders of the same
// format. Expressions of the embedded catalogue are compiled when they are first used.
//
// Thread-safety: a Catalog is immutable; expressions may be compiled and run from any thread. Controls, their texts and
// expressions live as long as their catalogue: a start reads some 260 controls, so they point into what was read.
#pragma once

#include <atomic>
#include <cstdint>
#include <map>
#include <memory>
#include <mutex>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "base/result.h"
#include "cel/compile.h"
#include "cel/environment.h"
#include "cel/evaluate.h"
#include "document/document.h"
#include "document/path.h"

namespace kastell::policy {

enum class Severity : std::uint8_t { info, low, medium, high, critical };
inline constexpr std::size_t severity_count = 5;
std::string_view name_of(Severity severity);
std::optional<Severity> parse_severity(std::string_view text);

// What a rule is asked about, and which CEL variables it sees (all see `object`, the whole object):
enum class Scope : std::uint8_t {
  object,     // any object of the control's kinds:                 object, namespaceFacts
  pod,        // each pod template:                                 pod, object
  container,  // each container, init and ephemeral ones included:  container, pod, object
  volume,     // each volume of a pod:                              volume, pod, object
  role_rule,  // each rule of a Role or ClusterRole:                rule, object
  subject,    // each subject of a RoleBinding or ClusterRoleBinding: subject, object
  component,  // each control-plane component or node agent (kube/component_view.h): component, object
  field,      // each field that the API server would object to (kube/api_schema.h): field, object
  exception,  // each exception (policy/exception.h), after all else:  exception
};
std::string_view name_of(Scope scope);

inline constexpr std::size_t scope_count = 9;
std::optional<Scope> parse_scope(std::string_view text);

// Kinds whose objects are joined with what is judged, so that a failure may rest on their absence.
enum class JoinedKind : std::uint8_t { network_policy, resource_quota, limit_range };
inline constexpr std::size_t joined_kind_count = 3;
std::string_view name_of(JoinedKind kind);  // "networking.k8s.io/NetworkPolicy"
std::optional<JoinedKind> parse_joined_kind(std::string_view text);

// The language of controls: Kubernetes' own CEL of the newest version, with the variables of each scope, so that
// the same text can be exported as a ValidatingAdmissionPolicy.
class Expression;

class Dialect {
 public:
  explicit Dialect(std::shared_ptr<SymbolTable> symbols);
  ~Dialect();
  // Made when first asked for; thread-safe.
  const std::shared_ptr<const cel::Environment>& environment(Scope scope) const;
  // To be held by whoever compiles an expression.
  std::mutex& making(const Expression& expression) const;

 private:
  struct Environments;
  std::unique_ptr<Environments> environments_;
};

// One CEL text of a control, compiled when it is first asked for.
class Expression {
 public:
  // `image`: of the checked text (cel/image.h), if it was made before. Dialect, text and image outlive the expression.
  Expression(const Dialect& dialect, Scope scope, std::string_view text, const cel::ProgramImage& image = {});
  ~Expression();
  Expression(const Expression&) = delete;
  Expression& operator=(const Expression&) = delete;

  std::string_view text() const { return text_; }
  Scope scope() const { return scope_; }
  const cel::Environment& environment() const { return *dialect_.environment(scope_); }
  // Null if the text does not compile to a boolean; then there are diagnostics.
  const cel::Program* program() const;
  const std::vector<cel::Diagnostic>& diagnostics() const;

 private:
  struct State;
  const Dialect& dialect_;
  Scope scope_;
  std::string_view text_;
  cel::ProgramImage image_;
  mutable std::atomic<const State*> state_ = nullptr;

  const State& state() const;
};

// The expressions of a catalogue, with what they need.
class Expressions {
 public:
  explicit Expressions(std::shared_ptr<SymbolTable> symbols) : dialect_(std::move(symbols)) {}
  ~Expressions();
  Expressions(const Expressions&) = delete;
  Expressions& operator=(const Expressions&) = delete;

  const Expression* add(Scope scope, std::string_view text, const cel::ProgramImage& image = {});

 private:
  Dialect dialect_;
  Arena arena_;
  std::vector<const Expression*> all_;  // in the arena, which destroys nothing
};

struct Rule {
  Scope scope = Scope::object;
  std::string_view when_text, expression_text;  // of the expressions
  std::string_view message;
  const Expression* when = nullptr;  // or null
  const Expression* expression = nullptr;
  std::optional<document::Path> field;                 // below the subject's view
  std::optional<cel::KubernetesVersion> from, before;  // policy versions [from, before)
  bool absence = false;                                // a failure rests on something absent from the input
  std::optional<JoinedKind> absent_kind;               // and that is such an object
  bool undecided = false;                              // a failure is no verdict; the message says why
  std::uint64_t joins = 0;                             // set of kinds brought in by what it reads: catalog/joins.h

  bool applies_to(cel::KubernetesVersion version) const {
    return (!from || *from <= version) && (!before || version < *before);
  }
};

// Values that only the user knows (`kastell scan --param imageRegistries=registry.example.com`): name → texts.
using Parameters = std::map<std::string, std::vector<std::string>, std::less<>>;

struct Example {
  std::string name;
  std::string verdict;  // "fail", "pass", "not-applicable", "not-evaluated"
  std::string field;    // expected for fail; may be empty
  std::string version;  // policy version, empty: latest
  bool closed_world = false;
  Parameters parameters;
  document::Node objects;  // list
};

// The rows of frameworks that a control stands for, by framework. The texts live as long as the catalogue.
class References {
 public:
  using Rows = std::span<const std::string_view>;
  using Entry = std::pair<std::string_view, Rows>;

  void add(std::string_view framework, Rows rows);  // replaces what there is of the framework
  void reserve(std::size_t count) { entries_.reserve(count); }

  auto begin() const { return entries_.begin(); }
  auto end() const { return entries_.end(); }
  bool empty() const { return entries_.empty(); }
  std::size_t size() const { return entries_.size(); }
  std::vector<Entry>::const_iterator find(std::string_view framework) const;
  bool contains(std::string_view framework) const { return find(framework) != end(); }
  bool operator==(const References& other) const;

 private:
  std::vector<Entry> entries_;  // sorted
};

struct Control {
  std::string_view id, title, why, remediation;
  Severity severity = Severity::medium;
  Scope scope = Scope::object;
  std::span<const std::string_view> kinds;  // "group/Kind" or "Kind" (core); object scope only
  References references;
  std::string_view group;      // "pss-baseline", "pss-restricted", "advisory", or empty: always asked
  std::string_view parameter;  // that its rules need; without it the control is not asked, unless by name
  std::span<const std::string_view> replaces;  // Pod Security checks (references.pss) that this one makes superfluous
  std::vector<Rule> rules;
  std::vector<Example> examples;
};

class Catalog {
 public:
  // The controls inside the program. A scan needs no examples: then the catalogue is opened as the build prepared it
  // (policy/catalog/image.h), else read from its YAML.
  enum class Examples : std::uint8_t { kept, left_out };
  static Result<Catalog> embedded(std::shared_ptr<SymbolTable> symbols, Examples examples = Examples::kept);
  // From files or folders; every expression is compiled at once. All problems are reported together, each with
  // file, line and column.
  static std::expected<Catalog, std::vector<Error>> load(const std::vector<std::string>& paths,
                                                         std::shared_ptr<SymbolTable> symbols);

  std::span<const Control> controls() const { return controls_; }
  const Control* find(std::string_view id) const;
  std::vector<std::string_view> ids() const;
  std::vector<std::string_view> frameworks() const;  // keys of references, sorted
  std::vector<std::string_view> parameters() const;  // that controls need, sorted

 private:
  friend class CatalogReader;
  friend class CatalogImageReader;
  std::vector<Control> controls_;                        // by id
  std::vector<std::shared_ptr<const void>> keep_alive_;  // what texts and examples point into
};

}  // namespace kastell::policy

#include "admission/check.h"

#include <algorithm>

#include "admission/check/kinds.h"
#include "admission/write/json_text.h"
#include "cel/compile.h"
#include "document/path.h"

namespace kastell::admission {

namespace {

using Severity = PolicyProblem::Severity;

// Containers and ephemeral containers are of two types, yet lists of them add up where the types are not known; and
// nobody minds that {} stands for an object.
bool is_harmless(const cel::Diagnostic& diagnostic) {
  return diagnostic.message.contains("no matching overload for '_+_'") ||
         diagnostic.message.contains("no matching overload for 'orValue'");
}

// Whoever writes object.?spec knows that there need not be one.
bool is_optional_access(const NamedExpression& expression, const cel::Diagnostic& diagnostic) {
  return expression.compiled->text.substr(diagnostic.offset).starts_with(".?");
}

class Check {
 public:
  Check(const snapshot::Snapshot& snapshot, const Language& language)
      : snapshot_(snapshot), symbols_(*language.symbols()), language_(language), custom_(symbols_) {
    for (const auto id : snapshot.of_kind("apiextensions.k8s.io", "CustomResourceDefinition")) {
      custom_.add(snapshot.object(id).root);
    }
  }

  Result<void> add_kind(std::string_view kind) {
    for (const auto id : snapshot_.of_kind("admissionregistration.k8s.io", kind)) {
      const snapshot::Object& object = snapshot_.object(id);
      auto policy = read_policy(object.root, symbols_);
      if (!policy) return failure(policy.error().code, policy.error().message, snapshot_.place_of(object, {}));
      check(object, *policy);
    }
    return {};
  }

  PolicyCheck take() { return std::move(result_); }

 private:
  void check(const snapshot::Object& object, const AdmissionPolicy& policy) {
    ++result_.policies;
    const CompiledPolicy plain = compile_policy(policy, language_);
    const std::vector<NamedExpression> expressions = expressions_of(plain);
    result_.expressions += expressions.size();
    std::vector<std::vector<PolicyProblem>> problems(expressions.size());
    for (std::size_t i = 0; i < expressions.size(); ++i) {
      if (expressions[i].compiled->program) continue;
      for (const cel::Diagnostic& diagnostic : expressions[i].compiled->diagnostics) {
        add(problems[i], object, policy, expressions[i], diagnostic);
      }
    }
    const MatchedKinds matched =
        policy.constraints ? kinds_of(*policy.constraints, language_.version(), custom_) : MatchedKinds{};
    for (const std::string& unknown : matched.unknown) {
      result_.unchecked.push_back(std::string(policy.name) + ": there is no schema of " + unknown);
    }
    for (const kube::DeclaredKind& kind : matched.kinds) check(object, policy, expressions, kind, problems);
    for (auto& some : problems) finish(some, matched.kinds.size());
  }

  void check(const snapshot::Object& object, const AdmissionPolicy& policy, const std::vector<NamedExpression>& plain,
             const kube::DeclaredKind& kind, std::vector<std::vector<PolicyProblem>>& problems) {
    const CompiledPolicy typed = compile_policy(policy, language_of(kind, language_));
    const std::vector<NamedExpression> expressions = expressions_of(typed);
    result_.pairs += expressions.size();
    for (std::size_t i = 0; i < expressions.size(); ++i) {
      if (!plain[i].compiled->program) continue;
      for (const cel::Diagnostic& diagnostic : expressions[i].compiled->diagnostics) {
        if (is_harmless(diagnostic)) continue;
        PolicyProblem& problem = add(problems[i], object, policy, expressions[i], diagnostic);
        problem.kinds.push_back(text_of(kind));
        problem.is_optional = is_optional_access(expressions[i], diagnostic);
      }
    }
  }

  PolicyProblem& add(std::vector<PolicyProblem>& problems, const snapshot::Object& object,
                     const AdmissionPolicy& policy, const NamedExpression& expression,
                     const cel::Diagnostic& diagnostic) {
    const cel::LineColumn at = cel::line_column(expression.compiled->text, diagnostic.offset);
    const auto is_known = [&](const PolicyProblem& known) {
      return known.line == at.line && known.column == at.column && known.message == diagnostic.message;
    };
    const auto found = std::ranges::find_if(problems, is_known);
    if (found != problems.end() && (!found->hint.empty() || diagnostic.hint.empty())) return *found;
    PolicyProblem& problem = found != problems.end() ? *found : problems.emplace_back();
    problem.policy = policy.name;
    problem.field = expression.field;
    problem.message = diagnostic.message;
    problem.hint = diagnostic.hint;
    problem.line = at.line;
    problem.column = at.column;
    const std::string text = cel::to_text(expression.compiled->text, {&diagnostic, 1});
    problem.excerpt = text.substr(std::min(text.size(), text.find('\n') + 1));
    const auto path = document::parse_path(expression.field, symbols_);
    if (path) problem.place = snapshot_.place_of(object, *path);
    return problem;
  }

  void finish(std::vector<PolicyProblem>& problems, std::size_t kinds) {
    for (PolicyProblem& problem : problems) {
      const bool is_everywhere = problem.kinds.empty() || problem.kinds.size() == kinds;
      if (problem.is_optional && !is_everywhere) continue;
      problem.severity = is_everywhere ? Severity::error : Severity::warning;
      result_.problems.push_back(std::move(problem));
    }
  }

  const snapshot::Snapshot& snapshot_;
  SymbolTable& symbols_;
  const Language& language_;
  kube::CustomSchemas custom_;
  PolicyCheck result_;
};

std::string_view name_of(Severity severity) {
  return severity == Severity::error ? "error" : "warning";
}

std::string listed(const std::vector<std::string>& kinds) {
  constexpr std::size_t shown = 4;
  std::string text;
  for (std::size_t i = 0; i < std::min(kinds.size(), shown); ++i) text.append(i == 0 ? "" : ", ").append(kinds[i]);
  if (kinds.size() > shown) text += " and " + std::to_string(kinds.size() - shown) + " more";
  return text;
}

std::size_t count_of(const PolicyCheck& check, Severity severity) {
  return static_cast<std::size_t>(std::ranges::count(check.problems, severity, &PolicyProblem::severity));
}

void append_problem(std::string& out, const PolicyProblem& problem) {
  out += "{\"severity\":";
  append_text(out, name_of(problem.severity));
  append_member(out, "policy", problem.policy);
  append_member(out, "field", problem.field);
  append_member(out, "message", problem.message);
  if (!problem.hint.empty()) append_member(out, "hint", problem.hint);
  out += ",\"kinds\":[";
  for (const std::string& kind : problem.kinds) {
    if (&kind != problem.kinds.data()) out += ',';
    append_text(out, kind);
  }
  out += "],\"line\":" + std::to_string(problem.line) + ",\"column\":" + std::to_string(problem.column);
  out += ",\"location\":{\"file\":";
  append_text(out, problem.place.source);
  out +=
      ",\"line\":" + std::to_string(problem.place.line) + ",\"column\":" + std::to_string(problem.place.column) + "}}";
}

}  // namespace

Result<PolicyCheck> check_policies(const snapshot::Snapshot& snapshot, const Language& language) {
  Check check(snapshot, language);
  for (const std::string_view kind : {"ValidatingAdmissionPolicy", "MutatingAdmissionPolicy"}) {
    if (const auto added = check.add_kind(kind); !added) return std::unexpected(added.error());
  }
  return check.take();
}

std::string to_text(const PolicyCheck& check) {
  std::string out;
  for (const PolicyProblem& problem : check.problems) {
    out.append(problem.place.source).append(":").append(std::to_string(problem.place.line)).append(":");
    out.append(std::to_string(problem.place.column)).append(": ").append(name_of(problem.severity)).append(": ");
    out.append(problem.policy).append(": ").append(problem.field).append(": ").append(problem.message);
    if (!problem.kinds.empty()) out.append(" (").append(listed(problem.kinds)).append(")");
    out.append("\n").append(problem.excerpt);
    if (!out.ends_with('\n')) out += '\n';
  }
  for (const std::string& unchecked : check.unchecked) out.append("not checked: ").append(unchecked).append("\n");
  out += std::to_string(check.policies) + " policies, " + std::to_string(check.expressions) + " expressions, " +
         std::to_string(check.pairs) + " times with a kind: " + std::to_string(count_of(check, Severity::error)) +
         " errors, " + std::to_string(count_of(check, Severity::warning)) + " warnings\n";
  return out;
}

std::string to_json(const PolicyCheck& check) {
  std::string out = "{\"schema\":\"kastell.policy-check/v1\",\"problems\":[";
  for (const PolicyProblem& problem : check.problems) {
    out += &problem == check.problems.data() ? "\n" : ",\n";
    append_problem(out, problem);
  }
  out += "],\"unchecked\":[";
  for (const std::string& unchecked : check.unchecked) {
    if (&unchecked != check.unchecked.data()) out += ',';
    append_text(out, unchecked);
  }
  out += "],\"summary\":{\"policies\":" + std::to_string(check.policies) +
         ",\"expressions\":" + std::to_string(check.expressions) + ",\"pairs\":" + std::to_string(check.pairs) +
         ",\"errors\":" + std::to_string(count_of(check, Severity::error)) +
         ",\"warnings\":" + std::to_string(count_of(check, Severity::warning)) + "}}\n";
  return out;
}

}  // namespace kastell::admission

#include "policy/catalog/control_reader.h"

#include <algorithm>

#include "base/ascii.h"
#include "base/text.h"
#include "policy/catalog/expression_place.h"
#include "policy/catalog/joins.h"
#include "policy/describe/message.h"

namespace kastell::policy {

namespace {

constexpr std::string_view groups[] = {"pss-baseline", "pss-restricted", "advisory"};
constexpr std::string_view verdicts[] = {"pass", "fail", "not-applicable", "not-evaluated", "error"};

// "pod.host-path", "pss.runAsNonRoot"
bool is_control_id(std::string_view id) {
  const auto is_part = [](char c) { return is_alphanumeric(c) || c == '-' || c == '_'; };
  const std::size_t dot = id.find('.');
  if (dot == 0 || dot == std::string_view::npos || dot + 1 == id.size()) return false;
  return std::ranges::all_of(id, [is_part](char c) { return is_part(c) || c == '.'; });
}

bool has_example(const Control& control, std::string_view verdict) {
  return std::ranges::any_of(control.examples, [verdict](const Example& e) { return e.verdict == verdict; });
}

std::string unknown_word(std::string_view what, std::string_view word, std::span<const std::string_view> known) {
  std::string message = "unknown " + std::string(what) + " '" + std::string(word) + "'";
  if (const auto near = nearest(word, known)) return message + "; did you mean '" + std::string(*near) + "'?";
  message += ": one of";
  for (const std::string_view candidate : known) message += " " + std::string(candidate);
  return message;
}

constexpr std::string_view severities[] = {"critical", "high", "medium", "low", "info"};
constexpr std::string_view scopes[] = {"object",  "pod",       "container", "volume",   "role_rule",
                                       "subject", "component", "field",     "exception"};

}  // namespace

const Expression* ExpressionPool::get(Scope scope, std::string_view text) {
  auto& expression = known_[{scope, text}];
  if (expression == nullptr) expression = expressions_->add(scope, text);
  return expression;
}

Control ControlReader::read(const Placed& document) {
  using Field = FormField<ControlReader, Draft>;
  constexpr bool required = true;
  static constexpr Field form[] = {
      {"id", &ControlReader::read_id, required},
      {"title", &ControlReader::read_title, required},
      {"severity", &ControlReader::read_severity, required},
      {"scope", &ControlReader::read_scope, required},
      {"kinds", &ControlReader::read_kinds},
      {"group", &ControlReader::read_group},
      {"replaces", &ControlReader::read_replaces},
      {"parameter", &ControlReader::read_parameter},
      {"why", &ControlReader::read_why, required},
      {"remediation", &ControlReader::read_remediation, required},
      {"references", &ControlReader::read_references},
      {"rules", &ControlReader::keep_rules, required},
      {"examples", &ControlReader::read_examples},
  };
  Draft draft;
  if (!read_form(*this, complaints_, document, form, draft)) return {};
  read_rules(draft);
  check_whole(draft, document.offset);
  return std::move(draft.control);
}

void ControlReader::read_id(Draft& draft, const Placed& value) {
  draft.control.id = read_text(complaints_, value);
  if (!is_control_id(draft.control.id)) complaints_.add(value.offset, "an id reads like pod.host-path");
}
void ControlReader::read_title(Draft& draft, const Placed& value) {
  draft.control.title = read_text(complaints_, value);
}
void ControlReader::read_severity(Draft& draft, const Placed& value) {
  const std::string_view word = read_text(complaints_, value);
  const auto severity = parse_severity(word);
  if (!severity) return complaints_.add(value.offset, unknown_word("severity", word, severities));
  draft.control.severity = *severity;
}
void ControlReader::read_scope(Draft& draft, const Placed& value) {
  draft.scope_offset = value.offset;
  draft.control.scope = scope_of(value);
}
void ControlReader::read_kinds(Draft& draft, const Placed& value) {
  draft.has_kinds = true;
  draft.control.kinds = keep(read_texts(complaints_, value));
}
void ControlReader::read_group(Draft& draft, const Placed& value) {
  draft.control.group = read_text(complaints_, value);
  if (std::ranges::find(groups, draft.control.group) == std::end(groups)) {
    complaints_.add(value.offset, unknown_word("group", draft.control.group, groups));
  }
}
void ControlReader::read_replaces(Draft& draft, const Placed& value) {
  draft.control.replaces = keep(read_text_or_texts(complaints_, value));
}
void ControlReader::read_parameter(Draft& draft, const Placed& value) {
  draft.control.parameter = read_text(complaints_, value);
}
void ControlReader::read_why(Draft& draft, const Placed& value) {
  draft.control.why = read_text(complaints_, value);
}
void ControlReader::read_remediation(Draft& draft, const Placed& value) {
  draft.control.remediation = read_text(complaints_, value);
}

void ControlReader::read_references(Draft& draft, const Placed& value) {
  if (!value.node.is_object()) return complaints_.add(value.offset, "must be an object");
  const auto keys = value.node.member_keys();
  for (std::uint32_t i = 0; i < keys.size(); ++i) {
    const Placed rows{value.node.items[i], value.node.value_offsets()[i]};
    draft.control.references.add(symbols_.text(keys[i]), keep(read_texts(complaints_, rows)));
  }
}

std::span<const std::string_view> ControlReader::keep(const std::vector<std::string_view>& texts) {
  return texts_.copy(std::span{texts});
}

void ControlReader::keep_rules(Draft& draft, const Placed& value) {
  draft.rules.emplace(value);
}

Scope ControlReader::scope_of(const Placed& value) {
  const std::string_view word = read_text(complaints_, value);
  const auto scope = parse_scope(word);
  if (!scope) complaints_.add(value.offset, unknown_word("scope", word, scopes));
  return scope.value_or(Scope::object);
}

std::optional<cel::KubernetesVersion> ControlReader::version_of(const Placed& value) {
  const auto version = cel::parse_kubernetes_version(read_text(complaints_, value));
  if (!version) complaints_.add(value.offset, "must be a version like \"1.25\"");
  return version;
}

void ControlReader::read_rules(Draft& draft) {
  using Field = FormField<ControlReader, RuleDraft>;
  static constexpr Field form[] = {
      {"scope", &ControlReader::read_rule_scope},
      {"when", &ControlReader::read_when},
      {"expression", &ControlReader::read_expression, true},
      {"field", &ControlReader::read_field},
      {"message", &ControlReader::read_message, true},
      {"from", &ControlReader::read_from},
      {"before", &ControlReader::read_before},
      {"absence", &ControlReader::read_absence},
      {"undecided", &ControlReader::read_undecided},
  };
  if (!draft.rules) return;
  const auto items = read_items(complaints_, *draft.rules);
  if (items.empty()) complaints_.add(draft.rules->offset, "a control needs a rule");
  for (const Placed& item : items) {
    RuleDraft rule;
    rule.rule.scope = draft.control.scope;
    if (!read_form(*this, complaints_, item, form, rule)) continue;
    const Scope scope = rule.rule.scope;
    if (!rule.when.empty()) {
      rule.rule.when = make_expression(scope, rule.when, rule.when_offset);
      rule.rule.when_text = rule.rule.when->text();
    }
    rule.rule.expression = make_expression(scope, rule.expression, rule.expression_offset);
    rule.rule.expression_text = rule.rule.expression->text();
    rule.rule.joins = joins_of(rule.rule);
    // One reason for all objects.
    if (rule.rule.undecided && rule.rule.message.contains('{')) {
      complaints_.add(item.offset, "the message of what is undecided has no placeholders");
    }
    draft.control.rules.push_back(std::move(rule.rule));
  }
}

const Expression* ControlReader::make_expression(Scope scope, std::string_view text, std::uint32_t offset) {
  const Expression* expression = pool_.get(scope, text);
  if (!demands_.compiled) return expression;
  for (const cel::Diagnostic& diagnostic : expression->diagnostics()) {
    const std::uint32_t at = place_in_source(complaints_.source().text(), offset, text, diagnostic.offset);
    complaints_.add(at, cel::to_text(text, {&diagnostic, 1}), ErrorCode::type);
  }
  return expression;
}

void ControlReader::read_rule_scope(RuleDraft& draft, const Placed& value) {
  draft.rule.scope = scope_of(value);
}
void ControlReader::read_when(RuleDraft& draft, const Placed& value) {
  draft.when_offset = value.offset;
  draft.when = read_text(complaints_, value);
}
void ControlReader::read_expression(RuleDraft& draft, const Placed& value) {
  draft.expression_offset = value.offset;
  draft.expression = read_text(complaints_, value);
}
void ControlReader::read_field(RuleDraft& draft, const Placed& value) {
  draft.rule.field = document::parse_path(read_text(complaints_, value), symbols_);
  if (!draft.rule.field) complaints_.add(value.offset, "must be a path like spec.containers[0].image");
}
void ControlReader::read_message(RuleDraft& draft, const Placed& value) {
  draft.rule.message = read_text(complaints_, value);
  if (const auto unknown = find_unknown_placeholder(draft.rule.message)) {
    complaints_.add(value.offset, "unknown placeholder '" + std::string(*unknown) + "'");
  }
}
void ControlReader::read_from(RuleDraft& draft, const Placed& value) {
  draft.rule.from = version_of(value);
}
void ControlReader::read_before(RuleDraft& draft, const Placed& value) {
  draft.rule.before = version_of(value);
}
void ControlReader::read_absence(RuleDraft& draft, const Placed& value) {
  static constexpr std::string_view kinds[] = {"networking.k8s.io/NetworkPolicy", "ResourceQuota", "LimitRange"};
  if (value.node.kind == document::Kind::boolean) {
    draft.rule.absence = read_boolean(complaints_, value);
    return;
  }
  const std::string_view word = read_text(complaints_, value);
  draft.rule.absence = true;
  draft.rule.absent_kind = parse_joined_kind(word);
  if (!draft.rule.absent_kind) complaints_.add(value.offset, unknown_word("kind", word, kinds));
}

void ControlReader::read_undecided(RuleDraft& draft, const Placed& value) {
  draft.rule.undecided = read_boolean(complaints_, value);
}

void ControlReader::read_examples(Draft& draft, const Placed& value) {
  using Field = FormField<ControlReader, Example>;
  static constexpr Field form[] = {
      {"name", &ControlReader::read_example_name, true},       {"verdict", &ControlReader::read_example_verdict, true},
      {"field", &ControlReader::read_example_field},           {"version", &ControlReader::read_example_version},
      {"closed-world", &ControlReader::read_example_world},    {"parameters", &ControlReader::read_example_parameters},
      {"objects", &ControlReader::read_example_objects, true},
  };
  for (const Placed& item : read_items(complaints_, value)) {
    Example example;
    if (read_form(*this, complaints_, item, form, example)) draft.control.examples.push_back(std::move(example));
  }
}

void ControlReader::read_example_name(Example& example, const Placed& value) {
  example.name = read_text(complaints_, value);
}
void ControlReader::read_example_verdict(Example& example, const Placed& value) {
  example.verdict = read_text(complaints_, value);
  if (std::ranges::find(verdicts, example.verdict) == std::end(verdicts)) {
    complaints_.add(value.offset, unknown_word("verdict", example.verdict, verdicts));
  }
}
void ControlReader::read_example_field(Example& example, const Placed& value) {
  example.field = read_text(complaints_, value);
}
void ControlReader::read_example_version(Example& example, const Placed& value) {
  if (version_of(value)) example.version = value.node.as_string();
}
void ControlReader::read_example_world(Example& example, const Placed& value) {
  example.closed_world = read_boolean(complaints_, value);
}
void ControlReader::read_example_parameters(Example& example, const Placed& value) {
  if (!value.node.is_object()) return complaints_.add(value.offset, "must be an object");
  const auto keys = value.node.member_keys();
  for (std::uint32_t i = 0; i < keys.size(); ++i) {
    const auto texts = read_text_or_texts(complaints_, {value.node.items[i], value.node.value_offsets()[i]});
    example.parameters[std::string(symbols_.text(keys[i]))].assign(texts.begin(), texts.end());
  }
}
void ControlReader::read_example_objects(Example& example, const Placed& value) {
  if (!value.node.is_list()) complaints_.add(value.offset, "must be a list");
  example.objects = value.node;
}

void ControlReader::check_whole(const Draft& draft, std::uint32_t offset) {
  const Control& control = draft.control;
  const bool takes_kinds = control.scope == Scope::object;
  if (takes_kinds != draft.has_kinds) {
    complaints_.add(draft.scope_offset, takes_kinds ? "scope object needs kinds" : "kinds belong to scope object only");
  }
  if (!has_example(control, "fail")) complaints_.add(offset, "a control needs an example that fails");
  if (!has_example(control, "pass")) complaints_.add(offset, "a control needs an example that passes");
}

}  // namespace kastell::policy

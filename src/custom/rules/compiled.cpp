#include "custom/rules/compiled.h"

#include <algorithm>
#include <utility>

namespace kastell::custom {

using document::Kind;
using document::Node;

namespace {

constexpr std::uint64_t most_schemas = 200'000;  // of one definition that are looked at for rules
constexpr std::size_t longest_rule_shown = 200;  // bytes

std::string first_message(const std::vector<cel::Diagnostic>& diagnostics) {
  return diagnostics.empty() ? "it does not compile" : diagnostics.front().message;
}

// ".spec['a.b'].c" as document::parse_path reads it.
std::string as_path(std::string_view field_path) {
  std::string path(field_path.starts_with('.') ? field_path.substr(1) : field_path);
  std::ranges::replace(path, '\'', '"');
  return path;
}

}  // namespace

RuleWords::RuleWords(SymbolTable& symbols)
    : validations(symbols.intern("x-kubernetes-validations")),
      rule(symbols.intern("rule")),
      message(symbols.intern("message")),
      message_expression(symbols.intern("messageExpression")),
      field_path(symbols.intern("fieldPath")),
      optional_old_self(symbols.intern("optionalOldSelf")) {}

DefinitionRules::DefinitionRules(cel::KubernetesVersion version, const Node& schema,
                                 const std::shared_ptr<SymbolTable>& symbols, const Keywords& words)
    : symbols_(*symbols), words_(words), rule_words_(*symbols), types_(*symbols, words), lists_(words, version.minor) {
  Steps steps(most_schemas);
  if (!find_holders(schema, steps)) return;
  types_.text(schema, true);
  if (types_.has_too_many()) return;
  auto parts = cel::kubernetes_dialect(version);
  if (!parts) return;
  parts->objects = types_.objects();
  auto made = cel::Environment::make(std::move(*parts), symbols);
  if (made) language_ = std::move(*made);
}

bool DefinitionRules::find_holders_below(const Node& schema, Symbol list, Steps& steps) {
  const Node* members = schema.find(list);
  bool holds = false;
  for (const Node& one : members == nullptr ? std::span<const Node>{} : members->member_values()) {
    holds = find_holders(one, steps) || holds;
  }
  return holds;
}

bool DefinitionRules::find_holders(const Node& schema, Steps& steps) {
  const bool is_read = schema.is_object() && steps.spend(1);
  has_nullable_ = has_nullable_ || steps.is_exhausted() || (is_read && document::is_true(schema, words_.nullable));
  if (!is_read) return steps.is_exhausted();
  bool holds = schema.find(rule_words_.validations) != nullptr;
  holds = find_holders_below(schema, words_.properties, steps) || holds;
  for (const Symbol part : {words_.items, words_.additional_properties}) {
    const Node* inner = schema.find(part);
    holds = (inner != nullptr && find_holders(*inner, steps)) || holds;
  }
  if (holds) holders_[&schema] = true;
  return holds;
}

std::string_view DefinitionRules::text_of(const Node& object, Symbol key) const {
  const Node* value = object.find(key);
  return value == nullptr ? std::string_view{} : value->as_string();
}

const std::vector<CompiledRule>& DefinitionRules::of(const Node& schema, bool is_resource) {
  const auto [at, is_new] = compiled_.try_emplace(&schema);
  if (!is_new) return at->second;
  const Node* rules = schema.find(rule_words_.validations);
  if (rules == nullptr) return at->second;
  if (!rules->is_list()) at->second.emplace_back().error = "x-kubernetes-validations is no list";
  const auto type = language_ == nullptr ? std::nullopt : types_.text(schema, is_resource);
  Steps steps(most_schemas);
  const SchemaTraits traits = traits_below(schema, words_, steps);
  for (const Node& rule : rules->as_list()) {
    if (type) {
      at->second.push_back(compile(rule, *type, traits));
    } else {
      at->second.emplace_back().error =
          language_ == nullptr ? "its types are too many, or too deep" : "it stands where there is no type";
    }
  }
  return at->second;
}

std::optional<cel::Program> DefinitionRules::compile_text(std::string_view text, const std::string& type, bool with_old,
                                                          bool is_optional, cel::TypeKind wanted, std::string& error) {
  cel::Environment::VariableTexts variables{{"self", type}};
  if (with_old) variables.emplace_back("oldSelf", is_optional ? "optional_type(" + type + ")" : type);
  const auto environment = language_->with_variables(variables);
  if (!environment) {
    error = environment.error().message;
    return std::nullopt;
  }
  auto ast = cel::compile(**environment, text);
  if (!ast || ast->type_of(*ast->root).kind != wanted) {
    error = ast ? "it gives " + cel::to_string(ast->type_of(*ast->root)) : first_message(ast.error());
    return std::nullopt;
  }
  auto program = cel::Program::make(*environment, std::move(*ast), {.exact_cost = false});
  if (program) return std::move(*program);
  error = program.error().message;
  return std::nullopt;
}

CompiledRule DefinitionRules::compile(const Node& rule, const std::string& type, SchemaTraits traits) {
  CompiledRule compiled;
  const std::string_view text = text_of(rule, rule_words_.rule);
  const Node* optional = rule.find(rule_words_.optional_old_self);
  const bool is_optional = optional != nullptr && optional->kind == Kind::boolean && optional->boolean;
  const auto kind = cel::TypeKind::boolean;
  compiled.program = compile_text(text, type, is_optional, is_optional, kind, compiled.error);
  if (!compiled.program && !is_optional) {
    std::string other;
    compiled.concerns_change = compile_text(text, type, true, false, kind, other).has_value();
  }
  if (!compiled.program) {
    compiled.error += text.size() <= longest_rule_shown ? ", in " + std::string(text) : "";
    return compiled;
  }
  compiled.error = beyond_us(compiled.program->ast(), traits);
  if (!compiled.error.empty()) {
    compiled.program.reset();
    compiled.is_beyond_us = true;
    return compiled;
  }
  compile_message(rule, type, is_optional, compiled);
  return compiled;
}

void DefinitionRules::compile_message(const Node& rule, const std::string& type, bool with_old,
                                      CompiledRule& compiled) {
  compiled.words = text_of(rule, rule_words_.message);
  if (compiled.words.empty()) compiled.words = "failed rule: " + std::string(text_of(rule, rule_words_.rule));
  const std::string_view expression = text_of(rule, rule_words_.message_expression);
  std::string unsaid;  // then the words do
  if (!expression.empty()) {
    compiled.message = compile_text(expression, type, with_old, with_old, cel::TypeKind::string, unsaid);
  }
  const std::string_view field = text_of(rule, rule_words_.field_path);
  if (!field.empty()) compiled.field = document::parse_path(as_path(field), symbols_).value_or(document::Path{});
}

}  // namespace kastell::custom

#include "admission/evaluate/compiled.h"

#include <algorithm>

#include "cel/image.h"

namespace kastell::admission {

namespace {

// cel-go's form of a compiler's messages.
std::string issues(std::string_view text, const std::vector<cel::Diagnostic>& diagnostics) {
  std::string out;
  for (cel::Diagnostic diagnostic : diagnostics) {
    if (!out.empty()) out += '\n';
    diagnostic.hint.clear();
    out += "ERROR: <input>:" + cel::to_text(text, {&diagnostic, 1});
  }
  return out;
}

bool returns_type(const cel::Type& type, Returns returns) {
  switch (returns) {
    case Returns::boolean: return type.kind == cel::TypeKind::boolean;
    case Returns::string: return type.kind == cel::TypeKind::string;
    case Returns::string_or_null: return type.kind == cel::TypeKind::string || type.kind == cel::TypeKind::null_type;
    case Returns::object: return cel::to_string(type) == "Object";
    case Returns::json_patch: return cel::to_string(type) == "list(JSONPatch)";
    case Returns::anything: return true;
  }
  return false;
}

std::string_view wanted(Returns returns) {
  switch (returns) {
    case Returns::boolean: return "bool";
    case Returns::object: return "Object";
    case Returns::json_patch: return "list(JSONPatch)";
    default: return "string";
  }
}

std::string wrong_type(const cel::Type& type, Returns returns) {
  const std::string got = cel::to_string(type);
  if (returns == Returns::string_or_null) return "must evaluate to one of [string null_type] but got " + got;
  return "must evaluate to " + std::string(wanted(returns)) + " but got " + got;
}

CompiledExpression refused(std::string_view text, std::string error, std::vector<cel::Diagnostic> diagnostics) {
  return {.text = text, .program = {}, .error = std::move(error), .diagnostics = std::move(diagnostics)};
}

// The same program from its image: a fifth of the memory, since the tree is read again only if somebody asks for it.
void shrink(CompiledExpression& compiled, const std::shared_ptr<const cel::Environment>& environment) {
  if (!compiled.program) return;
  const std::string tree = cel::write_image(compiled.program->ast());
  auto image = std::make_unique<const std::string>(tree + compiled.program->code_image().value_or(""));
  const std::string_view bytes = *image;
  const cel::ProgramImage parts{compiled.text, bytes.substr(0, tree.size()), bytes.substr(tree.size())};
  if (!cel::read_image(*environment, parts.text, parts.tree)) return;
  auto small = cel::Program::from_image(environment, parts);
  if (!small) return;
  compiled.program = std::move(*small);
  compiled.image = std::move(image);
}

}  // namespace

CompiledExpression compile_expression(const std::shared_ptr<const cel::Environment>& environment, std::string_view text,
                                      Returns returns) {
  auto ast = cel::compile(*environment, text);
  if (!ast) return refused(text, "compilation failed: " + issues(text, ast.error()), ast.error());
  const cel::Type& type = ast->type_of(*ast->root);
  if (!returns_type(type, returns)) {
    std::string message = wrong_type(type, returns);
    return refused(text, message, {{message, ast->root->at}});
  }
  auto program = cel::Program::make(environment, std::move(*ast));
  if (!program) {
    std::string message = "program instantiation failed: " + program.error().message;
    return refused(text, message, {{message, 0}});
  }
  CompiledExpression compiled{.text = text, .program = {}, .error = {}};
  compiled.program.emplace(std::move(*program));
  return compiled;
}

std::vector<NamedExpression> expressions_of(const CompiledPolicy& policy) {
  std::vector<NamedExpression> all;
  const auto add = [&](std::string_view list, std::size_t at, std::string_view field, const CompiledExpression& one) {
    all.push_back({"spec." + std::string(list) + '[' + std::to_string(at) + "]." + std::string(field), &one});
  };
  const auto add_list = [&](std::string_view list, std::string_view field, const auto& expressions) {
    for (std::size_t i = 0; i < expressions.size(); ++i) add(list, i, field, expressions[i]);
  };
  add_list("matchConditions", "expression", policy.match_conditions);
  add_list("variables", "expression", policy.variables);
  add_list("validations", "expression", policy.validations);
  for (std::size_t i = 0; i < policy.messages.size(); ++i) {
    if (policy.messages[i]) add("validations", i, "messageExpression", *policy.messages[i]);
  }
  add_list("auditAnnotations", "valueExpression", policy.audit_annotations);
  for (std::size_t i = 0; i < policy.mutations.size(); ++i) {
    const bool is_json_patch = policy.policy.mutations[i].type == PatchType::json_patch;
    add("mutations", i, is_json_patch ? "jsonPatch.expression" : "applyConfiguration.expression", policy.mutations[i]);
  }
  return all;
}

namespace {

CompiledExpression compile_small(const std::shared_ptr<const cel::Environment>& environment, std::string_view text,
                                 Returns returns) {
  CompiledExpression compiled = compile_expression(environment, text, returns);
  shrink(compiled, environment);
  return compiled;
}

bool is_plain(const CompiledPolicy& compiled) {
  return compiled.policy.constraints && !compiled.policy.param_kind && compiled.variables.empty() &&
         compiled.match_conditions.empty() && compiled.audit_annotations.empty() && compiled.mutations.empty() &&
         !compiled.computes_messages && std::ranges::all_of(compiled.validations, [](const CompiledExpression& one) {
           return one.program.has_value();
         });
}

}  // namespace

CompiledPolicy compile_policy(AdmissionPolicy policy, const Language& language) {
  CompiledPolicy compiled{.policy = std::move(policy)};
  const AdmissionPolicy& read = compiled.policy;
  const Declared with_authorizer = compiled.declared(true);
  Language::VariableTypes types;
  for (const Variable& variable : read.variables) {
    const auto environment = language.environment(with_authorizer, types);
    compiled.variables.push_back(compile_expression(environment, variable.expression, Returns::anything));
    const auto& program = compiled.variables.back().program;
    types[std::string(variable.name)] = program ? variable_type(program->result_type()) : "dyn";
    shrink(compiled.variables.back(), environment);
  }
  const auto environment = language.environment(with_authorizer, types);
  for (const MatchCondition& condition : read.match_conditions) {
    compiled.match_conditions.push_back(compile_small(environment, condition.expression, Returns::boolean));
  }
  const auto for_messages = language.environment(compiled.declared(false), types);
  for (const Validation& validation : read.validations) {
    compiled.validations.push_back(compile_small(environment, validation.expression, Returns::boolean));
    auto& message = compiled.messages.emplace_back();
    if (validation.message_expression.empty()) continue;
    message = compile_small(for_messages, validation.message_expression, Returns::string);
    compiled.computes_messages = true;
  }
  for (const AuditAnnotation& annotation : read.audit_annotations) {
    compiled.audit_annotations.push_back(
        compile_small(environment, annotation.value_expression, Returns::string_or_null));
  }
  const auto for_patches = language.environment(compiled.declared(true, true), types);
  for (const Mutation& mutation : read.mutations) {
    const bool is_json_patch = mutation.type == PatchType::json_patch;
    compiled.mutations.push_back(
        compile_small(for_patches, mutation.expression, is_json_patch ? Returns::json_patch : Returns::object));
  }
  compiled.is_plain = is_plain(compiled);
  return compiled;
}

}  // namespace kastell::admission

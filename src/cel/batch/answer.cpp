// One request line → one answer line.
#include <algorithm>
#include <array>
#include <optional>

#include "cel/admission_variables.h"
#include "cel/batch.h"
#include "cel/batch/json_text.h"
#include "cel/compile.h"
#include "cel/evaluate.h"
#include "cel/evaluate/load_check.h"
#include "document/document.h"

namespace kastell::cel {
namespace {

constexpr std::array<std::string_view, 5> variable_names{"object", "oldObject", "params", "request", "namespaceObject"};

struct Request {
  Value id = make_null();
  std::string_view expression;
  KubernetesVersion version = newest_kubernetes;
  bool mutation = false;
  std::array<Value, variable_names.size()> variables{};
};

const Value* find(const Value& object, std::string_view key, const SymbolTable& symbols) {
  const auto symbol = symbols.find(key);
  return symbol ? object.find(*symbol) : nullptr;
}

// `request` and `namespaceObject` pass through the API server's types, the others are taken as they are.
Result<Value> read_variable(std::string_view name, const Value& value, Arena& arena, SymbolTable& symbols) {
  if (value.is_null()) return value;
  if (name == "params") return make_params(arena, value);
  if (name == "request") return make_request(arena, symbols, value);
  if (name == "namespaceObject") return make_namespace_object(arena, symbols, value);
  return value;
}

Result<void> read_variables(const Value* variables, Request& request, Arena& arena, SymbolTable& symbols) {
  if (variables == nullptr || variables->is_null()) return {};
  if (!variables->is_object()) return failure(ErrorCode::usage, "\"vars\" must be an object");
  for (std::size_t i = 0; i < variables->member_keys().size(); ++i) {
    const std::string_view name = symbols.text(variables->member_keys()[i]);
    const auto known = std::find(variable_names.begin(), variable_names.end(), name);
    if (known == variable_names.end())
      return failure(ErrorCode::not_found, "vars: no such variable: " + std::string(name));
    auto value = read_variable(name, variables->member_values()[i], arena, symbols);
    if (!value) return std::unexpected(value.error());
    request.variables[static_cast<std::size_t>(known - variable_names.begin())] = *value;
  }
  return {};
}

Result<Request> read_request(const Value& root, Arena& arena, SymbolTable& symbols) {
  if (!root.is_object()) return failure(ErrorCode::syntax, "the line is not a JSON object");
  Request request;
  if (const Value* id = find(root, "id", symbols)) request.id = *id;
  const Value* expression = find(root, "expr", symbols);
  if (expression == nullptr || !expression->is_string()) return failure(ErrorCode::usage, "\"expr\" must be a string");
  request.expression = as_text(*expression);
  if (const Value* version = find(root, "kubernetes", symbols); version != nullptr && !version->is_null()) {
    const auto parsed = parse_kubernetes_version(version->as_string());
    if (!parsed) return failure(ErrorCode::usage, "\"kubernetes\" must be a version such as \"1.30\"");
    request.version = *parsed;
  }
  if (const Value* mutation = find(root, "mutation", symbols)) request.mutation = is_true(*mutation);
  if (auto read = read_variables(find(root, "vars", symbols), request, arena, symbols); !read)
    return std::unexpected(read.error());
  return request;
}

std::string begin_answer(const Value& id, const SymbolTable& symbols) {
  std::string out = "{\"id\":";
  append_value_json(out, id, symbols);
  return out;
}

struct Failure {
  std::string_view phase;
  std::string_view message;
  LineColumn place = {0, 0};  // zeros: nowhere in particular
  std::optional<std::uint64_t> cost = {};
};

std::string end_with(std::string out, const Failure& failure) {
  out.append(",\"error\":{\"phase\":\"").append(failure.phase).append("\",\"message\":");
  append_json_text(out, failure.message);
  out.append(",\"line\":").append(std::to_string(failure.place.line));
  out.append(",\"column\":").append(std::to_string(failure.place.column));
  out += '}';
  if (failure.cost) out.append(",\"cost\":").append(std::to_string(*failure.cost));
  out += '}';
  return out;
}

// Zeros if the tree has no expression with this id.
LineColumn place_of(const Ast& ast, std::int64_t id) {
  const auto position = position_of(ast, id);
  return position ? line_column(ast.text, *position) : LineColumn{0, 0};
}

std::string end_with_value(std::string out, const Value& value, const Ast& ast, const Evaluation& evaluation) {
  if (is_error(value)) {
    const EvaluationError& error = as_error(value);
    return end_with(std::move(out), {"eval", error.message, place_of(ast, error.expr_id), evaluation.cost()});
  }
  out += ",\"result\":";
  append_value_json(out, value, evaluation.symbols());
  out += ",\"type\":";
  append_json_text(out, to_string(ast.type_of(*ast.root)));
  return out.append(",\"cost\":").append(std::to_string(evaluation.cost())).append("}");
}

std::string evaluate(std::string out, const Request& request, const std::shared_ptr<const Environment>& environment,
                     Ast ast, const EvalBatch& batch) {
  Evaluation evaluation(environment->symbols());
  evaluation.budget.cost = batch.limits().cost;
  if (batch.engine() == EvalBatch::Engine::naive) {
    if (const auto error = find_failing_constant(*environment, ast))
      return end_with(std::move(out), {"compile", error->message, LineColumn{error->place.line, error->place.column}});
    const Value value = evaluate_naively(*environment, ast, evaluation, request.variables);
    return end_with_value(std::move(out), value, ast, evaluation);
  }
  const auto program = Program::make(environment, std::move(ast));
  if (!program)
    return end_with(std::move(out), {"compile", program.error().message,
                                     LineColumn{program.error().place.line, program.error().place.column}});
  const Value value = program->evaluate(evaluation, request.variables);
  return end_with_value(std::move(out), value, program->ast(), evaluation);
}

std::string answer_request(const Request& request, EvalBatch& batch, const SymbolTable& symbols) {
  std::string out = begin_answer(request.id, symbols);
  const auto environment = batch.environment(request.version, request.mutation);
  if (!environment) return end_with(std::move(out), {"input", environment.error().message});
  auto ast = compile(**environment, request.expression);
  if (ast) return evaluate(std::move(out), request, *environment, std::move(*ast), batch);
  const Diagnostic& first = ast.error().front();
  return end_with(std::move(out), {"compile", first.message, line_column(request.expression, first.offset)});
}

}  // namespace

std::string answer_eval_line(std::string_view line, EvalBatch& batch) {
  const auto symbols = batch.symbols();
  const std::string unidentified = begin_answer(make_null(), *symbols);
  if (line.size() > batch.limits().line_bytes)
    return end_with(unidentified, {"input", "the line exceeds the limit line_bytes"});
  const auto source = std::make_shared<document::Source>("line", line);
  const auto stream = document::parse(source, *symbols, {.format = document::Format::json});
  if (!stream.errors.empty()) return end_with(unidentified, {"input", stream.errors.front().message});
  if (stream.documents.size() != 1) return end_with(unidentified, {"input", "the line is not one JSON object"});
  const Value& root = stream.documents.front().root;
  const auto request = read_request(root, *stream.arena, *symbols);
  if (request) return answer_request(*request, batch, *symbols);
  const Value* id = root.is_object() ? find(root, "id", *symbols) : nullptr;
  return end_with(begin_answer(id != nullptr ? *id : make_null(), *symbols), {"input", request.error().message});
}

}  // namespace kastell::cel

#include "cel/conformance/case.h"

#include <algorithm>
#include <deque>
#include <memory>

#include "cel/compile.h"
#include "cel/conformance/block_macros.h"
#include "cel/conformance/expected_value.h"
#include "cel/environment.h"
#include "cel/evaluate.h"
#include "cel/type.h"

namespace kastell::cel::conformance {
namespace {

Outcome failed(std::string why) {
  return {false, std::move(why)};
}

// The case's own function declarations; the texts live here.
struct Declarations {
  std::deque<std::string> texts;
  std::vector<Overload> overloads;

  std::string_view keep(std::string text) { return texts.emplace_back(std::move(text)); }
};

std::optional<std::string> read_signature(const Field& overload) {
  std::string parameters;
  for (const Field* parameter : overload.all("params")) {
    const auto type = read_type(*parameter);
    if (!type) return std::nullopt;
    parameters += (parameters.empty() ? "" : ", ") + *type;
  }
  const Field* result = overload.find("result_type");
  const auto type = result == nullptr ? std::nullopt : read_type(*result);
  return type ? std::optional(parameters + " -> " + *type) : std::nullopt;
}

bool declare_function(Declarations& declarations, const Field& declaration) {
  for (const Field* overload : declaration.find("function")->all("overloads")) {
    const auto signature = read_signature(*overload);
    if (!signature) return false;
    declarations.overloads.push_back({.function = declarations.keep(std::string(declaration.text("name"))),
                                      .id = declarations.keep(std::string(overload->text("overload_id"))),
                                      .member = overload->is_true("is_instance_function"),
                                      .signature = declarations.keep(*signature)});
  }
  return true;
}

// Variables in slot order: those declared, then those only bound.
bool declare(Environment::Parts& parts, Declarations& declarations, const Field& test) {
  for (const Field* declaration : test.all("type_env")) {
    if (declaration->find("function") != nullptr) {
      if (!declare_function(declarations, *declaration)) return false;
      continue;
    }
    const Field* identifier = declaration->find("ident");
    const Field* type = identifier == nullptr ? nullptr : identifier->find("type");
    const auto notation = type == nullptr ? std::nullopt : read_type(*type);
    if (!notation) return false;
    parts.variables.emplace_back(std::string(declaration->text("name")), *notation);
  }
  for (const Field* binding : test.all("bindings")) {
    const std::string name(binding->text("key"));
    if (std::ranges::find(parts.variables, name, &std::pair<std::string, std::string>::first) ==
        parts.variables.end()) {
      parts.variables.emplace_back(name, "dyn");
    }
  }
  if (!declarations.overloads.empty()) parts.libraries.push_back({.name = "case", .overloads = declarations.overloads});
  return true;
}

std::optional<std::vector<Value>> read_bindings(Arena& arena, const Environment& environment, const Field& test) {
  std::vector<Value> values(environment.variables().size(), make_error(arena, "no such attribute"));
  for (const Field* binding : test.all("bindings")) {
    const Field* expr_value = binding->find("value");
    const Field* value = expr_value == nullptr ? nullptr : expr_value->find("value");
    const auto read = value == nullptr ? std::nullopt : read_value(arena, *value);
    if (!read) return std::nullopt;
    values[*environment.find_variable(binding->text("key"))] = *read;
  }
  return values;
}

// The value a case expects; null where it expects an error.
const Field* expected_value(const Field& test) {
  if (const Field* typed = test.find("typed_result")) return typed->find("result");
  return test.find("value");
}

bool expects_error(const Field& test) {
  return test.find("eval_error") != nullptr || test.find("any_eval_errors") != nullptr;
}

Outcome compare_value(Arena& arena, const Field& test, const Value& got, const SymbolTable& symbols,
                      std::string_view engine) {
  const std::string shown = std::string(engine) + " gives " + show(got, symbols);
  if (expects_error(test)) return is_error(got) ? Outcome{true} : failed("an error is expected; " + shown);
  const Field* field = expected_value(test);
  const auto expected = field == nullptr ? std::optional(make_bool(true)) : read_value(arena, *field);
  if (!expected) return failed("the expected value needs protobuf descriptors");
  if (is_same_value(*expected, got, symbols)) return {true};
  return failed("expected " + show(*expected, symbols) + "; " + shown);
}

Outcome compare_type(const Field& test, const Ast& ast) {
  const Field* typed = test.find("typed_result");
  const Field* deduced = typed == nullptr ? nullptr : typed->find("deduced_type");
  if (deduced == nullptr) return {true};
  const auto expected = read_type(*deduced);
  if (!expected) return failed("the expected type needs protobuf descriptors");
  const std::string got = to_string(ast.type_of(*ast.root));
  return got == *expected ? Outcome{true} : failed("expected type " + *expected + "; checked as " + got);
}

Outcome evaluate(const std::shared_ptr<const Environment>& environment, const Ast& ast, const Field& test) {
  Arena arena;
  const auto variables = read_bindings(arena, *environment, test);
  if (!variables) return failed("a binding needs protobuf descriptors");
  const SymbolTable& symbols = environment->symbols();
  Evaluation evaluation(symbols);
  const Value naive = evaluate_naively(*environment, ast, evaluation, *variables);
  Outcome outcome = compare_value(arena, test, naive, symbols, "the naive evaluator");
  if (!outcome.passed) return outcome;
  const auto program = Program::make(environment, ast);
  if (!program) return failed("no program: " + to_string(program.error()));
  Evaluation fast_evaluation(symbols);
  outcome = compare_value(arena, test, program->evaluate(fast_evaluation, *variables), symbols, "the fast engine");
  if (!outcome.passed || evaluation.cost() == fast_evaluation.cost()) return outcome;
  return failed("the naive evaluator costs " + std::to_string(evaluation.cost()) + ", the fast engine " +
                std::to_string(fast_evaluation.cost()));
}

Environment::Parts dialect_of(const Field& test) {
  Environment::Parts parts = specification_dialect();
  parts.libraries.push_back(block_library());
  parts.container = test.text("container");
  if (test.is_true("disable_macros")) {
    for (Library& library : parts.libraries) library.macros = {};
  }
  return parts;
}

}  // namespace

std::vector<Case> cases_of(const std::string& file, const Field& suite) {
  std::vector<Case> cases;
  for (const Field* section : suite.all("section")) {
    for (const Field* test : section->all("test")) {
      cases.push_back({file + "/" + std::string(section->text("name")) + "/" + std::string(test->text("name")), *test});
    }
  }
  return cases;
}

Outcome run(const Case& c) {
  Environment::Parts parts = dialect_of(c.test);
  Declarations declarations;
  if (!declare(parts, declarations, c.test)) return failed("a declaration needs protobuf descriptors");
  const auto environment = Environment::make(std::move(parts), std::make_shared<SymbolTable>());
  if (!environment) return failed("environment: " + to_string(environment.error()));
  auto parsed = parse(**environment, c.test.text("expr"));
  const bool is_checked = !c.test.is_true("disable_check");
  if (parsed && is_checked) parsed = check(**environment, *std::move(parsed));
  if (!parsed) {
    if (expects_error(c.test)) return {true};
    return failed(to_text(c.test.text("expr"), parsed.error()));
  }
  if (is_checked) {
    if (Outcome type = compare_type(c.test, *parsed); !type.passed) return type;
  }
  if (c.test.is_true("check_only")) return {true};
  return evaluate(*environment, *parsed, c.test);
}

}  // namespace kastell::cel::conformance

#include "cel/evaluate/engines.h"

#include <gtest/gtest.h>

#include <bit>

#include "cel/image.h"
#include "cel/libraries.h"

namespace kastell::cel::tests {

namespace {

Environment::Parts parts_of(Dialect dialect) {
  Environment::Parts parts;
  parts.libraries = {standard_library(), strings_library(), optionals_library(), bindings_library(),
                     two_variable_comprehensions_library()};
  parts.options.presence_test_has_no_cost = dialect == Dialect::kubernetes;
  parts.options.constant_folding = dialect == Dialect::kubernetes;
  parts.variables = {{"object", "dyn"}, {"xs", "list(int)"}, {"m", "map(string, int)"},
                     {"n", "int"},      {"s", "string"},     {"yes", "bool"}};
  return parts;
}

std::string list_to_text(const Value& list, const SymbolTable& symbols) {
  std::string text = "[";
  for (const Value& item : list.as_list()) text += to_text(item, symbols) + ", ";
  return text + "]";
}

std::string map_to_text(const Value& map, const SymbolTable& symbols) {
  std::string text = "{";
  for (std::uint32_t i = 0; i < map_size(map); ++i) {
    text += to_text(map_key(map, i, symbols), symbols) + ": " + to_text(map_value(map, i), symbols) + ", ";
  }
  return text + "}";
}

struct Answer {
  std::string value;
  std::uint64_t cost = 0;
  bool operator==(const Answer&) const = default;
};

std::string show(std::string_view engine, const Answer& answer) {
  return std::string(engine) + ": " + answer.value + " at " + std::to_string(answer.cost) + "\n";
}

struct Engine {
  std::string_view name;
  ProgramOptions options;
};
constexpr Engine engines[] = {{"fast", {.count_cost = true, .optimise = true}},
                              {"fast without optimisation", {.count_cost = true, .optimise = false}},
                              {"fast without cost", {.count_cost = false, .optimise = true}}};

}  // namespace

std::shared_ptr<const Environment> test_environment(Dialect dialect, std::shared_ptr<SymbolTable> symbols) {
  auto environment = Environment::make(parts_of(dialect), std::move(symbols));
  if (!environment) ADD_FAILURE() << environment.error().message;
  return environment ? *environment : nullptr;
}

World::World(std::shared_ptr<SymbolTable> symbols, std::string json)
    : stream_(document::parse(std::make_shared<document::Source>("world", json), *symbols)) {
  const Value numbers[] = {make_int(1), make_int(2), make_int(3)};
  const document::Member members[] = {{.key = symbols->intern("a"), .value = make_int(1)},
                                      {.key = symbols->intern("b"), .value = make_int(2)}};
  variables_ = {stream_.documents.empty() ? make_null() : stream_.documents[0].root,
                cel::make_list(arena_, std::span<const Value>(numbers)),
                document::make_object(arena_, members, false),
                make_int(7),
                make_string("abc"),
                make_bool(true)};
}

std::string to_text(const Value& value, const SymbolTable& symbols) {
  switch (value.kind) {
    case Kind::null: return "null";
    case Kind::boolean: return value.boolean ? "true" : "false";
    case Kind::integer: return std::to_string(value.integer);
    case Kind::floating: return "double " + std::to_string(std::bit_cast<std::uint64_t>(value.floating));
    case Kind::string: return "'" + std::string(value.as_string()) + "'";
    case value_kind::bytes: return "b'" + std::string(as_text(value)) + "'";
    case Kind::list: return list_to_text(value, symbols);
    case Kind::object:
    case value_kind::map: return map_to_text(value, symbols);
    case value_kind::optional:
      return as_optional(value) == nullptr ? "none" : "optional " + to_text(*as_optional(value), symbols);
    case value_kind::type: return "type " + std::string(type_name(value)) + to_string(as_type(value));
    case value_kind::error:
      return "error «" + std::string(as_error(value).message) + "» of " + std::to_string(as_error(value).expr_id);
    default:
      return std::string(type_name(value)) + " " + std::to_string(value.integer) + " " + std::to_string(value.size);
  }
}

Comparison compare_engines(const std::shared_ptr<const Environment>& environment, std::string_view expression,
                           const World& world, std::uint64_t budget) {
  Comparison comparison;
  auto ast = compile(*environment, expression);
  if (!ast) ast = parse(*environment, expression);
  if (!ast) return comparison;
  Evaluation evaluation(environment->symbols());
  evaluation.budget.cost = budget;
  const Value naive_value = evaluate_naively(*environment, *ast, evaluation, world.variables());
  const Answer naive{to_text(naive_value, environment->symbols()), evaluation.cost()};
  comparison.failed = is_error(naive_value);
  comparison.checked = ast->checked;
  for (const Engine& engine : engines) {
    if (!engine.options.count_cost && budget != ~std::uint64_t{0}) continue;
    auto tree = ast->checked ? compile(*environment, expression) : parse(*environment, expression);
    auto program = Program::make(environment, std::move(*tree), engine.options);
    if (!program) return comparison;  // refused when it is made: a constant that fails
    const auto compare = [&](std::string_view name, const Program& run) {
      evaluation.reset();
      const Value value = run.evaluate(evaluation, world.variables());
      const Answer answer{to_text(value, environment->symbols()),
                          engine.options.count_cost ? evaluation.cost() : naive.cost};
      if (answer != naive) comparison.difference += show(name, answer);
    };
    compare(engine.name, *program);
    if (const auto code = ast->checked ? program->code_image() : std::nullopt) {
      const std::string image = write_image(*ast);
      const auto read = Program::from_image(environment, {ast->text, image, *code}, engine.options);
      comparison.in_image = read.has_value() && read->code_image() == code;
      if (!comparison.in_image) comparison.difference += std::string(engine.name) + ": its image is none\n";
      if (read) compare(std::string(engine.name) + ", from its image", *read);
    }
  }
  comparison.compiled = true;
  if (!comparison.difference.empty()) comparison.difference = show("naive", naive) + comparison.difference;
  return comparison;
}

}  // namespace kastell::cel::tests

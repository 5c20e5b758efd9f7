// Bytes are an expression, its first byte chooses the dialect. Whatever parses is run by the naive and the
// fast engine over one small document, within a budget; value, error and cost must be the same.
#include <cstdio>
#include <cstdlib>
#include <string>

#include "cel/compile.h"
#include "cel/evaluate.h"
#include "cel/libraries.h"
#include "cel/type.h"
#include "document/document.h"

namespace {

using namespace kastell;
using namespace kastell::cel;

constexpr std::string_view document_text =
    R"({"a": {"b": [1, 2.5, "x", null], "c": {"d": true}}, "b": "abc", "c": 7, "d": [{"a": 1}, {"b": "y"}]})";
constexpr std::uint64_t budget = 20'000;
constexpr std::size_t longest = 400;

struct World {
  explicit World(Environment::Parts parts) {
    parts.variables = {{"object", "dyn"}, {"n", "int"}, {"s", "string"}};
    environment = Environment::make(std::move(parts), symbols).value();
    stream = document::parse(std::make_shared<document::Source>("world", document_text), *symbols);
    variables = {stream.documents[0].root, make_int(7), make_string("abc")};
  }
  std::shared_ptr<SymbolTable> symbols = std::make_shared<SymbolTable>();
  std::shared_ptr<const Environment> environment;
  document::DocumentStream stream;
  std::vector<Value> variables;
};

// NaN is the same as NaN here, and an error the same as an error with its text and place.
bool same(const Value& a, const Value& b, const SymbolTable& symbols);

bool same_items(const Value& a, const Value& b, const SymbolTable& symbols) {
  for (std::uint32_t i = 0; i < a.size; ++i) {
    if (!same(a.items[i], b.items[i], symbols)) return false;
  }
  return true;
}

bool same_entries(const Value& a, const Value& b, const SymbolTable& symbols) {
  for (std::uint32_t i = 0; i < map_size(a); ++i) {
    if (!same(map_key(a, i, symbols), map_key(b, i, symbols), symbols)) return false;
    if (!same(map_value(a, i), map_value(b, i), symbols)) return false;
  }
  return true;
}

bool same_fields(const StructureValue& a, const StructureValue& b, const SymbolTable& symbols) {
  if (a.type->name != b.type->name || a.fields.size() != b.fields.size()) return false;
  for (std::size_t i = 0; i < a.fields.size(); ++i) {
    if (a.fields[i].name != b.fields[i].name || !same(a.fields[i].value, b.fields[i].value, symbols)) return false;
  }
  return true;
}

bool same(const Value& a, const Value& b, const SymbolTable& symbols) {
  if (is_map(a)) return is_map(b) && map_size(a) == map_size(b) && same_entries(a, b, symbols);
  if (a.kind != b.kind) return false;
  if (a.kind == Kind::floating && a.floating != a.floating) return b.floating != b.floating;
  if (a.is_list()) return a.size == b.size && same_items(a, b, symbols);
  if (is_error(a)) return as_error(a).message == as_error(b).message && as_error(a).expr_id == as_error(b).expr_id;
  if (a.kind == value_kind::optional && as_optional(a) != nullptr && as_optional(b) != nullptr) {
    return same(*as_optional(a), *as_optional(b), symbols);
  }
  if (a.kind == value_kind::structure) return same_fields(as_structure(a), as_structure(b), symbols);
  return equal(a, b, symbols);
}

void run(const World& world, std::string_view text) {
  auto ast = compile(*world.environment, text);
  const bool checked = ast.has_value();
  if (!checked) ast = parse(*world.environment, text);
  if (!ast) return;
  Evaluation naive(*world.symbols), fast(*world.symbols);
  naive.budget.cost = fast.budget.cost = budget;
  const Value expected = evaluate_naively(*world.environment, *ast, naive, world.variables);
  const auto program = Program::make(world.environment, std::move(*ast));
  if (!program) return;  // a constant that fails is refused
  const Value value = program->evaluate(fast, world.variables);
  if (naive.cost() != fast.cost() || !same(expected, value, *world.symbols)) {
    std::fprintf(stderr, "naive and fast differ: cost %llu and %llu\n", static_cast<unsigned long long>(naive.cost()),
                 static_cast<unsigned long long>(fast.cost()));
    std::abort();
  }
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const unsigned char* data, std::size_t size) {
  static const World specification(specification_dialect());
  static const World kubernetes(*mutation_dialect(newest_kubernetes, false));
  if (size < 2 || size > longest) return 0;
  const std::string_view text(reinterpret_cast<const char*>(data) + 1, size - 1);
  run(data[0] % 2 == 0 ? specification : kubernetes, text);
  return 0;
}

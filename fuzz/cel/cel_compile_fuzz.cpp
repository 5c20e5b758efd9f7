// Any text: parses or says why not; what parses is written again as text that reads back as itself;
// what checks, and is evaluated, does so within its bounds.
#include <cstdint>
#include <cstdlib>
#include <memory>
#include <string>
#include <string_view>

#include "cel/compile.h"
#include "cel/environment.h"
#include "cel/evaluate.h"
#include "cel/libraries.h"

using namespace kastell;

namespace {

std::shared_ptr<const cel::Environment> make_environment() {
  cel::Environment::Parts parts;
  parts.libraries = {cel::standard_library(),  cel::strings_library(),
                     cel::math_library(),      cel::lists_library(),
                     cel::optionals_library(), cel::bindings_library(),
                     cel::sets_library(),      cel::two_variable_comprehensions_library()};
  parts.options.homogeneous_literals = false;
  parts.options.validate_literals = true;
  parts.options.patch_types = true;
  parts.objects = {{"T", {{"a", "int"}, {"b", "list(T)"}}}};
  parts.variables = {{"i", "int"}, {"s", "string"}, {"x", "dyn"}, {"l", "list(int)"}, {"t", "T"}};
  auto environment = cel::Environment::make(std::move(parts), std::make_shared<SymbolTable>());
  if (!environment) std::abort();
  return *environment;
}

void check_written(const cel::Environment& environment, const cel::Ast& ast) {
  const std::string written = cel::unparse(ast, *ast.root);
  // Escapes can make the text longer than an expression may be.
  if (written.size() > environment.options().code_point_limit) return;
  const auto again = cel::parse(environment, written);
  if (!again || cel::unparse(*again, *again->root) != written) std::abort();
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  static const auto environment = make_environment();
  const std::string_view text{reinterpret_cast<const char*>(data), size};
  auto parsed = cel::parse(*environment, text);
  if (!parsed) {
    static_cast<void>(cel::to_text(text, parsed.error()));
    return 0;
  }
  check_written(*environment, *parsed);
  const auto checked = cel::check(*environment, std::move(*parsed));
  if (!checked) {
    static_cast<void>(cel::to_text(text, checked.error()));
    return 0;
  }
  cel::Evaluation evaluation(environment->symbols());
  evaluation.budget.cost = 10'000;
  const cel::Value variables[] = {cel::make_int(1), cel::make_string("a")};
  static_cast<void>(cel::evaluate_naively(*environment, *checked, evaluation, variables));
  return 0;
}

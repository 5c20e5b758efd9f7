// An object, and definitions of custom resources before it, against the schemas: each problem must be at a place of the
// object or name a field that is missing there, and there must not be too many.

#include <cstdint>
#include <cstdlib>
#include <string_view>

#include "document/path.h"
#include "input.h"

namespace {

using namespace kastell;
using namespace kastell::kube;

void check_problem(const FieldProblem& problem, const document::Node& root) {
  if (problem.explanation.empty()) std::abort();
  const bool is_missing = problem.type == FieldProblemType::missing_field;
  if ((document::find(root, problem.path) == nullptr) != is_missing) std::abort();
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  if (size < 1) return 0;
  SymbolTable symbols;
  CustomSchemas custom(symbols);
  const auto stream = parse_rest(data, size, symbols);
  FieldCheck check(symbols, minor_of(data[0]), &custom);
  Arena arena;
  for (const document::Document& one : stream.documents) {
    const document::Node root = document::without_null_members(one.root, *stream.arena);
    const std::string_view api_version = text_of(root, symbols::apiVersion), kind = text_of(root, symbols::kind);
    custom.add(root);
    if (api_version.empty() || kind.empty()) continue;  // no object to a snapshot
    const auto report = check.check(root, api_version, kind, arena);
    if (report.problems.size() > FieldReport::most_problems) std::abort();
    if (report.left_out > 0 && report.problems.size() < FieldReport::most_problems) std::abort();
    for (const FieldProblem& problem : report.problems) check_problem(problem, root);
  }
  return 0;
}

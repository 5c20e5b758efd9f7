// A schema and objects in one input, documents of YAML: the first is the schema, each that follows an object. Every
// problem must be at a place of the object and say something, there must not be too many, and asking again must give
// the same.

#include <algorithm>
#include <cstdint>
#include <cstdlib>
#include <string>
#include <string_view>
#include <vector>

#include "custom/resource_check.h"
#include "document/document.h"
#include "document/path.h"

namespace {

using namespace kastell;

constexpr std::uint8_t oldest = 31, newest = 37;

// What says that something was not looked at, or a rule that names a field itself, may have no place. Nor has what a
// default fills in: schemas with defaults are asked for less.
bool has_place(const kube::FieldProblem& problem, const document::Node& root) {
  return problem.is_undecided || problem.type == kube::FieldProblemType::broken_rule ||
         document::find(root, problem.path) != nullptr;
}

std::vector<std::string> check(custom::ResourceCheck& check, const document::Node& object, const document::Node& schema,
                               bool is_decodable, bool has_defaults, Arena& arena) {
  const auto problems = check.check(object, schema, {.is_decodable = is_decodable}, arena);
  if (problems.size() > custom::ResourceCheck::most_problems + 3) std::abort();
  std::vector<std::string> texts;
  for (const kube::FieldProblem& problem : problems) {
    if (problem.explanation.empty() || (!has_defaults && !has_place(problem, object))) std::abort();
    texts.emplace_back(problem.explanation);
  }
  return texts;
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  if (size < 1) return 0;
  const auto symbols = std::make_shared<SymbolTable>();
  const std::string_view text(reinterpret_cast<const char*>(data) + 1, size - 1);
  const auto stream = document::parse(std::make_shared<document::Source>("a.yaml", text), *symbols);
  if (stream.documents.empty()) return 0;
  const document::Node& schema = stream.documents[0].root;
  const bool is_decodable = (data[0] & 0x80) == 0;
  custom::ResourceCheck asked(symbols, static_cast<std::uint8_t>(oldest + (data[0] & 0x7f) % (newest - oldest + 1)));
  const bool has_defaults = text.contains("default");
  Arena arena;
  for (const document::Document& one : stream.documents) {
    if (&one == &stream.documents[0] || !one.root.is_object()) continue;
    const document::Node object = document::without_null_members(one.root, *stream.arena);
    const auto once_more = [&] { return check(asked, object, schema, is_decodable, has_defaults, arena); };
    if (once_more() != once_more()) std::abort();
  }
  return 0;
}

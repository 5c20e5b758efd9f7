// Whether a custom resource has the values that its definition allows: bounds, lengths, patterns, formats, lists
// without duplicates, allOf, anyOf, oneOf and not, with the defaults of the definition filled in.
//
//   ResourceCheck check(symbols);
//   for (const kube::FieldProblem& problem : check.check(object, schema, arena)) …
//
// Names, types, enumerations and missing fields of the schema's own structure are kube/api_schema.h's. Problems bear
// the paths of the object as it is written. What the definition says in a way that cannot be read, and what costs too
// much, is a problem that is undecided: never nothing.
//
// Thread-safety: a ResourceCheck belongs to one thread.
#pragma once

#include <memory>
#include <span>

#include "base/arena.h"
#include "base/symbol.h"
#include "kube/api_schema.h"

namespace kastell::custom {

class ResourceCheck {
 public:
  static constexpr std::uint64_t most_steps = 1'000'000;  // of one resource: values, characters, keywords
  static constexpr std::size_t most_problems = 1000;      // of one resource; that there are more is undecided problems

  // `minor` of Kubernetes 1: whose CEL rules are written in.
  ResourceCheck(std::shared_ptr<SymbolTable> symbols, std::uint8_t minor);
  ~ResourceCheck();
  ResourceCheck(ResourceCheck&&) noexcept;

  struct Object {
    // Types are right and nothing is missing; else the rules are not asked, as in an API server.
    bool is_decodable = true;
    // Members that were null may be missing. An API server keeps those that the definition calls nullable, and rules
    // see them: then the rules are undecided.
    bool had_nulls = false;
  };
  // `schema`: the openAPIV3Schema of its version. In the order of the schema's questions; the problems live in the
  // arena.
  std::span<const kube::FieldProblem> check(const document::Node& object, const document::Node& schema,
                                            const Object& known, Arena& arena);

 private:
  struct Parts;
  std::unique_ptr<Parts> parts_;
};

}  // namespace kastell::custom

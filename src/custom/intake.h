// What an API server makes of a custom resource before its admission policies see it: what the schema of its definition
// does not know is cut off, and the schema's defaults are filled in.
//
//   CustomIntake intake(symbols);
//   const Result<Node> seen = intake.take(resource, schema, arena);  // the openAPIV3Schema of its version
//
// apiVersion, kind and metadata are no matter of the schema and stay. An error of code `limit` if it would cost more
// than most_steps, or if the defaults, which stand in the definition once and in a list for each item, would make the
// resource longer by more than most_added_bytes. Results share with the resource what did not change. One per thread.
#pragma once

#include <memory>

#include "base/arena.h"
#include "base/result.h"
#include "base/symbol.h"
#include "document/node.h"

namespace kastell::custom {

struct Keywords;

class CustomIntake {
 public:
  static constexpr std::uint64_t most_steps = 1'000'000;  // values looked at

  static constexpr std::uint64_t most_added_bytes = std::uint64_t{8} << 20;

  explicit CustomIntake(SymbolTable& symbols);
  ~CustomIntake();

  Result<document::Node> take(const document::Node& resource, const document::Node& schema, Arena& arena) const;

 private:
  const SymbolTable& symbols_;
  std::unique_ptr<Keywords> words_;
};

}  // namespace kastell::custom

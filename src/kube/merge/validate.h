// Whether a value fits its type (structured-merge-diff typed/validate.go), and what of it would be replaced as a whole.
#pragma once

#include <cstdint>
#include <string>
#include <vector>

#include "base/symbol.h"
#include "document/node.h"
#include "kube/api_type.h"

namespace kastell::kube::merge {

// Objects deeper than this are refused; an API server takes no deeper JSON either.
inline constexpr unsigned deepest_value = 1000;

struct Problem {
  std::string path;  // ".spec.containers[name=\"web\"].image"
  std::string message;
  bool is_undeclared = false;  // the field does not exist
};

// How items of lists are named in paths.
enum class ItemNames : std::uint8_t { keys, indexes };

std::vector<Problem> validate(const document::Node& value, ApiType type, const SymbolTable& symbols,
                              ItemNames names = ItemNames::keys);

// The API server's text of several problems.
std::string to_string(const std::vector<Problem>& problems);

// Paths of lists, maps and structs that are replaced as a whole: ".spec.affinity".
std::vector<std::string> find_atomics(const document::Node& value, ApiType type, const SymbolTable& symbols);

}  // namespace kastell::kube::merge

// jsonpatch.escapeKey(): a key as a step of a JSON pointer, RFC 6901 (apiserver pkg/cel/library/jsonpatch.go).
#include <string>

#include "cel/kubernetes_libraries.h"
#include "cel/library/cost.h"
#include "cel/library/declare.h"

namespace kastell::cel {
namespace {

Value escape_key(CallContext& context, std::span<const Value> arguments) {
  std::string escaped;
  for (const char c : as_text(arguments[0])) {
    if (c == '/')
      escaped += "~1";
    else if (c == '~')
      escaped += "~0";
    else
      escaped += c;
  }
  return make_string(context.arena.copy(escaped));
}

constexpr Overload overloads[] = {declare::function("jsonpatch.escapeKey", "string_jsonpatch_escapeKey_string",
                                                    "string -> string", &escape_key, &cost::target_traversal)};

}  // namespace

Library kubernetes_json_patch_library() {
  return {.name = "kubernetes.jsonpatch", .overloads = overloads};
}

}  // namespace kastell::cel

// The values of an expression's variables, from a request (apiserver pkg/admission/plugin/cel/activation.go).
#pragma once

#include "admission/evaluate/language.h"
#include "admission/match/match.h"
#include "admission/request.h"
#include "base/arena.h"

namespace kastell::admission {

// The object as another version of its kind shows it: only apiVersion differs, as of a custom resource without a
// conversion webhook.
document::Node in_version(const document::Node& object, const GroupVersionKind& kind, Arena& arena,
                          const SymbolTable& symbols);

class InputBuilder {
 public:
  InputBuilder(const Request& request, Arena& arena, SymbolTable& symbols)
      : request_(request), arena_(arena), symbols_(symbols) {}

  // Everything but params and namespaceObject. `resource` and `kind` are what matched.
  Result<Inputs> build(const GroupVersionResource& resource, const GroupVersionKind& kind, bool reflected) const;

 private:
  cel::Value request_value(const GroupVersionResource& resource, const GroupVersionKind& kind) const;
  cel::Value object_value(const document::Node& object, const GroupVersionKind& kind, bool reflected) const;

  const Request& request_;
  Arena& arena_;
  SymbolTable& symbols_;
};

}  // namespace kastell::admission

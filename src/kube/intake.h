// What an API server makes of an object of Kubernetes' own kinds before its admission policies see it. Stages:
//
//   typed_form     the object as the Go structs hold it: fields that there are not vanish, and so do empty values where
//                  the struct leaves them out; those that it always has are written; quantities and times are rewritten
//   with_defaults  what the object leaves out gets its default (policies/tables/defaults.txt, and functions for what
//                  depends on more than one field)
//
//   created        what the server writes into a new object itself, once mutating policies have seen it, and before
//                  validating ones do (the strategies of its registry): generation, status, …
//
//   Intake intake(symbols);
//   const Result<Node> seen = intake.take(object, type_of("", "v1", "Pod", 34), arena);  // as Kubernetes 1.34 does
//
// A value that the API server could not read is an error of code `type`, with the field and what it must be; the server
// answers such a request with BadRequest. Objects of a type that is not in the tables (custom resources) stay as they
// are. Not among the stages are what admission plug-ins change, what is allotted (addresses, ports, names), and what
// only a stored object has (uid).
//
// Source: k8s.io/apimachinery pkg/runtime/converter.go, the JSON tags of k8s.io/api, k8s.io/kubernetes
// pkg/apis/*/*/defaults.go and conversion.go. Texts of results lie in the arena and in the object. One per thread.
#pragma once

#include <memory>

#include "base/arena.h"
#include "base/result.h"
#include "base/symbol.h"
#include "document/node.h"
#include "kube/api_type.h"

namespace kastell::kube {

class Intake {
 public:
  explicit Intake(SymbolTable& symbols);
  ~Intake();

  Result<document::Node> typed_form(const document::Node& object, ApiType type, Arena& arena);
  // Of an object in its typed form.
  document::Node with_defaults(const document::Node& object, ApiType type, Arena& arena);
  // Of an object that has both. `now`: the time that the server writes, may be empty.
  document::Node created(const document::Node& object, ApiType type, std::string_view group, std::string_view kind,
                         std::string_view now, Arena& arena);
  // The first two.
  Result<document::Node> take(const document::Node& object, ApiType type, Arena& arena);

 private:
  struct Names;
  std::unique_ptr<Names> names_;
};

}  // namespace kastell::kube

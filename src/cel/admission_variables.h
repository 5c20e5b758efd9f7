// The variables `request` and `namespaceObject` of admission policies, as the API server shows them.
//
// There they are Go structs: fields that are not declared are dropped, empty ones under `omitempty` are
// absent, others read as their zero value. make_request() also clears what policies do not get to see
// (uid, object, oldObject); a Namespace keeps only the metadata that the API server copies.
#pragma once

#include "base/arena.h"
#include "base/result.h"
#include "base/symbol.h"
#include "cel/value.h"

namespace kastell::cel {

// The API server writes parameters as JSON and reads them again, which makes 4.0 the integer 4.
Value make_params(Arena& arena, const Value& params);

// From the JSON of an AdmissionRequest and of a Namespace. Errors name a field of a wrong type.
Result<Value> make_request(Arena& arena, SymbolTable& symbols, const Value& admission_request);
Result<Value> make_namespace_object(Arena& arena, SymbolTable& symbols, const Value& name_space);

}  // namespace kastell::cel

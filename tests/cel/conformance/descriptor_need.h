// Why a case of the suite may be skipped: it names a type whose protobuf descriptor Kastell does not have.
#pragma once

#include <optional>
#include <string>

#include "cel/conformance/case.h"

namespace kastell::cel::conformance {

// The full name of a message or enum of the suite's own ("cel.expr.conformance.proto3.TestAllTypes") that the case
// cannot do without: its expression names it, or a declaration, a binding or the expected value has it. Nothing if
// there is none, or if the expression does not even parse.
std::optional<std::string> needed_descriptor(const Case& c);

}  // namespace kastell::cel::conformance

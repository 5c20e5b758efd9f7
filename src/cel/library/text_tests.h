// size(), contains(), startsWith(), endsWith(), matches().
#pragma once

#include <span>

#include "cel/function.h"

namespace kastell::cel::text_tests {

using Arguments = std::span<const Value>;

Value size(CallContext& context, Arguments arguments);  // code points, bytes, elements, entries
Value contains(CallContext& context, Arguments arguments);
Value starts_with(CallContext& context, Arguments arguments);
Value ends_with(CallContext& context, Arguments arguments);
Value matches(CallContext& context, Arguments arguments);

}  // namespace kastell::cel::text_tests

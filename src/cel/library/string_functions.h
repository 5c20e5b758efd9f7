// The functions of the strings extension.
#pragma once

#include <cstdint>
#include <span>

#include "cel/function.h"

namespace kastell::cel::string_functions {

// Results beyond this many bytes are errors: replace() and join() multiply sizes.
inline constexpr std::uint64_t result_size_limit = std::uint64_t{1} << 28;

using Arguments = std::span<const Value>;

Value char_at(CallContext& context, Arguments arguments);
Value index_of(CallContext& context, Arguments arguments);           // text, wanted[, first position]
Value last_index_of(CallContext& context, Arguments arguments);      // text, wanted[, last position]
Value index_of_in_range(CallContext& context, Arguments arguments);  // the same; positions must be in the text
Value last_index_of_in_range(CallContext& context, Arguments arguments);
Value lower_ascii(CallContext& context, Arguments arguments);
Value upper_ascii(CallContext& context, Arguments arguments);
Value replace(CallContext& context, Arguments arguments);  // text, old, new[, at most so many]
Value split(CallContext& context, Arguments arguments);    // text, separator[, at most so many parts]
Value substring(CallContext& context, Arguments arguments);
Value trim(CallContext& context, Arguments arguments);
Value join(CallContext& context, Arguments arguments);
Value quote(CallContext& context, Arguments arguments);
Value reverse(CallContext& context, Arguments arguments);
Value format_with_locale(CallContext& context, Arguments arguments);
Value format_as_specified(CallContext& context, Arguments arguments);

}  // namespace kastell::cel::string_functions

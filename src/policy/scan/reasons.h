// Sentences that recur: why a failure that rests on an absence is no verdict.
#pragma once

#include <string_view>

namespace kastell::policy {

inline constexpr std::string_view rests_on_absence =
    "rests on something that is absent from the input, which may not be all there is (--closed-world decides)";
inline constexpr std::string_view rests_on_unread_absence =
    "rests on something that is absent, but part of the input could not be read";

inline constexpr std::string_view may_be_patch =
    "the container has no image: it may be a patch of one that the resource's controller makes, which is not in the "
    "input";

inline constexpr std::string_view schema_too_costly =
    "its CustomResourceDefinition asks for more than 1,000,000 comparisons with this object, the limit";
inline constexpr std::string_view no_schema =
    "the schema of this kind is not known: scan its CustomResourceDefinition too";

}  // namespace kastell::policy

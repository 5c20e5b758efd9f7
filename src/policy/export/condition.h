// Which objects an exception is about, as an expression.
#pragma once

#include <expected>
#include <string>
#include <vector>

#include "policy/export.h"

namespace kastell::policy {

// Why no expression can say it: "names a field, which no expression finds". Empty if one can.
std::string not_expressible(const Exception& exception);

// Whether `object` is one that the exception matches, among the resources that a policy asks about; its container
// aside. Or why it can match none of them.
std::expected<std::string, std::string> condition_of(const Exception& exception,
                                                     const std::vector<PolicyResources>& asked);

// Whether the policy is asked of pods, which controllers make of templates, and of all that pods are made of.
bool asks_pods(const std::vector<PolicyResources>& asked);
bool asks_templates(const std::vector<PolicyResources>& asked);

// Whether the text matches a name, a glob or all of it, as an expression.
std::string matches_expression(std::string_view value, std::string_view pattern);

}  // namespace kastell::policy

// What an exported policy says when it denies.
#pragma once

#include <string>
#include <string_view>

#include "policy/control.h"

namespace kastell::policy {

// A CEL expression for the text of a rule's message, in which `{container}` and the like become what fails; `failing`
// is the list of failing subjects ("variables.containers.filter(container, !(…))"), empty where the subject is the
// object. Empty if the message names what an expression cannot find: the field or its value.
std::string message_expression(std::string_view message, Scope scope, std::string_view failing);

}  // namespace kastell::policy

// Finding items of a list that are equal, without comparing each with each.
#pragma once

#include <string>

#include "custom/values/sink.h"
#include "document/node.h"

namespace kastell::custom {

// Appends a text that two values have in common exactly if they are equal: members in any order.
void append_identity(std::string& text, const document::Node& value, Steps& steps);

}  // namespace kastell::custom

// Values without parts as Go's types hold them and write them again.
#pragma once

#include <optional>

#include "base/arena.h"
#include "document/node.h"
#include "kube/api_schema/tables.h"

namespace kastell::kube::intake {

// Nothing if the type does not read the value, which suits its shape (api_schema/texts.h).
std::optional<document::Node> held_scalar(const document::Node& value, api_schema::Shape shape, Arena& arena);

// A quantity with no more than three decimal places, rounded away from zero, as resource lists hold them.
document::Node rounded_quantity(const document::Node& quantity, Arena& arena);

}  // namespace kastell::kube::intake

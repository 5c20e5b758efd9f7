// YAML 1.1 numbers as Kubernetes' YAML library reads them.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

#include "document/yaml/resolve.h"

namespace kastell::document::yaml {

// `text` begins with a sign or a digit. Nothing if it is no number.
std::optional<Resolved> read_number(std::string_view text);

// `text` begins with '.'.
std::optional<Resolved> read_fraction(std::string_view text);

// The integer that a double's JSON form reads back as, if it has neither '.' nor exponent and fits.
std::optional<std::int64_t> integer_of(double value);

// As Go prints a 32-bit float with %g: how a number becomes a key.
std::string format_key(double value);

}  // namespace kastell::document::yaml

// The suffixes of quantities: "Mi", "k", "e3", … (apimachinery resource/suffix.go).
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

#include "base/quantity.h"

namespace kastell {

struct QuantitySuffix {
  QuantityFormat format;
  std::int32_t exponent;  // to the base 2 for binary_si, else to the base 10
};

std::optional<QuantitySuffix> parse_quantity_suffix(std::string_view text);

// Empty for exponents that have no suffix, even where that changes the number: beyond E and Ei
// apimachinery prints none either.
std::string quantity_suffix(QuantityFormat format, std::int64_t exponent);

}  // namespace kastell

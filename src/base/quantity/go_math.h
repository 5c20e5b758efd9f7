// Go's math.Pow10, whose results differ from the nearest double for some exponents.
#pragma once

#include <cstdint>

namespace kastell {

double go_power_of_ten(std::int32_t exponent);

}  // namespace kastell

// Numbers as text, as Go's strconv reads and prints them.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

namespace kastell::cel {

// strconv.FormatFloat(value, 'g', -1, 64): the shortest digits that read back, with an exponent below
// 1e-4 and from 1e6 on; "NaN", "+Inf", "-Inf".
std::string format_double(double value);

// The same with format 'f': never an exponent.
std::string format_double_fixed(double value);

// strconv.ParseFloat: decimal and hexadecimal, "Inf", "infinity", "NaN" in any case; nothing on overflow.
std::optional<double> parse_double(std::string_view text);

// strconv.ParseInt and ParseUint in base 10.
std::optional<std::int64_t> parse_int(std::string_view text);
std::optional<std::uint64_t> parse_uint(std::string_view text);

// strconv.ParseBool.
std::optional<bool> parse_bool(std::string_view text);

}  // namespace kastell::cel

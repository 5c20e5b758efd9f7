// Compiled expressions as bytes: what the compiler made, so that a start need not compile.
//
//   code   = frame-size room node
//   node   = number-in-NodeTypes id fields              (fields.h says which, in which order)
//
// Good only for the environment it was compiled for, like the image of a tree (cel/image.h).
#pragma once

#include <optional>
#include <string>
#include <string_view>

#include "cel/evaluate/fast/compiler.h"

namespace kastell::cel::fast::image {

// Nothing if the code holds what an image cannot: structures, values of libraries, reflected lists.
std::optional<std::string> write_code(const Environment& environment, const CodeParts& parts);

// Into empty parts. Texts point into `bytes`, which must outlive the parts. False if they are no code.
bool read_code(const Environment& environment, std::string_view bytes, bool count_cost, CodeParts& parts);

inline constexpr std::string_view missing_key = "no such key: ";  // and the key: the error of a named step

// How a step is written.
namespace step_flag {
inline constexpr std::uint8_t named = 1;
inline constexpr std::uint8_t optional = 2;
inline constexpr std::uint8_t tests = 4;
inline constexpr std::uint8_t computed = 8;
}  // namespace step_flag

}  // namespace kastell::cel::fast::image

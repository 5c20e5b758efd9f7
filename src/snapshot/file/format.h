// What writer and reader of snapshot files agree on. Numbers outside frames are little-endian; inside they are varints
// (LEB128), signed ones zigzag.
//
//   magic (8) | version (u32) | section … | end section | SHA-256 (32) of all before
//   section: kind (u32) | unpacked size (u64) | packed size (u64) | zstd frame
//
// Sections in this order; `objects` any number of times, since each is packed and unpacked by itself:
//   facts     world, then {name, value}…
//   keys      the keys of all objects, by their numbers in this file
//   texts     sizes of all texts, then their bytes
//   sources   {name, size, starts of lines}…, all counted in code points: the text itself is not kept
//   coverage  {input, status, reason, place}…
//   objects   {source, offset, prefix, root}…
//
// A value is a head byte, whose low three bits are a ValueKind and whose high five a number (31: a varint follows),
// then what the kind says. A place is the distance, in code points, from the place that was written before it in the
// same object, or from where the object begins. Texts are numbers into `texts` plus one; zero is the next text that no
// object has used before.
#pragma once

#include <array>
#include <cstddef>
#include <cstdint>
#include <string_view>

namespace kastell::snapshot::file {

// As PNG's: the first byte is no text, and the line ends show a transfer that "repaired" them.
inline constexpr std::string_view magic{"\x89KAST\r\n\x1a", 8};
inline constexpr std::uint32_t newest_version = 1;

enum class SectionKind : std::uint32_t { end = 0, facts, keys, texts, sources, coverage, objects };

inline constexpr std::size_t header_size = magic.size() + 4;
inline constexpr std::size_t section_header_size = 4 + 8 + 8;

enum class ValueKind : std::uint8_t {
  constant,       // the number says which
  integer,        // zigzag
  floating,       // 8 bytes follow
  text,           // the text's number
  list,           // number of items; {item}…
  object,         // number of members; {key, value}…
  placed_list,    // {place, item}…
  placed_object,  // {place of the key, place of the value, key, value}…
};
enum Constant : std::uint8_t { null_constant, false_constant, true_constant };

inline constexpr unsigned kind_bits = 3;
inline constexpr std::uint8_t kind_mask = (1U << kind_bits) - 1;
inline constexpr std::uint8_t largest_small = 30;
inline constexpr std::uint8_t number_follows = 31;

}  // namespace kastell::snapshot::file

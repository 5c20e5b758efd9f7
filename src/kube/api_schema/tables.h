// The schemas of Kubernetes' API as the build lays them out (tools/schema_image.cpp, from policies/tables/schemas.txt,
// api-lifecycle.txt and defaults.txt): arrays of numbers and one text, so that they cost a start nothing and the heap
// nothing.
#pragma once

#include <cstdint>
#include <span>
#include <string_view>

namespace kastell::kube::api_schema {

enum class Shape : std::uint8_t {
  any,
  object,  // any members
  string,
  boolean,
  int32,
  int64,
  number,
  quantity,
  int_or_string,
  bytes,  // base64
  time,
  micro_time,
  enumeration,
  list,
  map,
  structure,
};

using Word = std::uint16_t;

// How a value is merged into another one (x-kubernetes-list-type, x-kubernetes-map-type).
enum class Merging : std::uint8_t {
  by_member,  // structures, maps, and what has no parts
  atomic,     // replaced as a whole
  set,        // list: its items are told apart by what they are
  keyed,      // list: by some of their fields
};

struct Type {
  Shape shape;
  Merging merging;
  std::uint8_t demanded;  // structure: rows of fields that are
  std::uint8_t keys;      // keyed list: how many, from `count` on
  Word name;              // structure
  // Structure: a range of fields. Enumeration: of values. List and map: `first` is the type of what is inside.
  std::uint16_t first, count;
};

// What an item of a keyed list is taken to have where it lacks the key.
enum class Fallback : std::uint8_t { none, empty, zero, tcp };

struct ListKey {
  Word name;
  Fallback fallback;
};

// What becomes of a field that is empty where an API server holds the object: the tags of the Go struct say it.
enum class Held : std::uint8_t {
  as_given,  // it is a pointer: there if it was given
  vanishes,
  written,  // as an empty value of its type
  null,
};

// Minors of Kubernetes 1: [since, until].
struct Field {
  Word name;  // rising within a structure
  std::uint16_t type;
  std::uint8_t since, until;
  bool demanded;
  Held held;
};

// What an API server gives a field that is not there.
struct Default {
  std::uint16_t type;         // rising; of one type in the order in which they are asked
  Word field, below;          // `below`: a field of the field, which must be there; the empty word: of none
  Word value;                 // JSON, or "@" and the name of a function
  Word condition, equals;     // a field that must be there, and be that text; empty words: need not
  bool is_negated;            // it must not be there
  bool is_beside_below;       // it is one of the field's, not of the type
  std::uint8_t since, until;  // minors
};

struct ApiKind {
  Word api_version, kind;  // rising
  std::uint16_t type;
  std::uint8_t since, until;
};

struct Lifecycle {
  Word api_version, kind;                        // rising
  std::uint8_t introduced, deprecated, removed;  // minors; 0: none
  Word new_version, new_kind;                    // what replaces it; 0 (the empty word): nothing
};

struct Tables {
  std::uint8_t oldest, newest;  // minors
  std::span<const Type> types;
  std::span<const Field> fields;
  std::span<const Word> values;  // of enumerations
  std::span<const ListKey> keys;
  std::span<const ApiKind> kinds;
  std::span<const Lifecycle> lifecycles;
  std::span<const Default> defaults;
  std::span<const std::uint32_t> word_starts;  // one more than there are words
  const char* text;

  std::string_view word(Word number) const {
    return {text + word_starts[number], word_starts[number + 1U] - word_starts[number]};
  }
};
Tables tables();

}  // namespace kastell::kube::api_schema

// What a scalar means: YAML 1.1's implicit types as Kubernetes' YAML library resolves them.
//
// kubectl turns YAML into JSON with sigs.k8s.io/yaml and reads that. The rules here give the outcome
// of both steps together: yes/no/on/off are booleans, 0755, 0o755, 0b11, 0x1F and 1_000 are integers,
// 1.0 and 1e3 become the integers 1 and 1000 (JSON writes them so), integers beyond int64 become
// doubles, base 60 and dates stay strings.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>

#include "base/arena.h"
#include "document/node.h"

namespace kastell::document::yaml {

// The tags that change what a scalar means. `other` is any tag of another name: the scalar is a string.
enum class Tag : std::uint8_t { none, string, integer, floating, boolean, null, timestamp, binary, other };

Tag tag_of(std::string_view full_name);

struct Scalar {
  std::string_view text;
  Tag tag = Tag::none;
  bool plain = false;  // neither quoted nor a block scalar
};

struct Resolved {
  enum class Type : std::uint8_t { null, boolean, integer, large_integer, floating, string, error };
  Type type = Type::string;
  std::string_view text = {};  // string
  union {
    std::int64_t integer = 0;
    std::uint64_t large_integer;  // beyond int64
    double floating;
    bool boolean;
    const char* error;
  };
};

// Never fails for untagged scalars. `arena` holds what !!binary decodes to.
Resolved resolve(const Scalar& scalar, Arena& arena);

// The value in the form that JSON gives it; an error where JSON has none (.inf, .nan).
struct Value {
  Node node = {};
  const char* error = nullptr;
};
Value value_of(const Resolved& resolved);

// The object key that the scalar becomes. `buffer` holds the text of numbers.
struct Key {
  std::string_view text;
  const char* error = nullptr;
};
Key key_of(const Resolved& resolved, std::string& buffer);

// The same for a node that an alias brings in.
Key key_of(const Node& node, std::string& buffer);

}  // namespace kastell::document::yaml

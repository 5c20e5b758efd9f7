// ObjectDecoder: one section of objects back into nodes. Trusts nothing: whatever the bytes are, the result is a tree
// within the bounds, or nothing.
#pragma once

#include <cstdint>
#include <span>
#include <string_view>
#include <vector>

#include "base/bytes.h"
#include "snapshot/snapshot.h"

namespace kastell::snapshot::file {

// What all sections of a file refer to.
struct Tables {
  std::vector<Symbol> keys;
  std::vector<std::string_view> texts;
  std::size_t sources = 0;
  std::size_t symbols = 0;  // numbers of `keys` are below
  std::uint32_t depth = 0;  // limit
};

enum class Trouble : std::uint8_t { none, damaged, too_deep };

class ObjectDecoder {
 public:
  ObjectDecoder(const Tables& tables, std::string_view bytes, Arena& arena)
      : tables_(tables), in_(bytes), arena_(arena), last_object_with_(tables.symbols) {}

  // Whatever could be read before the trouble is in objects().
  Trouble decode();
  std::vector<Object>& objects() { return objects_; }

 private:
  struct Head {
    std::uint8_t kind;
    std::uint64_t number;
  };

  void decode_object();
  void decode_prefix(Object& object);
  Head head();
  document::Node decode_value(std::uint32_t depth);
  document::Node decode_constant(std::uint64_t number);
  document::Node decode_text(std::uint64_t number);
  document::Node decode_list(std::uint64_t size, bool placed, std::uint32_t depth);
  document::Node decode_object_value(std::uint64_t size, bool placed, std::uint32_t depth);
  bool has_twice(std::span<const document::Member> members);
  std::uint32_t place();
  document::Node damaged();

  const Tables& tables_;
  ByteReader in_;
  Arena& arena_;
  bool too_deep_ = false;
  std::uint32_t place_ = 0;
  std::size_t next_text_ = 0;
  std::vector<std::uint32_t> last_object_with_;  // by symbol: the number of the object that last had this key
  std::uint32_t objects_ended_ = 0;
  std::vector<document::Member> members_;  // of all objects that are open, innermost last
  std::vector<document::Item> items_;
  std::vector<Object> objects_;
};

}  // namespace kastell::snapshot::file

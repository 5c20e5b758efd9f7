// ObjectEncoder: objects as bytes; numbers their keys and texts on the way.
#pragma once

#include <cstdint>
#include <functional>
#include <vector>

#include "base/bytes.h"
#include "snapshot/file/redactor.h"
#include "snapshot/file/text_table.h"

namespace kastell::snapshot::file {

class ObjectEncoder {
 public:
  // `depth`: how deep an object may be nested. `symbols` are those of the objects.
  ObjectEncoder(const SymbolTable& symbols, std::uint32_t depth) : redactor_(symbols), depth_(depth) {}

  // From a byte offset to the place that the file counts, in the object's source.
  using Places = std::function<std::uint32_t(std::uint32_t)>;

  // False if the object is nested too deep.
  bool encode(const Object& object, const Places& places, ByteWriter& out);

  const std::vector<Symbol>& keys() const { return keys_; }  // by their numbers in the file
  const TextTable& texts() const { return texts_; }

 private:
  // A list or object that is being written, and how much of it is.
  struct Open {
    const document::Node* node;
    std::uint32_t next;
    Secrecy secrecy;
  };

  bool encode_value(const document::Node& root, Secrecy secrecy, ByteWriter& out);
  void write_next(Open& open, ByteWriter& out);
  void write_member(const Open& open, std::uint32_t member, ByteWriter& out);
  void write_item(const Open& open, std::uint32_t item, ByteWriter& out);
  void begin(const document::Node& node, Secrecy secrecy, ByteWriter& out);
  void write_scalar(const document::Node& node, ByteWriter& out);
  void write_text(std::string_view text, ByteWriter& out);
  void write_place(std::uint32_t offset, ByteWriter& out);
  std::uint32_t number_of(Symbol key);

  Redactor redactor_;
  std::uint32_t depth_;
  std::vector<std::uint32_t> key_numbers_;  // by symbol: number + 1
  std::vector<Symbol> keys_;
  TextTable texts_;
  std::vector<Open> open_;
  const Places* places_ = nullptr;
  std::uint32_t place_ = 0;  // written last
};

}  // namespace kastell::snapshot::file

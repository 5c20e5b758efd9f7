#include "cel/image/literal.h"

#include <bit>

namespace kastell::cel::image {

bool write_literal(ByteWriter& bytes, const Value& value) {
  const auto begin = [&] { bytes.byte(static_cast<std::uint8_t>(value.kind)); };
  switch (value.kind) {
    case Kind::null: begin(); return true;
    case Kind::boolean: begin(), bytes.byte(value.boolean ? 1 : 0); return true;
    case Kind::integer:
    case value_kind::uint: begin(), bytes.varint(zigzag(value.integer)); return true;
    case Kind::floating: begin(), bytes.fixed(std::bit_cast<std::uint64_t>(value.floating)); return true;
    case Kind::string:
    case value_kind::bytes: begin(), bytes.text(as_text(value)); return true;
    default: return false;
  }
}

Value read_literal(ByteReader& bytes, Kind kind) {
  switch (kind) {
    case Kind::null: return make_null();
    case Kind::boolean: return make_bool(bytes.byte() != 0);
    case Kind::integer: return make_int(unzigzag(bytes.varint()));
    case value_kind::uint: return make_uint(static_cast<std::uint64_t>(unzigzag(bytes.varint())));
    case Kind::floating: return make_double(std::bit_cast<double>(bytes.fixed<std::uint64_t>()));
    case Kind::string: return make_string(bytes.text());
    case value_kind::bytes: return make_bytes(bytes.text());
    default: bytes.fail(); return make_null();
  }
}

}  // namespace kastell::cel::image

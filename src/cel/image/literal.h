// Constants in images: null, bool, int, uint, double, string, bytes.
#pragma once

#include "base/bytes.h"
#include "cel/value.h"

namespace kastell::cel::image {

// False, and nothing written, for a value of another kind.
bool write_literal(ByteWriter& bytes, const Value& value);

// After its kind. Texts point into the image; a kind of another value fails the reader.
Value read_literal(ByteReader& bytes, Kind kind);

}  // namespace kastell::cel::image

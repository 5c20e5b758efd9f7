#include "document/yaml/stream.h"

namespace kastell::document::yaml {

void read_stream(DocumentStream& stream, std::size_t from, SymbolTable&, const ParseLimits&) {
  const Place place = stream.source->place_of(static_cast<std::uint32_t>(from));
  stream.errors.push_back({ErrorCode::unsupported, "YAML is not read yet", place});
}

}  // namespace kastell::document::yaml

#include "check_stream.h"

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  const std::string_view text(reinterpret_cast<const char*>(data), size);
  kastell::document::check_stream(text, kastell::document::Format::json);
  return 0;
}

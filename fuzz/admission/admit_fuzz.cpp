// Any bytes as a line of `kastell admit --batch`: policies, bindings, context and request get an answer of one line.
#include <cstdint>
#include <cstdlib>
#include <string_view>

#include "admission/batch.h"

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  kastell::admission::AdmitBatch batch({.line_bytes = 64 * 1024});
  const std::string answer = batch.answer({reinterpret_cast<const char*>(data), size});
  if (!answer.starts_with("{\"id\":") || answer.find('\n') != std::string::npos) std::abort();
  return 0;
}

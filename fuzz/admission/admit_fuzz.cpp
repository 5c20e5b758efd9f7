// Any bytes as a line of `kastell admit --batch`: policies, bindings, context and request get an answer of one line,
// and the short way for policies that hold gives the same one.
#include <cstdint>
#include <cstdlib>
#include <string_view>

#include "admission/batch.h"

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  const std::string_view line(reinterpret_cast<const char*>(data), size);
  kastell::admission::AdmitBatch batch({.line_bytes = 64 * 1024}), whole_way({.line_bytes = 64 * 1024}, true);
  const std::string answer = batch.answer(line);
  if (!answer.starts_with("{\"id\":") || answer.find('\n') != std::string::npos) std::abort();
  if (answer != whole_way.answer(line)) std::abort();
  return 0;
}

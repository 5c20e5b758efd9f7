// Any bytes as a baseline.

#include <cstdint>
#include <string_view>

#include "policy/baseline.h"

using namespace kastell;

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  const std::string_view text(reinterpret_cast<const char*>(data), size);
  (void)policy::Baseline::read(std::make_shared<document::Source>("fuzz", text));
  return 0;
}

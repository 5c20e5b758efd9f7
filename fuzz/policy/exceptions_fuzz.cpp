// Any bytes as a file of exceptions and as an annotation that holds some.

#include <cstdint>
#include <string_view>

#include "policy/scan.h"

using namespace kastell;

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  static const policy::Catalog catalog = policy::Catalog::embedded(std::make_shared<SymbolTable>()).value();
  const std::string_view text(reinterpret_cast<const char*>(data), size);
  (void)policy::ExceptionList::read(std::make_shared<document::Source>("fuzz", text), catalog);
  for (const policy::Exception& exception : policy::ExceptionList::of_annotation(text, catalog)) {
    (void)policy::to_reason(exception);
  }
  return 0;
}

// What an API server makes of an object: what was made once is made of itself again.

#include <cstdint>
#include <cstdlib>
#include <string_view>

#include "input.h"
#include "kube/api_resource.h"
#include "kube/intake.h"

using namespace kastell;
using namespace kastell::kube;

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  if (size < 1) return 0;
  SymbolTable symbols;
  Intake intake(symbols);
  const auto stream = parse_rest(data, size, symbols);
  Arena arena;
  for (const document::Document& one : stream.documents) {
    const std::string_view api_version = text_of(one.root, symbols::apiVersion), group = api_group(api_version);
    const std::string_view version = version_in_group(api_version);
    const ApiType type = type_of(group, version, text_of(one.root, symbols::kind), minor_of(data[0]));
    const auto made = intake.take(one.root, type, arena);
    if (!made) continue;
    const auto again = intake.take(*made, type, arena);
    if (!again || !document::equal(*again, *made)) std::abort();
  }
  return 0;
}

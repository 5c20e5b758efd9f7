// What an API server makes of an object: what was made once is made of itself again.

#include <cstdint>
#include <cstdlib>
#include <string_view>

#include "document/document.h"
#include "kube/api_resource.h"
#include "kube/api_schema.h"
#include "kube/intake.h"

namespace {

using namespace kastell;
using namespace kastell::kube;

std::string_view text_of(const document::Node& object, Symbol key) {
  const document::Node* value = object.find(key);
  return value == nullptr ? std::string_view{} : value->as_string();
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  if (size < 1) return 0;
  SymbolTable symbols;
  Intake intake(symbols);
  const std::string_view text(reinterpret_cast<const char*>(data) + 1, size - 1);
  const auto stream = document::parse(std::make_shared<document::Source>("a.yaml", text), symbols);
  const SchemaRange range = covered_minors();
  const auto minor = static_cast<std::uint8_t>(range.oldest + data[0] % (range.newest - range.oldest + 1));
  Arena arena;
  for (const document::Document& one : stream.documents) {
    const std::string_view api_version = text_of(one.root, symbols::apiVersion), group = api_group(api_version);
    const std::string_view version = api_version.substr(group.empty() ? 0 : group.size() + 1);
    const ApiType type = type_of(group, version, text_of(one.root, symbols::kind), minor);
    const auto made = intake.take(one.root, type, arena);
    if (!made) continue;
    const auto again = intake.take(*made, type, arena);
    if (!again || !document::equal(*again, *made)) std::abort();
  }
  return 0;
}

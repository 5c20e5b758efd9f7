// Any bytes as manifests: read, judged by every control, and described.

#include <cstdint>
#include <string_view>

#include "policy/scan.h"

using namespace kastell;

namespace {

struct Shared {
  std::shared_ptr<SymbolTable> symbols = std::make_shared<SymbolTable>();
  policy::Catalog catalog = policy::Catalog::embedded(symbols).value();
};

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  static const Shared shared;
  const std::string_view text(reinterpret_cast<const char*>(data), size);
  snapshot::SnapshotBuilder builder(shared.symbols);
  builder.add(document::parse(std::make_shared<document::Source>("fuzz", text), *shared.symbols));
  const auto snapshot = std::move(builder).finish();
  const auto result = policy::scan(snapshot, shared.catalog, {.controls = {"*"}, .threads = 1}).value();
  policy::Describer describer(result);
  for (const auto& finding : result.findings) (void)describer.describe(finding);
  return 0;
}

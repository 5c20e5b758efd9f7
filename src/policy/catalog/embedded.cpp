#include "policy/catalog/embedded.h"

#include "policy/catalog/catalog_reader.h"
#include "policy/catalog/image.h"

namespace kastell::policy {

namespace {

Result<Catalog> read_embedded_files(std::shared_ptr<SymbolTable> symbols) {
  CatalogReader reader(std::move(symbols), {.compiled = false});
  for (const EmbeddedFile& file : embedded_controls()) {
    reader.add(std::make_shared<document::Source>(std::string(file.name), std::string(file.text)));
  }
  auto catalog = std::move(reader).finish();
  if (!catalog) return std::unexpected(std::move(catalog.error().front()));
  return std::move(*catalog);
}

}  // namespace

Result<Catalog> Catalog::embedded(std::shared_ptr<SymbolTable> symbols, Examples examples) {
  if (examples == Examples::kept) return read_embedded_files(std::move(symbols));
  auto catalog = read_catalog_image(embedded_catalog_image(), std::move(symbols));
  if (!catalog) return failure(ErrorCode::internal, "the catalogue inside the program cannot be read");
  return std::move(*catalog);
}

}  // namespace kastell::policy

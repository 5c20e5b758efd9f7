// The catalogue as bytes: read and checked while the program is built (tools/catalog_image.cpp), opened by every start.
//
// Without examples. Expressions come with their images (cel/image.h), and are made programs when they are first asked
// for.
#pragma once

#include <optional>
#include <string>
#include <string_view>

#include "policy/control.h"

namespace kastell::policy {

// `symbols`: the catalogue's. Nothing if an expression does not compile.
std::optional<std::string> write_catalog_image(const Catalog& catalog, const SymbolTable& symbols);

// `bytes` must outlive the catalogue. Nothing if they are no image.
std::optional<Catalog> read_catalog_image(std::string_view bytes, std::shared_ptr<SymbolTable> symbols);

}  // namespace kastell::policy

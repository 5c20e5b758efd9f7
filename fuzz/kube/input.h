// What the fuzzers of objects have in common: the first byte chooses a minor of Kubernetes, the rest is a text.
#pragma once

#include <cstdint>
#include <string_view>

#include "document/document.h"
#include "kube/api_schema.h"

namespace kastell::kube {

inline std::uint8_t minor_of(std::uint8_t byte) {
  const SchemaRange range = covered_minors();
  return static_cast<std::uint8_t>(range.oldest + byte % (range.newest - range.oldest + 1));
}

inline document::DocumentStream parse_rest(const std::uint8_t* data, std::size_t size, SymbolTable& symbols) {
  const std::string_view text(reinterpret_cast<const char*>(data) + 1, size - 1);
  return document::parse(std::make_shared<document::Source>("a.yaml", text), symbols);
}

inline std::string_view text_of(const document::Node& object, Symbol key) {
  const document::Node* value = object.find(key);
  return value == nullptr ? std::string_view{} : value->as_string();
}

}  // namespace kastell::kube

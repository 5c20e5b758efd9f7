// One JSON text after the other, each forgotten when the next one is read: for the requests of a server, where
// parse() would make everything anew.
//
// Memory is used again: once warm, nothing is allocated for a text that is no longer, and has no new keys.
// One per thread.
#pragma once

#include <memory>
#include <optional>
#include <string>
#include <string_view>

#include "document/document.h"

namespace kastell::document {

class JsonParser {
 public:
  // `symbols` must outlive it. Errors name their place in `name`.
  explicit JsonParser(SymbolTable& symbols, std::string name = "", const ParseLimits& limits = {});
  ~JsonParser();
  JsonParser(const JsonParser&) = delete;
  JsonParser& operator=(const JsonParser&) = delete;

  // The value that `text`, which is copied, consists of, as parse() reads it. It lives until the next call. An error
  // if there is no value, or more than one.
  Result<Node> parse(std::string_view text);

  // For what lives as long as the value.
  Arena& arena();

 private:
  struct Memory;

  std::string name_;
  ParseLimits limits_;
  std::unique_ptr<Memory> memory_;
};

}  // namespace kastell::document

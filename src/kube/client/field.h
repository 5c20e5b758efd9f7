// Field: reading a document by names, absent and wrongly typed members being empty alike.
#pragma once

#include <cstddef>
#include <optional>
#include <string>
#include <string_view>

#include "base/symbol.h"
#include "document/node.h"

namespace kastell::client {

class Field {
 public:
  Field(const document::Node* node, const SymbolTable& symbols) : node_(node), symbols_(&symbols) {}

  Field operator[](std::string_view key) const {
    const auto symbol = node_ == nullptr ? std::nullopt : symbols_->find(key);
    return {symbol ? node_->find(*symbol) : nullptr, *symbols_};
  }
  Field at(std::size_t index) const { return {&node_->as_list()[index], *symbols_}; }

  bool exists() const { return node_ != nullptr && !node_->is_null(); }
  std::size_t size() const { return node_ == nullptr ? 0 : node_->as_list().size(); }  // of a list
  std::string_view text() const { return node_ == nullptr ? std::string_view{} : node_->as_string(); }
  std::string string() const { return std::string(text()); }
  bool is_true() const { return node_ != nullptr && node_->kind == document::Kind::boolean && node_->boolean; }
  std::optional<std::int64_t> integer() const {
    if (node_ == nullptr || node_->kind != document::Kind::integer) return std::nullopt;
    return node_->integer;
  }
  const document::Node* node() const { return node_; }

 private:
  const document::Node* node_;
  const SymbolTable* symbols_;
};

}  // namespace kastell::client

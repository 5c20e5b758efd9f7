#pragma once

#include <algorithm>
#include <set>

#include "policy/catalog/control_reader.h"

namespace kastell::policy {

// Gathers controls from sources.
class CatalogReader {
 public:
  CatalogReader(std::shared_ptr<SymbolTable> symbols, const CatalogDemands& demands)
      : symbols_(std::move(symbols)),
        expressions_(std::make_shared<Expressions>(symbols_)),
        pool_(expressions_),
        demands_(demands) {}

  void add(std::shared_ptr<const document::Source> source) {
    document::DocumentStream stream = document::parse(std::move(source), *symbols_);
    errors_.insert(errors_.end(), stream.errors.begin(), stream.errors.end());
    Complaints complaints(*stream.source, *symbols_, errors_);
    ControlReader reader(complaints, pool_, *symbols_, *texts_, demands_);
    for (const document::Document& document : stream.documents) {
      Control control = reader.read({document.root, document.offset});
      if (!ids_.insert(control.id).second)
        complaints.add(document.offset, "control '" + std::string(control.id) + "' exists already");
      catalog_.controls_.push_back(std::move(control));
    }
    catalog_.keep_alive_.push_back(stream.source);
    catalog_.keep_alive_.push_back(texts_);
    catalog_.keep_alive_.push_back(stream.arena);
  }

  void add_error(Error error) { errors_.push_back(std::move(error)); }

  std::expected<Catalog, std::vector<Error>> finish() && {
    if (!errors_.empty()) return std::unexpected(std::move(errors_));
    catalog_.keep_alive_.push_back(expressions_);
    std::ranges::sort(catalog_.controls_, {}, &Control::id);
    return std::move(catalog_);
  }

 private:
  std::shared_ptr<SymbolTable> symbols_;
  std::shared_ptr<Arena> texts_ = std::make_shared<Arena>();
  std::shared_ptr<Expressions> expressions_;
  ExpressionPool pool_;
  CatalogDemands demands_;
  Catalog catalog_;
  std::set<std::string_view> ids_;
  std::vector<Error> errors_;
};

}  // namespace kastell::policy

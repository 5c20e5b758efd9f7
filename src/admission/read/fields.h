// Reading the fields of an object by name, as Kubernetes' decoder does: null is as good as no field, a value of another
// type is an error that names the field.
#pragma once

#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "base/result.h"
#include "base/symbol.h"
#include "document/node.h"

namespace kastell::admission {

class Fields {
 public:
  // `path` is where the object is, for messages: "spec.matchConstraints". The texts must outlive the reader.
  Fields(const document::Node& object, const SymbolTable& symbols, std::string path = {})
      : object_(&object), symbols_(&symbols), path_(std::move(path)) {}

  // The member, or null if there is none or it is null.
  const document::Node* find(std::string_view name) const;

  // Empty when absent. The first wrong type is kept as an error.
  std::string_view text(std::string_view name);
  std::vector<std::string_view> texts(std::string_view name);
  // The same as they lie in the document.
  std::span<const document::Node> text_nodes(std::string_view name);
  bool boolean(std::string_view name);
  // Null when absent.
  const document::Node* object(std::string_view name);
  // Empty when absent.
  std::span<const document::Node> objects(std::string_view name);

  // A reader of a member, or of an item of a list member.
  Fields below(const document::Node& member, std::string_view name) const;
  Fields below(const document::Node& item, std::string_view name, std::size_t at) const;

  // The path of a member.
  std::string path_of(std::string_view name) const;

  const std::optional<Error>& error() const { return error_; }
  // Takes over another reader's error, if this one has none yet.
  void adopt(const Fields& other);

 private:
  void wrong_type(std::string_view name, std::string_view expected);

  const document::Node* object_;
  const SymbolTable* symbols_;
  std::string path_;
  std::optional<Error> error_;
};

// metadata.labels of an object, or null.
const document::Node* labels_of(const document::Node& object, const SymbolTable& symbols);

// Whether a list of a rule holds the text, or "*".
bool has_or_all(const std::vector<std::string_view>& items, std::string_view wanted);

}  // namespace kastell::admission

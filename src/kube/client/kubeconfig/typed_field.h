// TypedField: a document read by names, each value as what it must be. Absent and null are empty, as in kubectl; a
// value of another type is a mistake, and must not read as absent. The first mistake is kept, with its place; values
// are not quoted, since they may be secrets.
#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "base/result.h"
#include "base/symbol.h"
#include "document/document.h"

namespace kastell::client {

// The document that is read, and what was wrong in it first.
struct TypedReading {
  const document::Source& source;
  const SymbolTable& symbols;
  std::optional<Error> mistake = {};

  void complain(std::string what, Place place) {
    if (!mistake) mistake = Error{ErrorCode::syntax, std::move(what), std::move(place)};
  }
};

class TypedField {
 public:
  TypedField(const document::Document& document, TypedReading& reading)
      : TypedField(&document.root, document.offset, "", reading) {}

  TypedField operator[](std::string_view key) const;
  std::vector<TypedField> items() const;  // of a list
  // The members of an object, by their keys.
  std::vector<std::pair<std::string, TypedField>> members() const;

  bool exists() const { return node_ != nullptr && !node_->is_null(); }
  std::string text() const;
  std::vector<std::string> texts() const;  // of a list
  bool is_true() const;
  const document::Node* node() const { return node_; }
  Place place() const { return reading_->source.place_of(offset_); }

 private:
  using Node = document::Node;

  TypedField(const Node* node, std::uint32_t offset, std::string path, TypedReading& reading)
      : node_(node), offset_(offset), path_(std::move(path)), reading_(&reading) {}

  TypedField member(std::size_t at, std::string_view key) const;
  // Whether there is a value of that type; complains of one of another type.
  bool is_a(bool suits, std::string_view expected) const;

  const Node* node_;
  std::uint32_t offset_;  // of the value, or of the nearest above that is there
  std::string path_;
  TypedReading* reading_;
};

}  // namespace kastell::client

// The types of a definition's schema to CEL, and values as they are of those types (apiserver pkg/cel/common).
//
// Texts of format date, date-time, duration and byte are times, durations and bytes; fields have escaped names; what
// has no declared type cannot be reached.
#pragma once

#include <optional>
#include <string>
#include <unordered_map>

#include "cel/environment.h"
#include "custom/rules/list_manners.h"
#include "custom/values/keywords.h"
#include "custom/values/sink.h"
#include "document/node.h"

namespace kastell::custom {

// Types of one definition, written as cel/type.h has them.
class TypeWriter {
 public:
  static constexpr std::size_t most_types = 20'000;  // beyond it the rules cannot be asked

  TypeWriter(SymbolTable& symbols, const Keywords& words) : symbols_(symbols), words_(words) {}

  // Nothing if expressions cannot reach it. Object types are declared by the way.
  std::optional<std::string> text(const document::Node& schema, bool is_resource);

  const cel::Environment::ObjectTexts& objects() const { return objects_; }
  bool has_too_many() const { return count_ > most_types; }

 private:
  std::optional<std::string> declare(const document::Node& schema, bool is_resource);
  std::optional<std::string> list_of(const document::Node& schema);
  bool is_int_or_string(const document::Node& schema) const;

  SymbolTable& symbols_;
  const Keywords& words_;
  cel::Environment::ObjectTexts objects_;
  std::unordered_map<const document::Node*, std::optional<std::string>> known_[2];  // by is_resource
  std::size_t count_ = 0;
};

class ValueWriter {
 public:
  ValueWriter(SymbolTable& symbols, const Keywords& words, ListManners& lists, Steps& steps, Arena& arena)
      : symbols_(symbols), words_(words), lists_(lists), steps_(steps), arena_(arena) {}

  cel::Value value(const document::Node& value, const document::Node& schema, bool is_resource);
  // The name of a field of an object type; nothing if it cannot be reached.
  std::optional<Symbol> escaped(Symbol name);

 private:
  cel::Value object(const document::Node& value, const document::Node& schema, bool is_resource);
  cel::Value map(const document::Node& value, const document::Node& schema);
  cel::Value list(const document::Node& value, const document::Node& schema, const document::Node& items);
  cel::Value text(const document::Node& value, std::string_view format);
  cel::Value metadata(const document::Node& value);

  SymbolTable& symbols_;
  const Keywords& words_;
  ListManners& lists_;
  Steps& steps_;
  Arena& arena_;
  std::unordered_map<std::uint32_t, std::optional<Symbol>> escaped_;
};

}  // namespace kastell::custom

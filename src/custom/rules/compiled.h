// The rules of one definition (x-kubernetes-validations), compiled when they are first asked.
#pragma once

#include <memory>
#include <optional>
#include <string>
#include <unordered_map>
#include <vector>

#include "cel/compile.h"
#include "cel/evaluate.h"
#include "custom/rules/beyond.h"
#include "custom/rules/types.h"
#include "document/path.h"

namespace kastell::custom {

struct RuleWords {
  explicit RuleWords(SymbolTable& symbols);
  Symbol validations, rule, message, message_expression, field_path, optional_old_self;
};

struct CompiledRule {
  std::optional<cel::Program> program;
  std::optional<cel::Program> message;  // computes it; if there is none, or it fails, `words` are the message
  std::string words;
  std::string error;             // why it cannot be asked
  bool is_beyond_us = false;     // it is sound, but Kastell does not know how
  bool concerns_change = false;  // asks about the object before a change: of an object that is made, nothing
  document::Path field;          // below the schema it stands in, where its problems are
};

class DefinitionRules {
 public:
  // `schema` outlives it.
  DefinitionRules(cel::KubernetesVersion version, const document::Node& schema,
                  const std::shared_ptr<SymbolTable>& symbols, const Keywords& words);

  bool has_rules(const document::Node& schema) const { return holders_.contains(&schema); }
  // Whether it lets a field be null, anywhere.
  bool has_nullable() const { return has_nullable_; }
  ListManners& lists() { return lists_; }
  // Of one schema within the definition, in their order.
  const std::vector<CompiledRule>& of(const document::Node& schema, bool is_resource);

 private:
  bool find_holders(const document::Node& schema, Steps& steps);
  bool find_holders_below(const document::Node& schema, Symbol list, Steps& steps);
  CompiledRule compile(const document::Node& rule, const std::string& type, SchemaTraits traits);
  std::optional<cel::Program> compile_text(std::string_view text, const std::string& type, bool with_old,
                                           bool is_optional, cel::TypeKind wanted, std::string& error);
  void compile_message(const document::Node& rule, const std::string& type, bool with_old, CompiledRule& compiled);
  std::string_view text_of(const document::Node& object, Symbol key) const;

  SymbolTable& symbols_;
  const Keywords& words_;
  RuleWords rule_words_;
  TypeWriter types_;
  ListManners lists_;
  std::shared_ptr<const cel::Environment> language_;  // with the definition's types; null: they could not be declared
  bool has_nullable_ = false;
  std::unordered_map<const document::Node*, bool> holders_;  // schemas that hold rules, themselves or below
  std::unordered_map<const document::Node*, std::vector<CompiledRule>> compiled_;
};

}  // namespace kastell::custom

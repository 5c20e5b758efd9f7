// One document of the catalogue → one Control.
#pragma once

#include <map>

#include "policy/catalog/fields.h"
#include "policy/control.h"

namespace kastell::policy {

// Expressions with the same text are one, so that they run once per subject.
class ExpressionPool {
 public:
  explicit ExpressionPool(std::shared_ptr<Expressions> expressions) : expressions_(std::move(expressions)) {}
  const Expression* get(Scope scope, std::string_view text);

 private:
  std::shared_ptr<Expressions> expressions_;
  std::map<std::pair<Scope, std::string_view>, const Expression*> known_;
};

// What is asked of controls beside their form.
struct CatalogDemands {
  bool compiled = true;  // every expression compiles
};

class ControlReader {
 public:
  // `texts`: where lists of texts are kept; the texts themselves stay in the document.
  ControlReader(Complaints& complaints, ExpressionPool& pool, SymbolTable& symbols, Arena& texts,
                const CatalogDemands& demands)
      : complaints_(complaints), pool_(pool), symbols_(symbols), texts_(texts), demands_(demands) {}

  Control read(const Placed& document);

 private:
  // A rule is read when its control's scope is known.
  struct Draft {
    Control control;
    std::optional<Placed> rules;
    std::uint32_t scope_offset = 0;
    bool has_kinds = false;
  };
  struct RuleDraft {
    Rule rule;
    std::string_view when, expression;
    std::uint32_t when_offset = 0, expression_offset = 0;
  };

  void read_id(Draft& draft, const Placed& value);
  void read_title(Draft& draft, const Placed& value);
  void read_severity(Draft& draft, const Placed& value);
  void read_scope(Draft& draft, const Placed& value);
  void read_kinds(Draft& draft, const Placed& value);
  void read_group(Draft& draft, const Placed& value);
  void read_replaces(Draft& draft, const Placed& value);
  void read_parameter(Draft& draft, const Placed& value);
  void read_why(Draft& draft, const Placed& value);
  void read_remediation(Draft& draft, const Placed& value);
  void read_references(Draft& draft, const Placed& value);
  void keep_rules(Draft& draft, const Placed& value);
  void read_examples(Draft& draft, const Placed& value);

  void read_rule_scope(RuleDraft& draft, const Placed& value);
  void read_when(RuleDraft& draft, const Placed& value);
  void read_expression(RuleDraft& draft, const Placed& value);
  void read_field(RuleDraft& draft, const Placed& value);
  void read_message(RuleDraft& draft, const Placed& value);
  void read_from(RuleDraft& draft, const Placed& value);
  void read_before(RuleDraft& draft, const Placed& value);
  void read_absence(RuleDraft& draft, const Placed& value);
  void read_undecided(RuleDraft& draft, const Placed& value);

  void read_example_name(Example& example, const Placed& value);
  void read_example_verdict(Example& example, const Placed& value);
  void read_example_field(Example& example, const Placed& value);
  void read_example_version(Example& example, const Placed& value);
  void read_example_world(Example& example, const Placed& value);
  void read_example_parameters(Example& example, const Placed& value);
  void read_example_objects(Example& example, const Placed& value);

  Scope scope_of(const Placed& value);
  std::optional<cel::KubernetesVersion> version_of(const Placed& value);
  void read_rules(Draft& draft);
  const Expression* make_expression(Scope scope, std::string_view text, std::uint32_t offset);
  std::span<const std::string_view> keep(const std::vector<std::string_view>& texts);
  void check_whole(const Draft& draft, std::uint32_t offset);

  Complaints& complaints_;
  ExpressionPool& pool_;
  SymbolTable& symbols_;
  Arena& texts_;
  CatalogDemands demands_;
};

}  // namespace kastell::policy

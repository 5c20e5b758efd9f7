#include <map>

#include "base/bytes.h"
#include "cel/image.h"
#include "policy/catalog/image.h"

namespace kastell::policy {

namespace {

class CatalogImageWriter {
 public:
  explicit CatalogImageWriter(const SymbolTable& symbols) : symbols_(symbols) {}

  // Expressions and names are numbered as they are met, and stand before the controls that use them.
  std::optional<std::string> run(const Catalog& catalog) {
    controls_.varint(catalog.controls().size());
    for (const Control& control : catalog.controls()) write_control(control);
    if (!sound_) return std::nullopt;
    ByteWriter image;
    image.varint(expression_numbers_.size());
    image.raw(expressions_.bytes());
    image.varint(name_numbers_.size());
    image.raw(names_.bytes());
    image.raw(controls_.bytes());
    return std::string(image.bytes());
  }

 private:
  void write_control(const Control& control) {
    for (const std::string_view* text :
         {&control.id, &control.title, &control.why, &control.remediation, &control.group, &control.parameter}) {
      controls_.text(*text);
    }
    controls_.byte(static_cast<std::uint8_t>(control.severity));
    controls_.byte(static_cast<std::uint8_t>(control.scope));
    write_texts(control.kinds);
    write_texts(control.replaces);
    controls_.varint(control.references.size());
    for (const auto& [framework, rows] : control.references) {
      controls_.text(framework);
      controls_.varint(rows.size());
      for (const std::string_view row : rows) controls_.text(row);
    }
    controls_.varint(control.rules.size());
    for (const Rule& rule : control.rules) write_rule(rule);
  }

  void write_texts(std::span<const std::string_view> texts) {
    controls_.varint(texts.size());
    for (const std::string_view text : texts) controls_.text(text);
  }

  void write_rule(const Rule& rule) {
    controls_.byte(static_cast<std::uint8_t>(rule.scope));
    controls_.text(rule.message);
    controls_.varint(rule.when == nullptr ? 0 : number_of(*rule.when) + 1);
    controls_.varint(number_of(*rule.expression));
    controls_.varint(rule.field ? rule.field->size() + 1 : 0);
    if (rule.field) write_path(*rule.field);
    write_version(rule.from);
    write_version(rule.before);
    controls_.byte(rule.absence ? 1 : 0);
    controls_.byte(rule.absent_kind ? static_cast<std::uint8_t>(*rule.absent_kind) + 1 : 0);
    controls_.byte(rule.undecided ? 1 : 0);
    controls_.varint(rule.joins);
  }

  void write_path(const document::Path& path) {
    for (const document::Step& step : path) {
      controls_.byte(step.is_index ? 1 : 0);
      controls_.varint(step.is_index ? step.number : number_of(step.symbol()));
    }
  }

  void write_version(const std::optional<cel::KubernetesVersion>& version) {
    controls_.varint(version ? version->major : 0);
    if (version) controls_.varint(version->minor);
  }

  std::uint64_t number_of(const Expression& expression) {
    const auto [known, added] = expression_numbers_.try_emplace(&expression, expression_numbers_.size());
    if (!added) return known->second;
    expressions_.byte(static_cast<std::uint8_t>(expression.scope()));
    expressions_.text(expression.text());
    const cel::Program* program = expression.program();
    if (program == nullptr) sound_ = false;
    expressions_.text(program == nullptr ? std::string() : cel::write_image(program->ast()));
    expressions_.text(program == nullptr ? std::string() : program->code_image().value_or(""));
    return known->second;
  }

  std::uint64_t number_of(Symbol name) {
    const auto [known, added] = name_numbers_.try_emplace(name, name_numbers_.size());
    if (added) names_.text(symbols_.text(name));
    return known->second;
  }

  const SymbolTable& symbols_;
  std::map<const Expression*, std::uint64_t> expression_numbers_;
  std::map<Symbol, std::uint64_t> name_numbers_;
  ByteWriter expressions_, names_, controls_;
  bool sound_ = true;
};

}  // namespace

std::optional<std::string> write_catalog_image(const Catalog& catalog, const SymbolTable& symbols) {
  return CatalogImageWriter(symbols).run(catalog);
}

}  // namespace kastell::policy

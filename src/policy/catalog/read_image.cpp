#include "base/bytes.h"
#include "policy/catalog/image.h"

namespace kastell::policy {

class CatalogImageReader {
 public:
  CatalogImageReader(std::string_view bytes, std::shared_ptr<SymbolTable> symbols)
      : bytes_(bytes), symbols_(std::move(symbols)), kept_(std::make_shared<Expressions>(symbols_)) {}

  std::optional<Catalog> run() {
    read_expressions();
    read_names();
    Catalog catalog;
    const std::size_t count = bytes_.count();
    catalog.controls_.resize(count);
    for (Control& control : catalog.controls_) read_control(control);
    if (bytes_.failed()) return std::nullopt;
    catalog.keep_alive_.push_back(texts_);
    catalog.keep_alive_.push_back(kept_);
    return catalog;
  }

 private:
  void read_expressions() {
    const std::size_t count = bytes_.count();
    expressions_.reserve(count);
    for (std::size_t i = 0; i < count; ++i) {
      const Scope scope = word<Scope>(scope_count);
      const std::string_view text = bytes_.text();
      const std::string_view tree = bytes_.text();
      const cel::ProgramImage image{text, tree, bytes_.text()};
      expressions_.push_back(kept_->add(scope, text, image));
    }
  }

  void read_names() {
    const std::size_t count = bytes_.count();
    names_.reserve(count);
    for (std::size_t i = 0; i < count; ++i) names_.push_back(symbols_->intern(bytes_.text()));
  }

  void read_control(Control& control) {
    for (std::string_view* text :
         {&control.id, &control.title, &control.why, &control.remediation, &control.group, &control.parameter}) {
      *text = bytes_.text();
    }
    control.severity = word<Severity>(severity_count);
    control.scope = word<Scope>(scope_count);
    control.kinds = read_texts();
    control.replaces = read_texts();
    std::size_t left = bytes_.count();
    control.references.reserve(left);
    for (; left > 0; --left) {
      const std::string_view framework = bytes_.text();
      control.references.add(framework, read_texts());
    }
    control.rules.resize(bytes_.count());
    for (Rule& rule : control.rules) read_rule(rule);
  }

  std::span<const std::string_view> read_texts() {
    const std::size_t count = bytes_.count();
    auto* texts = texts_->allocate_array<std::string_view>(count);
    for (std::size_t i = 0; i < count; ++i) texts[i] = bytes_.text();
    return {texts, count};
  }

  void read_rule(Rule& rule) {
    rule.scope = word<Scope>(scope_count);
    rule.message = bytes_.text();
    if (const std::uint64_t number = bytes_.varint(); number != 0) rule.when = expression(number - 1);
    rule.expression = expression(bytes_.varint());
    if (rule.when != nullptr) rule.when_text = rule.when->text();
    if (rule.expression != nullptr) rule.expression_text = rule.expression->text();
    if (const std::size_t steps = bytes_.count(); steps != 0) rule.field = read_path(steps - 1);
    rule.from = read_version();
    rule.before = read_version();
    rule.absence = bytes_.byte() != 0;
    if (const std::uint8_t kind = bytes_.byte(); kind != 0 && kind <= joined_kind_count) {
      rule.absent_kind = static_cast<JoinedKind>(kind - 1);
    }
    rule.undecided = bytes_.byte() != 0;
    rule.joins = bytes_.varint();
  }

  const Expression* expression(std::uint64_t number) {
    if (number < expressions_.size()) return expressions_[number];
    bytes_.fail();
    return nullptr;
  }

  document::Path read_path(std::size_t steps) {
    document::Path path;
    path.reserve(steps);
    for (std::size_t i = 0; i < steps; ++i) {
      const bool is_index = bytes_.byte() != 0;
      const std::uint32_t number = bytes_.number32();
      if (is_index) {
        path.push_back(document::Step::index(number));
      } else if (number < names_.size()) {
        path.push_back(document::Step::key(names_[number]));
      } else {
        bytes_.fail();
      }
    }
    return path;
  }

  std::optional<cel::KubernetesVersion> read_version() {
    const auto major = static_cast<std::uint16_t>(bytes_.varint());
    if (major == 0) return std::nullopt;
    return cel::KubernetesVersion{major, static_cast<std::uint16_t>(bytes_.varint())};
  }

  template <typename Word>
  Word word(std::size_t count) {
    const std::uint8_t number = bytes_.byte();
    return static_cast<Word>(number < count ? number : bytes_.fail());
  }

  ByteReader bytes_;
  std::shared_ptr<SymbolTable> symbols_;
  std::shared_ptr<Expressions> kept_;
  std::vector<const Expression*> expressions_;
  std::vector<Symbol> names_;
  std::shared_ptr<Arena> texts_ = std::make_shared<Arena>();
};

std::optional<Catalog> read_catalog_image(std::string_view bytes, std::shared_ptr<SymbolTable> symbols) {
  return CatalogImageReader(bytes, std::move(symbols)).run();
}

}  // namespace kastell::policy

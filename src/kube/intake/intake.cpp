#include "kube/intake.h"

#include "kube/intake/defaults.h"
#include "kube/intake/names.h"
#include "kube/intake/typed_form.h"

namespace kastell::kube {

using document::Node;

namespace {

bool is_in_tables(ApiType type) {
  return type.number < ApiType::defined_number;
}

}  // namespace

struct Intake::Names {
  explicit Names(SymbolTable& symbols) : tables(symbols), values(tables) {}
  intake::TableNames tables;
  intake::DefaultValues values;
};

Intake::Intake(SymbolTable& symbols) : names_(std::make_unique<Names>(symbols)) {}
Intake::~Intake() = default;

Result<Node> Intake::typed_form(const Node& object, ApiType type, Arena& arena) {
  if (!is_in_tables(type) || object.is_null()) return object;
  return intake::TypedForm(names_->tables, type.minor, arena).of(object, type.number);
}

Node Intake::with_defaults(const Node& object, ApiType type, Arena& arena) {
  if (!is_in_tables(type)) return object;
  return intake::Defaults(names_->tables, names_->values, type.minor, arena).of(object, type.number);
}

Result<Node> Intake::take(const Node& object, ApiType type, Arena& arena) {
  const auto held = typed_form(object, type, arena);
  if (!held) return held;
  return with_defaults(*held, type, arena);
}

}  // namespace kastell::kube

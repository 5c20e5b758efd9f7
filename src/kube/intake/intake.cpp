#include "kube/intake.h"

#include "kube/intake/created.h"
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

Node Intake::created(const Node& object, ApiType type, std::string_view group, std::string_view kind,
                     std::string_view now, Arena& arena) {
  const intake::Creation creation = intake::creation_of(group, kind, type.minor);
  const auto of_status = find_field(type, "status");
  if (!is_in_tables(type) || (!creation.has_generation && !creation.clears_status)) return object;
  SymbolTable& table = names_->tables.symbols();
  document::Structure changed(object, table, arena), status(Node{}, table, arena);
  intake::create(kind, type.minor, now, changed, status);
  if (creation.has_generation) {
    document::Structure metadata = changed.below("metadata");
    metadata.set("generation", Node::make_integer(1));
    changed.set("metadata", metadata.node());
  }
  if (creation.clears_status && of_status) {
    changed.remove("status");
    const auto least = typed_form(Node::make_empty_object(), type, arena);
    const bool is_always_there = least && least->find(symbols::status) != nullptr;
    const auto held = typed_form(status.node(), *of_status, arena);
    if (held && (is_always_there || !status.members().empty())) changed.set(symbols::status, *held);
  }
  return changed.node();
}

Result<Node> Intake::take(const Node& object, ApiType type, Arena& arena) {
  const auto held = typed_form(object, type, arena);
  if (!held) return held;
  return with_defaults(*held, type, arena);
}

}  // namespace kastell::kube

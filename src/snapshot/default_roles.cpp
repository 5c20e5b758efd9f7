#include "snapshot/default_roles.h"

#include <string>

#include "kube/rbac_rule.h"

namespace kastell::snapshot {

namespace {

// How the text of such an object begins: see kube/rbac_rule.h.
std::string beginning_of(std::string_view kind) {
  return "{\"kind\":\"" + std::string(kind) + "\",\"metadata\":{\"name\":\"";
}

bool has_labels(std::string_view text) {
  return text.substr(0, text.find('}')).contains("\"labels\":");
}

}  // namespace

DefaultRoles::DefaultRoles(std::shared_ptr<SymbolTable> symbols)
    : symbols_(std::move(symbols)), read_(kube::embedded_default_roles().size()) {}

const Object& DefaultRoles::read(std::size_t number) const {
  const std::scoped_lock lock(reading_);
  std::unique_ptr<const Snapshot>& snapshot = read_[number];
  if (snapshot == nullptr) {
    SnapshotBuilder builder(symbols_);
    const std::string_view text = kube::embedded_default_roles()[number];
    builder.add(document::parse(std::make_shared<document::Source>("default-roles.yaml", text), *symbols_));
    snapshot = std::make_unique<const Snapshot>(std::move(builder).finish());
  }
  return snapshot->object(0);
}

const Object* DefaultRoles::find(std::string_view kind, std::string_view name_space, std::string_view name) const {
  const std::string beginning = beginning_of(kind) + std::string(name) + '"';
  const auto texts = kube::embedded_default_roles();
  for (std::size_t i = 0; i < texts.size(); ++i) {
    if (!texts[i].starts_with(beginning)) continue;
    // A name may hold quotes, and so more than the name; and the same name may be in several namespaces.
    const Object& object = read(i);
    if (object.kind == kind && object.name == name && object.name_space == name_space) return &object;
  }
  return nullptr;
}

std::vector<const Object*> DefaultRoles::all_of(std::string_view kind, Which which) const {
  const std::string beginning = beginning_of(kind);
  const auto texts = kube::embedded_default_roles();
  std::vector<const Object*> objects;
  for (std::size_t i = 0; i < texts.size(); ++i) {
    if (!texts[i].starts_with(beginning) || (which == Which::labelled && !has_labels(texts[i]))) continue;
    objects.push_back(&read(i));
  }
  return objects;
}

}  // namespace kastell::snapshot

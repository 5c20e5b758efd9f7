#include "snapshot/default_roles.h"

#include <charconv>
#include <optional>
#include <string>

#include "kube/rbac_rule.h"

namespace kastell::snapshot {

namespace {

// How the text of such an object begins: see kube/rbac_rule.h.
std::string beginning_of(std::string_view kind) {
  return "{\"kind\":\"" + std::string(kind) + "\",\"metadata\":{\"name\":\"";
}

// The minor that follows the words in the line before an object; nothing if they are not there.
std::optional<unsigned> minor_after(std::string_view line, std::string_view words) {
  const std::size_t at = line.find(words);
  if (at == std::string_view::npos) return std::nullopt;
  unsigned minor = 0;
  const std::string_view number = line.substr(at + words.size());
  std::from_chars(number.data(), number.data() + number.size(), minor);
  return minor;
}

bool holds_for(std::string_view line, unsigned minor) {
  return minor_after(line, "since 1.").value_or(0) <= minor && minor <= minor_after(line, "until 1.").value_or(minor);
}

// The objects of a minor. Nothing else of them is read yet.
std::vector<std::string_view> texts_of(unsigned minor) {
  std::vector<std::string_view> texts;
  for (const std::string_view document : kube::embedded_default_roles()) {
    if (!document.starts_with('#')) {
      texts.push_back(document);
      continue;
    }
    const std::size_t end = document.find('\n');
    if (holds_for(document.substr(0, end), minor)) texts.push_back(document.substr(end + 1));
  }
  return texts;
}

bool has_labels(std::string_view text) {
  return text.substr(0, text.find('}')).contains("\"labels\":");
}

}  // namespace

DefaultRoles::DefaultRoles(std::shared_ptr<SymbolTable> symbols, unsigned minor)
    : symbols_(std::move(symbols)), texts_(texts_of(minor)), read_(texts_.size()) {}

const Object& DefaultRoles::read(std::size_t number) const {
  const std::scoped_lock lock(reading_);
  std::unique_ptr<const Snapshot>& snapshot = read_[number];
  if (snapshot == nullptr) {
    SnapshotBuilder builder(symbols_);
    const auto source = std::make_shared<document::Source>("default-roles.yaml", texts_[number]);
    builder.add(document::parse(source, *symbols_));
    snapshot = std::make_unique<const Snapshot>(std::move(builder).finish());
  }
  return snapshot->object(0);
}

const Object* DefaultRoles::find(std::string_view kind, std::string_view name_space, std::string_view name) const {
  const std::string beginning = beginning_of(kind) + std::string(name) + '"';
  for (std::size_t i = 0; i < texts_.size(); ++i) {
    if (!texts_[i].starts_with(beginning)) continue;
    // A name may hold quotes, and so more than the name; and the same name may be in several namespaces.
    const Object& object = read(i);
    if (object.kind == kind && object.name == name && object.name_space == name_space) return &object;
  }
  return nullptr;
}

std::vector<const Object*> DefaultRoles::all_of(std::string_view kind, Which which) const {
  const std::string beginning = beginning_of(kind);
  std::vector<const Object*> objects;
  for (std::size_t i = 0; i < texts_.size(); ++i) {
    if (!texts_[i].starts_with(beginning) || (which == Which::labelled && !has_labels(texts_[i]))) continue;
    objects.push_back(&read(i));
  }
  return objects;
}

}  // namespace kastell::snapshot

#include "admission/read/fields.h"

#include <algorithm>

namespace kastell::admission {

using document::Node;

const Node* Fields::find(std::string_view name) const {
  const auto symbol = symbols_->find(name);
  const Node* member = symbol ? object_->find(*symbol) : nullptr;
  return member == nullptr || member->is_null() ? nullptr : member;
}

std::string_view Fields::text(std::string_view name) {
  const Node* member = find(name);
  if (member == nullptr) return {};
  if (!member->is_string()) wrong_type(name, "a string");
  return member->as_string();
}

std::span<const Node> Fields::text_nodes(std::string_view name) {
  const Node* member = find(name);
  if (member == nullptr) return {};
  if (member->is_list() && std::ranges::all_of(member->as_list(), &Node::is_string)) return member->as_list();
  wrong_type(name, "a list of strings");
  return {};
}

std::vector<std::string_view> Fields::texts(std::string_view name) {
  std::vector<std::string_view> texts;
  for (const Node& item : text_nodes(name)) texts.push_back(item.as_string());
  return texts;
}

bool Fields::boolean(std::string_view name) {
  const Node* member = find(name);
  if (member == nullptr) return false;
  if (member->kind != document::Kind::boolean) {
    wrong_type(name, "a boolean");
    return false;
  }
  return member->boolean;
}

const Node* Fields::object(std::string_view name) {
  const Node* member = find(name);
  if (member == nullptr || member->is_object()) return member;
  wrong_type(name, "an object");
  return nullptr;
}

std::span<const Node> Fields::objects(std::string_view name) {
  const Node* member = find(name);
  if (member == nullptr) return {};
  if (member->is_list() && std::ranges::all_of(member->as_list(), &Node::is_object)) return member->as_list();
  wrong_type(name, "a list of objects");
  return {};
}

Fields Fields::below(const Node& member, std::string_view name) const {
  return {member, *symbols_, path_of(name)};
}

Fields Fields::below(const Node& item, std::string_view name, std::size_t at) const {
  return {item, *symbols_, path_of(name) + '[' + std::to_string(at) + ']'};
}

std::string Fields::path_of(std::string_view name) const {
  return path_.empty() ? std::string(name) : path_ + '.' + std::string(name);
}

void Fields::adopt(const Fields& other) {
  if (!error_) error_ = other.error_;
}

void Fields::wrong_type(std::string_view name, std::string_view expected) {
  if (!error_) error_ = Error{ErrorCode::type, path_of(name) + " must be " + std::string(expected)};
}

const Node* labels_of(const Node& object, const SymbolTable& symbols) {
  if (!object.is_object()) return nullptr;
  Fields fields(object, symbols);
  const Node* metadata = fields.object("metadata");
  return metadata == nullptr ? nullptr : fields.below(*metadata, "metadata").find("labels");
}

bool has_or_all(const std::vector<std::string_view>& items, std::string_view wanted) {
  return std::ranges::any_of(items, [wanted](std::string_view item) { return item == "*" || item == wanted; });
}

}  // namespace kastell::admission

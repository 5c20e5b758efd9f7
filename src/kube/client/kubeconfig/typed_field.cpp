#include "kube/client/kubeconfig/typed_field.h"

namespace kastell::client {

using document::Kind;

TypedField TypedField::operator[](std::string_view key) const {
  if (is_a(node_ != nullptr && node_->is_object(), "an object")) {
    const auto symbol = reading_->symbols.find(key);
    const std::int64_t at = symbol ? node_->find_index(*symbol) : -1;
    if (at >= 0) return member(static_cast<std::size_t>(at), key);
  }
  return {nullptr, offset_, path_, *reading_};
}

TypedField TypedField::member(std::size_t at, std::string_view key) const {
  const auto offsets = node_->value_offsets();
  return {&node_->member_values()[at], at < offsets.size() ? offsets[at] : offset_,
          path_.empty() ? std::string(key) : path_ + "." + std::string(key), *reading_};
}

std::vector<TypedField> TypedField::items() const {
  std::vector<TypedField> items;
  if (!is_a(node_ != nullptr && node_->is_list(), "a list")) return items;
  const auto offsets = node_->value_offsets();
  for (std::size_t i = 0; i < node_->as_list().size(); ++i) {
    items.push_back(TypedField(&node_->as_list()[i], i < offsets.size() ? offsets[i] : offset_,
                               path_ + "[" + std::to_string(i) + "]", *reading_));
  }
  return items;
}

std::vector<std::pair<std::string, TypedField>> TypedField::members() const {
  std::vector<std::pair<std::string, TypedField>> members;
  if (!is_a(node_ != nullptr && node_->is_object(), "an object")) return members;
  for (std::size_t i = 0; i < node_->member_keys().size(); ++i) {
    const std::string key(reading_->symbols.text(node_->member_keys()[i]));
    members.emplace_back(key, member(i, key));
  }
  return members;
}

std::string TypedField::text() const {
  return is_a(node_ != nullptr && node_->is_string(), "a string") ? std::string(node_->as_string()) : "";
}

std::vector<std::string> TypedField::texts() const {
  std::vector<std::string> texts;
  for (const TypedField& item : items()) texts.push_back(item.text());
  return texts;
}

bool TypedField::is_true() const {
  return is_a(node_ != nullptr && node_->kind == Kind::boolean, "a boolean") && node_->boolean;
}

bool TypedField::is_a(bool suits, std::string_view expected) const {
  if (!suits && exists()) reading_->complain(path_ + " must be " + std::string(expected), place());
  return suits;
}

}  // namespace kastell::client

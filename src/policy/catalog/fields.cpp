#include "policy/catalog/fields.h"

#include "base/text.h"

namespace kastell::policy {

void Complaints::add(std::uint32_t offset, std::string message, ErrorCode code) {
  errors_.push_back({code, std::move(message), source_.place_of(offset)});
}

std::string_view read_text(Complaints& complaints, const Placed& value) {
  if (!value.node.is_string()) complaints.add(value.offset, "must be a string");
  return value.node.as_string();
}

bool read_boolean(Complaints& complaints, const Placed& value) {
  const bool suits = value.node.kind == document::Kind::boolean;
  if (!suits) complaints.add(value.offset, "must be true or false");
  return suits && value.node.boolean;
}

std::vector<Placed> read_items(Complaints& complaints, const Placed& value) {
  if (!value.node.is_list()) complaints.add(value.offset, "must be a list");
  std::vector<Placed> items;
  const auto nodes = value.node.as_list();
  for (std::size_t i = 0; i < nodes.size(); ++i) items.push_back({nodes[i], value.node.value_offsets()[i]});
  return items;
}

std::vector<std::string_view> read_texts(Complaints& complaints, const Placed& value) {
  std::vector<std::string_view> texts;
  for (const Placed& item : read_items(complaints, value)) texts.push_back(read_text(complaints, item));
  return texts;
}

std::vector<std::string_view> read_text_or_texts(Complaints& complaints, const Placed& value) {
  if (value.node.is_string()) return {value.node.as_string()};
  return read_texts(complaints, value);
}

void complain_unknown_member(Complaints& complaints, std::string_view key, std::uint32_t offset,
                             std::span<const std::string_view> known) {
  std::string message = "unknown member '" + std::string(key) + "'";
  if (const auto near = nearest(key, known)) message += "; did you mean '" + std::string(*near) + "'?";
  complaints.add(offset, std::move(message));
}

}  // namespace kastell::policy

#include "report/redaction.h"

#include <algorithm>
#include <array>
#include <span>
#include <vector>

#include "base/ascii.h"

namespace kastell::report {

using document::Node;
using policy::FindingDetail;
using snapshot::Object;

namespace {

bool is_secret_object(const Object& object) {
  return object.kind == "Secret" && object.group().empty();
}

// Fields of a Secret that say what it is, not what is in it.
bool describes_secret(std::string_view field) {
  constexpr std::array<std::string_view, 7> harmless = {"apiVersion",         "kind",          "type", "immutable",
                                                        "metadata.namespace", "metadata.name", ""};
  return std::ranges::find(harmless, field) != harmless.end() || field.starts_with("metadata.labels");
}

// The last key of a path as written: data["db.password"] → db.password.
std::string_view last_key(std::string_view field) {
  if (field.ends_with("\"]")) {
    const std::size_t open = field.rfind("[\"");
    return open == std::string_view::npos ? field : field.substr(open + 2, field.size() - open - 4);
  }
  const std::size_t dot = field.rfind('.');
  return dot == std::string_view::npos ? field : field.substr(dot + 1);
}

// Calls visit(parent, number) for every member of every object and every item of every list below `root`, until it says
// stop.
template <typename Visit>
void visit_members(const Node& root, const Visit& visit) {
  std::vector<const Node*> open = {&root};
  while (!open.empty()) {
    const Node& node = *open.back();
    open.pop_back();
    const std::size_t size = node.is_list() || node.is_object() ? node.size : 0;
    for (std::size_t i = 0; i < size; ++i) {
      if (visit(node, i)) return;
      open.push_back(&node.items[i]);
    }
  }
}

// By what stands beside it in the object; `otherwise` if it is not found there.
bool is_secret_beside(const FindingDetail& detail, const SymbolTable& symbols, bool otherwise) {
  bool found = false, secret = false;
  visit_members(detail.object->root, [&](const Node& parent, std::size_t member) {
    found = &parent.items[member] == detail.value;
    if (found) secret = is_secret_member(parent, member, symbols);
    return found;
  });
  return found ? secret : otherwise;
}

bool is_item(std::string_view field) {
  return field.ends_with(']') && !field.ends_with("\"]");
}

}  // namespace

namespace {

// The password «word» is not in «a password»: messages set values apart.
bool is_in_word(std::string_view text, std::size_t at, std::size_t size) {
  const std::size_t end = at + size;
  return is_letter(text[at]) && is_letter(text[end - 1]) &&
         ((at > 0 && is_letter(text[at - 1])) || (end < text.size() && is_letter(text[end])));
}

}  // namespace

bool is_secret(const FindingDetail& detail, const SymbolTable& symbols) {
  if (detail.value == nullptr) return false;
  const bool text = detail.value->is_string();
  if (is_secret_object(*detail.object)) return !detail.value->is_null() && !describes_secret(detail.field);
  if (!text) return false;
  const std::string_view key = last_key(detail.field);
  if (key == "value") return is_secret_beside(detail, symbols, true);  // without its name better not shown
  if (is_item(detail.field) && is_secret_beside(detail, symbols, false)) return true;
  const std::string_view value = detail.value->as_string();
  return looks_like_credential(key) || has_url_password(value) || is_credential_text(value);
}

std::string_view shown_message(const FindingDetail& detail, bool secret, std::string& scratch) {
  if (!secret || !detail.value->is_string()) return detail.message;
  const std::string_view value = detail.value->as_string();
  scratch = detail.message;
  for (std::size_t at = scratch.find(value); at != std::string::npos && !value.empty();) {
    const bool whole = !is_in_word(scratch, at, value.size());
    if (whole) scratch.replace(at, value.size(), redacted);
    at = scratch.find(value, at + (whole ? redacted.size() : 1));
  }
  return scratch;
}

namespace {

std::optional<std::uint32_t> first_secret_of(const Object& object, const SymbolTable& symbols, std::uint32_t begin,
                                             std::uint32_t end) {
  if (is_secret_object(object)) return begin;
  std::optional<std::uint32_t> first;
  visit_members(object.root, [&](const Node& parent, std::size_t member) {
    const auto offsets = parent.value_offsets();
    if (member >= offsets.size()) return false;
    const std::uint32_t offset = offsets[member];
    const bool here = offset >= begin && offset < end && offset < first.value_or(end);
    if (here && is_secret_member(parent, member, symbols)) first = offset;
    return false;
  });
  return first;
}

// The object with those before and after it that may have a part in the line.
std::span<const Object> objects_on_line(const Object& object, std::span<const Object> all, std::uint32_t begin,
                                        std::uint32_t end) {
  if (&object < all.data() || &object >= all.data() + all.size()) return {&object, 1};
  const Object *first = &object, *last = &object;
  const auto same = [&object](const Object* other) { return other->document == object.document; };
  while (first > all.data() && same(first - 1) && first->offset > begin) --first;
  while (last + 1 < all.data() + all.size() && same(last + 1) && (last + 1)->offset < end) ++last;
  return {first, last + 1};
}

}  // namespace

std::optional<std::uint32_t> first_secret_offset(const FindingDetail& detail, const snapshot::Snapshot& snapshot,
                                                 std::uint32_t begin, std::uint32_t end) {
  std::optional<std::uint32_t> first;
  for (const Object& object : objects_on_line(*detail.object, snapshot.objects(), begin, end)) {
    const auto found = first_secret_of(object, snapshot.symbols(), begin, end);
    if (found && *found < first.value_or(end)) first = found;
  }
  return first;
}

}  // namespace kastell::report

#include "report/redaction.h"

#include <algorithm>
#include <array>
#include <vector>

#include "policy/credentials.h"

namespace kastell::report {

using document::Node;
using policy::FindingDetail;
using snapshot::Object;

namespace {

constexpr std::array<std::string_view, 15> credential_words = {
    "PASSWORD", "PASSWD",    "PASSPHRASE", "PWD",        "SECRET",      "TOKEN",       "CREDENTIAL",    "APIKEY",
    "API_KEY",  "ACCESSKEY", "ACCESS_KEY", "PRIVATEKEY", "PRIVATE_KEY", "SIGNING_KEY", "ENCRYPTION_KEY"};

// Names of things that are about a credential, without being one.
constexpr std::array<std::string_view, 5> harmless_endings = {"NAME", "REF", "PATH", "FILE", "CLASS"};

std::string normal(std::string_view name) {
  std::string result(name);
  for (char& c : result) {
    if (c >= 'a' && c <= 'z') c = static_cast<char>(c - 'a' + 'A');
    if (c == '-' || c == '.') c = '_';
  }
  return result;
}

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

bool is_value_of_credential(const FindingDetail& detail, const SymbolTable& symbols) {
  bool found = false, secret = false;
  visit_members(detail.object->root, [&](const Node& parent, std::size_t member) {
    found = &parent.items[member] == detail.value;
    if (found) secret = is_secret_member(parent, member, symbols);
    return found;
  });
  return !found || secret;  // a value whose name cannot be found is better not shown
}

}  // namespace

bool looks_like_credential(std::string_view name) {
  const std::string text = normal(name);
  const auto contains = [&text](std::string_view word) { return text.find(word) != std::string::npos; };
  const auto ends = [&text](std::string_view word) { return text.ends_with(word); };
  return std::ranges::any_of(credential_words, contains) && std::ranges::none_of(harmless_endings, ends);
}

bool has_url_password(std::string_view text) {
  const std::size_t scheme = text.find("://");
  if (scheme == std::string_view::npos) return false;
  const std::string_view authority = text.substr(scheme + 3, text.find_first_of("/ ", scheme + 3) - scheme - 3);
  const std::size_t at = authority.rfind('@');
  return at != std::string_view::npos && authority.substr(0, at).find(':') != std::string_view::npos;
}

bool is_credential_text(std::string_view text) {
  return policy::file_holds_credential(text) || policy::assigns_credential(text);
}

bool is_secret_member(const Node& parent, std::size_t member, const SymbolTable& symbols) {
  const Node& value = parent.items[member];
  if (!value.is_string() || value.size == 0) return false;
  if (parent.is_list()) return has_url_password(value.as_string()) || is_credential_text(value.as_string());
  const Symbol key = parent.member_keys()[member];
  const Node* name = key == symbols::value ? parent.find(symbols::name) : nullptr;
  const std::string_view named = name == nullptr ? symbols.text(key) : name->as_string();
  if (policy::looks_random(value.as_string()) && policy::hints_at_credential(named)) return true;
  return looks_like_credential(named) || has_url_password(value.as_string()) || is_credential_text(value.as_string());
}

bool is_secret(const FindingDetail& detail, const SymbolTable& symbols) {
  if (detail.value == nullptr) return false;
  const bool text = detail.value->is_string();
  const bool composite = detail.value->is_list() || detail.value->is_object();
  if (!text && !composite) return false;
  if (is_secret_object(*detail.object)) return !describes_secret(detail.field);
  if (!text) return false;
  const std::string_view key = last_key(detail.field);
  if (key == "value") return is_value_of_credential(detail, symbols);
  const std::string_view value = detail.value->as_string();
  return looks_like_credential(key) || has_url_password(value) || is_credential_text(value);
}

std::string_view shown_message(const FindingDetail& detail, bool secret, std::string& scratch) {
  if (!secret || !detail.value->is_string()) return detail.message;
  const std::string_view value = detail.value->as_string();
  scratch = detail.message;
  for (std::size_t at = scratch.find(value); at != std::string::npos && !value.empty();
       at = scratch.find(value, at + redacted.size())) {
    scratch.replace(at, value.size(), redacted);
  }
  return scratch;
}

std::optional<std::uint32_t> first_secret_offset(const Object& object, const SymbolTable& symbols, std::uint32_t begin,
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

}  // namespace kastell::report

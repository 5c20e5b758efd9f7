#include "kube/credential.h"

#include <algorithm>
#include <array>

#include "base/ascii.h"
#include "kube/credential_forms.h"
#include "kube/credential_names.h"
#include "kube/harmless_value.h"

namespace kastell::kube {

using document::Node;

namespace {

// Names of things that are about a credential, without being one.
constexpr std::array<std::string_view, 5> harmless_endings = {"NAME", "REF", "PATH", "FILE", "CLASS"};

// `--password`, so that the next word is one.
bool announces_credential(std::string_view word) {
  return word.starts_with('-') && !word.contains('=') && looks_like_credential(word);
}

bool is_secret_item(const Node& list, std::size_t item) {
  const std::string_view word = list.items[item].as_string();
  const std::string_view before = item == 0 ? std::string_view{} : list.items[item - 1].as_string();
  return is_secret_text({}, word) || (announces_credential(before) && !word.starts_with('-'));
}

// Under whose name a member stands: its own key's, or that of the `name` beside a `value`.
std::string_view name_of_member(const Node& object, std::size_t member, const SymbolTable& symbols) {
  const Symbol key = object.member_keys()[member];
  const Node* name = key == symbols::value ? object.find(symbols::name) : nullptr;
  return name == nullptr ? symbols.text(key) : name->as_string();
}

// Stand-ins: each has the one form, and none of the others.
constexpr std::string_view variable = "$(";  // closed by what says that it is redacted
constexpr std::string_view usual_path = "/var/";
constexpr std::string_view formed = "-----BEGIN PRIVATE KEY-----";
constexpr std::string_view url_with_password = "redacted://redacted:redacted@redacted/";
constexpr std::string_view url_without = "redacted://redacted:-@redacted/";  // a password that is none, or a variable
constexpr std::string_view random = "redacted0123456789abcdef";
constexpr std::string_view assigned = "hidden.by.kastell";
constexpr std::string_view assigning_line = "\npassword: hidden.by.kastell\n";

bool is_random_credential(std::string_view name, std::string_view text) {
  return looks_random(text) && hints_at_credential(name);
}

std::string without_assigned(std::string_view text) {
  const std::string_view value = text.substr(text.find('=') + 1);
  std::string kept(text.substr(0, text.size() - value.size()));
  return kept.append(has_credential_form(value) ? formed : assigned).append(redacted);
}

}  // namespace

bool looks_like_credential(std::string_view name) {
  const std::string text = in_upper_case(name);
  const auto ends = [&text](std::string_view word) { return text.ends_with(word); };
  return std::ranges::none_of(harmless_endings, ends) && mentions_credential(name);
}

bool has_url_password(std::string_view text) {
  const std::size_t scheme = text.find("://");
  if (scheme == std::string_view::npos) return false;
  const std::string_view authority = text.substr(scheme + 3, text.find_first_of("/ ", scheme + 3) - scheme - 3);
  const std::size_t at = authority.rfind('@');
  return at != std::string_view::npos && authority.substr(0, at).find(':') != std::string_view::npos;
}

bool is_credential_text(std::string_view text) {
  return file_holds_credential(text);
}

bool is_secret_text(std::string_view name, std::string_view text) {
  if (text.empty() || is_switch_or_duration(text) || is_number_of_things(name, text)) return false;
  return name == last_applied || looks_like_credential(name) || has_url_password(text) || is_credential_text(text) ||
         is_random_credential(name, text);
}

bool is_secret_member(const Node& parent, std::size_t member, const SymbolTable& symbols) {
  const Node& value = parent.items[member];
  if (value.is_list() && parent.is_object()) {
    return std::ranges::any_of(value.as_list(), &Node::is_string) &&
           looks_like_credential(symbols.text(parent.member_keys()[member]));
  }
  if (!value.is_string() || value.size == 0) return false;
  if (parent.is_list()) return is_secret_item(parent, member);
  return is_secret_text(name_of_member(parent, member, symbols), value.as_string());
}

std::string without_credential(std::string_view name, std::string_view text) {
  if (assigns_credential(text)) return without_assigned(text);
  const bool follows_flag = assigns_credential(name, text);
  std::string kept(follows_flag ? assigned : "");
  if (has_credential_form(text)) kept += formed;
  if (has_url_credential(text)) {
    kept += url_with_password;
  } else if (has_url_password(text)) {
    kept += url_without;
  }
  if (!file_holds_credential(kept) && file_holds_credential(text)) kept += assigning_line;
  if (is_random_credential(name, text)) kept += random;
  kept.insert(0, is_variable(text) ? variable : is_usual_path(text) ? usual_path : std::string_view{});
  return kept.append(redacted);
}

}  // namespace kastell::kube

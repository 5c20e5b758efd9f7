#include "policy/facts/credential_facts.h"

#include "kube/credential_forms.h"
#include "kube/credential_names.h"
#include "policy/facts/members.h"
#include "policy/facts/object_facts.h"

namespace kastell::policy {

using document::Node;
using kube::assigns_credential, kube::file_holds_credential, kube::has_credential_form, kube::has_url_credential;
using kube::hints_at_credential, kube::is_named_credential, kube::looks_random;

namespace {

// By the key, whatever the bytes: a snapshot keeps nothing of them.
void add_binary_credentials(const Node* data, const SymbolTable& symbols, std::vector<Node>& keys) {
  for (std::uint32_t i = 0; data != nullptr && i < data->member_keys().size(); ++i) {
    const std::string_view key = symbols.text(data->member_keys()[i]);
    const bool is_empty = data->items[i].as_string().empty();
    if (!is_empty && kube::names_credential(key)) keys.push_back(Node::make_string(key));
  }
}

}  // namespace

ConfigMapCredentials credentials_in(const Node& config_map, const SymbolTable& symbols) {
  ConfigMapCredentials found;
  const Node* data = config_map.find(symbols::data);
  for (std::uint32_t i = 0; data != nullptr && i < data->member_keys().size(); ++i) {
    const std::string_view key = symbols.text(data->member_keys()[i]);
    const std::string_view value = data->items[i].as_string();
    const bool random = looks_random(value) && hints_at_credential(key);
    if (random || file_holds_credential(value)) found.keys.push_back(Node::make_string(key));
    if (is_named_credential(key, value)) found.names.push_back(Node::make_string(key));
  }
  add_binary_credentials(config_map.find(symbols::binaryData), symbols, found.keys);
  return found;
}

Node ObjectFacts::credentials_of(const Node& pod, Arena& arena) const {
  std::vector<Node> found;
  for (const Node& container : items(pod.find(symbols::containers))) {
    for (const Node& variable : items(container.find(symbols::env))) {
      const std::string_view value = text(variable.find(symbols::value));
      const bool random = looks_random(value) && hints_at_credential(text(variable.find(symbols::name)));
      if (random || has_credential_form(value) || has_url_credential(value)) found.push_back(Node::make_string(value));
    }
    for (const Symbol list : {symbols::command, symbols::args}) {
      for (const Node& word : items(container.find(list))) {
        const std::string_view value = word.as_string();
        if (file_holds_credential(value)) found.push_back(Node::make_string(value));
      }
    }
  }
  return found.empty() ? nothing_ : make_list(arena, found);
}

// "--db-password", "hunter2": apart from credentials_of(), for elsewhere the second need be none.
Node ObjectFacts::credential_words_of(const Node& pod, Arena& arena) const {
  std::vector<Node> found;
  for (const Node& container : items(pod.find(symbols::containers))) {
    for (const Symbol list : {symbols::command, symbols::args}) {
      std::string_view before;
      for (const Node& word : items(container.find(list))) {
        const std::string_view value = word.as_string();
        if (assigns_credential(before, value)) found.push_back(Node::make_string(value));
        before = value;
      }
    }
  }
  return found.empty() ? nothing_ : make_list(arena, found);
}

}  // namespace kastell::policy

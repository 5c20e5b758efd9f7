#include "admission/match/match.h"
#include "document/write.h"

namespace kastell::admission {

namespace {

// Texts with their lengths: whatever they hold, two lists do not read the same.
void append(std::string& out, const std::vector<std::string_view>& items) {
  for (const std::string_view item : items) {
    out += std::to_string(item.size());
    out.append(":").append(item);
  }
  out += ';';
}

void append(std::string& out, const std::vector<ResourceRule>& rules) {
  for (const ResourceRule& rule : rules) {
    for (const auto* list : {&rule.names, &rule.operations, &rule.groups, &rule.versions, &rule.resources}) {
      append(out, *list);
    }
    out += std::to_string(static_cast<int>(rule.scope));
  }
  out += '/';
}

}  // namespace

std::string text_of(const MatchResources& resources, const SymbolTable& symbols) {
  std::string text;
  append(text, resources.rules);
  append(text, resources.exclusions);
  for (const document::Node* selector : {resources.namespace_selector, resources.object_selector}) {
    if (selector != nullptr) document::append_json(text, *selector, symbols);
    text += '/';
  }
  return text + (resources.equivalent ? '=' : '!');
}

}  // namespace kastell::admission

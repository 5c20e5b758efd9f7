#include "kube/component/environment.h"

#include <algorithm>
#include <ranges>

#include "kube/pod/member.h"

namespace kastell::kube {

using document::Node;

namespace {

constexpr std::size_t longest_argument = 1U << 20;  // bytes after expansion

std::string_view text_of(const Node& object, Symbol key) {
  const Node* value = member(object, key);
  return value == nullptr ? std::string_view{} : value->as_string();
}

// Variables that the kubelet adds for Services: {NAME}_SERVICE_HOST, {NAME}_SERVICE_PORT_{PORT}, {NAME}_PORT_….
bool may_name_a_service(std::string_view name) {
  return name.find("_SERVICE_") != std::string_view::npos || name.find("_PORT") != std::string_view::npos;
}

}  // namespace

Environment::Environment(const Node& container, const SymbolTable&, Arena& arena) : arena_(arena) {
  has_sources_ = member(container, symbols::envFrom) != nullptr;
  const Node* env = member(container, symbols::env);
  if (env == nullptr) return;
  for (std::uint32_t i = 0; i < env->as_list().size(); ++i) {
    const Node& entry = env->items[i];
    const std::string_view name = text_of(entry, symbols::name);
    if (name.empty()) continue;
    Variable variable{name, {}, {}, i};
    if (member(entry, symbols::valueFrom) != nullptr) {
      variable.missing = missing_reason(name);
    } else {
      const Argument value = expand(text_of(entry, symbols::value), {});
      variable.value = value.text;
      variable.missing = value.missing;
    }
    variables_.push_back(variable);
  }
}

std::string_view Environment::missing_reason(std::string_view name) const {
  return arena_.copy(std::string("it depends on the environment variable ") + std::string(name) +
                     ", whose value is not in the input");
}

const Environment::Variable* Environment::find(std::string_view name) const {
  for (const Variable& variable : std::views::reverse(variables_)) {
    if (variable.name == name) return &variable;
  }
  return nullptr;
}

Argument Environment::expand(std::string_view text, PathView place) const {
  Argument result{text, place, {}};
  if (text.find('$') == std::string_view::npos) return result;
  std::string expanded;
  for (std::size_t at = 0; at < text.size() && result.missing.empty();) {
    const std::size_t close = text.substr(at).starts_with("$(") ? text.find(')', at) : std::string_view::npos;
    if (close != std::string_view::npos) {
      const std::string_view name = text.substr(at + 2, close - at - 2);
      if (const Variable* variable = find(name)) {
        expanded += variable->value;
        result.missing = variable->missing;
      } else if (has_sources_ || may_name_a_service(name)) {
        result.missing = missing_reason(name);
      } else {
        expanded += text.substr(at, close - at + 1);
      }
      at = close + 1;
    } else {
      if (text.substr(at).starts_with("$$")) ++at;
      expanded += text[at++];
    }
    if (expanded.size() > longest_argument) result.missing = "it is longer than 1 MiB";
  }
  result.text = arena_.copy(expanded);
  return result;
}

}  // namespace kastell::kube

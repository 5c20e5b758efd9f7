#include "policy/export/messages.h"

#include <optional>

#include "policy/export/cel_text.h"

namespace kastell::policy {

namespace {

// The names of the failing subjects, joined.
std::string names_of(std::string_view failing, std::string_view variable) {
  return std::string(failing) + ".map(" + std::string(variable) + ", " + std::string(variable) + ".name).join(', ')";
}

std::optional<std::string> expression_of(std::string_view placeholder, Scope scope, std::string_view failing) {
  if (placeholder == "kind") return "object.kind";
  if (placeholder == "namespace") return "object.metadata.?namespace.orValue('default')";
  if (placeholder == "container" && scope == Scope::container) return names_of(failing, "container");
  if (placeholder != "name") return {};
  if (scope == Scope::volume) return names_of(failing, "volume");
  return "object.metadata.?name.orValue(object.metadata.?generateName.orValue(''))";
}

}  // namespace

std::string message_expression(std::string_view message, Scope scope, std::string_view failing) {
  std::string out;
  const auto append = [&out](const std::string& part) { out.append(out.empty() ? "" : " + ").append(part); };
  while (!message.empty()) {
    const std::size_t open = message.find('{'), close = message.find('}', open);
    if (const std::string_view plain = message.substr(0, open); !plain.empty()) append(cel_text(plain));
    if (open == std::string_view::npos || close == std::string_view::npos) break;
    const auto part = expression_of(message.substr(open + 1, close - open - 1), scope, failing);
    if (!part) return {};
    append(*part);
    message.remove_prefix(close + 1);
  }
  return out;
}

}  // namespace kastell::policy

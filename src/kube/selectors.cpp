#include "kube/selectors.h"

#include <algorithm>
#include <optional>

namespace kastell::kube {

using document::Kind;
using document::Node;

namespace {

enum class Operator : std::uint8_t { in, not_in, exists, does_not_exist };

std::optional<Operator> parse_operator(std::string_view text) {
  if (text == "In") return Operator::in;
  if (text == "NotIn") return Operator::not_in;
  if (text == "Exists") return Operator::exists;
  if (text == "DoesNotExist") return Operator::does_not_exist;
  return std::nullopt;
}

// A member that Kubernetes reads as absent when it is null.
const Node* member(const Node& object, Symbol key) {
  const Node* value = object.find(key);
  return value == nullptr || value->is_null() ? nullptr : value;
}

const Node* label_of(const Node* labels, std::string_view key, const SymbolTable& symbols) {
  if (labels == nullptr) return nullptr;
  const auto symbol = symbols.find(key);
  return symbol ? labels->find(*symbol) : nullptr;
}

Result<bool> match_labels(const Node& wanted, const Node* labels) {
  if (!wanted.is_object()) return failure(ErrorCode::unsupported, "label selector: matchLabels is not an object");
  bool all = true;
  for (std::uint32_t i = 0; i < wanted.size; ++i) {
    const Node& value = wanted.items[i];
    if (!value.is_string()) return failure(ErrorCode::unsupported, "label selector: a label's value is not a string");
    const Node* label = labels == nullptr ? nullptr : labels->find(wanted.member_keys()[i]);
    all = all && label != nullptr && label->is_string() && label->as_string() == value.as_string();
  }
  return all;
}

Result<bool> match_expression(const Node& expression, const Node* labels, const SymbolTable& symbols) {
  const Node* key = member(expression, symbols::key);
  const Node* name = member(expression, symbols::operator_);
  const Node* values = member(expression, symbols::values);
  if (key == nullptr || !key->is_string() || name == nullptr) {
    return failure(ErrorCode::unsupported, "label selector: an expression without key or operator");
  }
  const auto operation = parse_operator(name->as_string());
  if (!operation) {
    return failure(ErrorCode::unsupported, "label selector: unknown operator '" + std::string(name->as_string()) + "'");
  }
  const bool takes_values = *operation == Operator::in || *operation == Operator::not_in;
  const bool has_values = values != nullptr && (!values->is_list() || values->size > 0);
  if (takes_values != has_values || (has_values && !std::ranges::all_of(values->as_list(), &Node::is_string)) ||
      (has_values && !values->is_list())) {
    return failure(ErrorCode::unsupported,
                   "label selector: values do not suit operator " + std::string(name->as_string()));
  }
  const Node* label = label_of(labels, key->as_string(), symbols);
  if (*operation == Operator::exists) return label != nullptr;
  if (*operation == Operator::does_not_exist) return label == nullptr;
  const bool listed = label != nullptr && std::ranges::any_of(values->as_list(), [label](const Node& value) {
                        return value.as_string() == label->as_string();
                      });
  return listed == (*operation == Operator::in);
}

Result<bool> match_expressions(const Node& expressions, const Node* labels, const SymbolTable& symbols) {
  if (!expressions.is_list()) return failure(ErrorCode::unsupported, "label selector: matchExpressions is not a list");
  bool all = true;
  for (const Node& expression : expressions.as_list()) {
    const auto matches = match_expression(expression, labels, symbols);
    if (!matches) return matches;
    all = all && *matches;
  }
  return all;
}

}  // namespace

Result<bool> selects(const Node& selector, const Node* labels, const SymbolTable& symbols) {
  if (!selector.is_object()) return failure(ErrorCode::unsupported, "label selector: not an object");
  bool all = true;
  for (std::uint32_t i = 0; i < selector.size; ++i) {
    const Node& value = selector.items[i];
    const Symbol key = selector.member_keys()[i];
    if (key != symbols::matchLabels && key != symbols::matchExpressions) {
      return failure(ErrorCode::unsupported, "label selector: unknown field '" + std::string(symbols.text(key)) + "'");
    }
    if (value.is_null()) continue;
    const auto matches =
        key == symbols::matchLabels ? match_labels(value, labels) : match_expressions(value, labels, symbols);
    if (!matches) return matches;
    all = all && *matches;
  }
  return all;
}

}  // namespace kastell::kube

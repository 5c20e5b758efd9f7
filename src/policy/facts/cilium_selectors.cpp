#include "policy/facts/cilium_selectors.h"

#include <algorithm>
#include <array>
#include <string_view>

namespace kastell::policy {

using document::Node;
using snapshot::Object;

namespace {

constexpr auto added_by_controllers = std::to_array<std::string_view>(
    {"controller-revision-hash", "controller-uid", "job-name", "pod-template-generation", "pod-template-hash"});

const Node* member(const Node* object, std::string_view key, const SymbolTable& symbols) {
  const auto symbol = symbols.find(key);
  const Node* value = object != nullptr && symbol ? object->find(*symbol) : nullptr;
  return value == nullptr || value->is_null() ? nullptr : value;
}

// A label that comes from the pod's own manifest: without a source (k8s:, reserved:), and of none of the prefixes under
// which Kubernetes and Cilium add labels (namespaces, service accounts, ordinals).
bool is_of_manifest(std::string_view key) {
  if (key.contains(':') || key.starts_with("io.")) return false;
  if (key.contains("kubernetes.io/") && !key.starts_with("app.kubernetes.io/")) return false;
  return std::ranges::find(added_by_controllers, key) == added_by_controllers.end();
}

std::optional<std::string_view> label(const Node* labels, std::string_view key, const SymbolTable& symbols) {
  const Node* value = member(labels, key, symbols);
  return value == nullptr ? std::nullopt : std::optional(value->as_string());
}

bool meets_labels(const Node& wanted, const Node* labels, const SymbolTable& symbols) {
  for (std::uint32_t i = 0; i < wanted.member_keys().size(); ++i) {
    const std::string_view key = symbols.text(wanted.member_keys()[i]);
    const Node& value = wanted.items[i];
    if (is_of_manifest(key) && value.is_string() && label(labels, key, symbols) != value.as_string()) return false;
  }
  return true;
}

// NotIn and DoesNotExist always may: Cilium can be told to leave a label out of a pod's identity.
bool may_meet(const Node& expression, const Node* labels, const SymbolTable& symbols) {
  const Node* key = expression.find(symbols::key);
  const Node* name = expression.find(symbols::operator_);
  if (key == nullptr || name == nullptr || !key->is_string() || !is_of_manifest(key->as_string())) return true;
  const auto carried = label(labels, key->as_string(), symbols);
  if (name->as_string() == "Exists") return carried.has_value();
  const Node* values = expression.find(symbols::values);
  if (name->as_string() != "In" || values == nullptr || values->as_list().empty()) return true;
  return std::ranges::any_of(
      values->as_list(), [&carried](const Node& value) { return !value.is_string() || carried == value.as_string(); });
}

bool may_select(const Node& selector, const Node* labels, const SymbolTable& symbols) {
  const Node* wanted = selector.find(symbols::matchLabels);
  if (wanted != nullptr && !meets_labels(*wanted, labels, symbols)) return false;
  const Node* expressions = selector.find(symbols::matchExpressions);
  return expressions == nullptr || std::ranges::all_of(expressions->as_list(), [&](const Node& expression) {
           return may_meet(expression, labels, symbols);
         });
}

// False if it is not known which pods the spec selects.
bool add_selector(const Node& spec, const SymbolTable& symbols, EndpointSelectors& selectors) {
  const Node* selector = member(&spec, "endpointSelector", symbols);
  if (selector == nullptr) return member(&spec, "nodeSelector", symbols) != nullptr;
  selectors.push_back(selector);
  return selector->is_object();
}

}  // namespace

std::optional<EndpointSelectors> endpoint_selectors(const Object& policy, const SymbolTable& symbols) {
  const Node* spec = member(&policy.root, "spec", symbols);
  const Node* specs = member(&policy.root, "specs", symbols);
  if (spec == nullptr && specs == nullptr) return std::nullopt;
  if (specs != nullptr && !specs->is_list()) return std::nullopt;
  EndpointSelectors selectors;
  if (spec != nullptr && !add_selector(*spec, symbols, selectors)) return std::nullopt;
  if (specs == nullptr) return selectors;
  const bool known =
      std::ranges::all_of(specs->as_list(), [&](const Node& one) { return add_selector(one, symbols, selectors); });
  return known ? std::optional(std::move(selectors)) : std::nullopt;
}

bool may_select(const EndpointSelectors& selectors, const Node* labels, const SymbolTable& symbols) {
  return std::ranges::any_of(selectors, [&](const Node* selector) { return may_select(*selector, labels, symbols); });
}

}  // namespace kastell::policy

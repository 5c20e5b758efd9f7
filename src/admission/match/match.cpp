#include "admission/match/match.h"

#include <algorithm>

#include "admission/read/fields.h"
#include "kube/selectors.h"

namespace kastell::admission {

using document::Node;

namespace {

constexpr GroupVersionResource namespace_resource{"", "v1", "namespaces"};

// What a selector says: a failure is the API server's status error.
struct Selected {
  bool selects = false;
  std::string error = {};
};

bool is_in_scope(Scope scope, const GroupVersionResource& resource, std::string_view name_space) {
  const bool is_cluster_wide = resource == namespace_resource || name_space.empty();
  switch (scope) {
    case Scope::all: return true;
    case Scope::namespaced: return !is_cluster_wide;
    case Scope::cluster: return is_cluster_wide;
    case Scope::unknown: return false;
  }
  return false;
}

bool names_resource(std::string_view item, std::string_view resource, std::string_view subresource) {
  const auto slash = item.find('/');
  const std::string_view name = item.substr(0, slash);
  const std::string_view part = slash == std::string_view::npos ? std::string_view{} : item.substr(slash + 1);
  return (name == "*" || name == resource) && (part == "*" || part == subresource);
}

bool rule_matches(const ResourceRule& rule, const GroupVersionResource& resource, const Request& request) {
  return is_in_scope(rule.scope, resource, request.name_space) && has_or_all(rule.operations, request.operation) &&
         has_or_all(rule.groups, resource.group) && has_or_all(rule.versions, resource.version) &&
         std::ranges::any_of(
             rule.resources,
             [&](std::string_view item) { return names_resource(item, resource.resource, request.subresource); }) &&
         (rule.names.empty() || std::ranges::find(rule.names, request.name) != rule.names.end());
}

// Rules are asked about the request itself first, then about its equivalents.
Match match_rules(const std::vector<ResourceRule>& rules, bool equivalent, const Request& request, const World& world) {
  for (const ResourceRule& rule : rules) {
    if (rule_matches(rule, request.resource, request)) return {true, request.resource, request.kind};
  }
  if (!equivalent || rules.empty()) return {};
  const auto others = world.equivalents_of(request.resource);
  for (const ResourceRule& rule : rules) {
    for (const World::Equivalent& other : others) {
      if (other.resource == request.resource || !rule_matches(rule, other.resource, request)) continue;
      return {true, other.resource, other.kind};
    }
  }
  return {};
}

bool is_empty_selector(const Node* selector, const SymbolTable& symbols) {
  if (selector == nullptr) return true;
  const Fields fields(*selector, symbols);
  const auto is_absent = [&](std::string_view name) {
    const Node* member = fields.find(name);
    return member == nullptr || member->size == 0;
  };
  return is_absent("matchLabels") && is_absent("matchExpressions");
}

// Labels that are none make an object that no API server takes; as if there were none, it would pass unasked.
Selected ask_selector(const Node& selector, const Node* labels, const SymbolTable& symbols) {
  if (labels != nullptr && !labels->is_object()) return {false, "labels that are no object cannot be selected by"};
  const auto selects = kube::selects(selector, labels, symbols);
  if (!selects) return {false, "Internal error occurred: " + selects.error().message};
  return {*selects};
}

bool writes_namespace(const Request& request) {
  return request.resource.resource == "namespaces" && request.subresource.empty() &&
         (request.operation == "CREATE" || request.operation == "UPDATE");
}

Selected match_namespace(const Node* selector, const Request& request, const World& world) {
  if (request.name_space.empty() && request.resource.resource != "namespaces") return {true};
  if (is_empty_selector(selector, world.symbols())) return {true};
  if (writes_namespace(request)) {
    return ask_selector(*selector, labels_of(request.object, world.symbols()), world.symbols());
  }
  const Node* found = world.find_namespace(request.name_space);
  if (found == nullptr) return {false, "namespaces \"" + std::string(request.name_space) + "\" not found"};
  return ask_selector(*selector, labels_of(*found, world.symbols()), world.symbols());
}

// PodExecOptions and the like have no metadata; nothing selects them.
bool has_metadata(const Node& object, const Request& request, const SymbolTable& symbols) {
  return object.is_object() && (request.operation != "CONNECT" || Fields(object, symbols).find("metadata") != nullptr);
}

Selected match_object(const Node* selector, const Request& request, const SymbolTable& symbols) {
  if (is_empty_selector(selector, symbols)) return {true};
  for (const Node* object : {&request.object, &request.old_object}) {
    if (!has_metadata(*object, request, symbols)) continue;
    const Selected selected = ask_selector(*selector, labels_of(*object, symbols), symbols);
    if (selected.selects || !selected.error.empty()) return selected;
  }
  return {};
}

}  // namespace

// A selector's error counts only if everything else selects the request.
Match match_request(const MatchResources& resources, const Request& request, const World& world) {
  const Selected by_namespace = match_namespace(resources.namespace_selector, request, world);
  if (!by_namespace.selects && by_namespace.error.empty()) return {};
  const Selected by_object = match_object(resources.object_selector, request, world.symbols());
  if (!by_object.selects && by_object.error.empty()) return {};
  if (match_rules(resources.exclusions, resources.equivalent, request, world).matches) return {};
  Match match = resources.rules.empty() ? Match{true, request.resource, request.kind}
                                        : match_rules(resources.rules, resources.equivalent, request, world);
  if (!match.matches) return {};
  match.error = !by_namespace.error.empty() ? by_namespace.error : by_object.error;
  match.matches = match.error.empty();
  return match;
}

}  // namespace kastell::admission

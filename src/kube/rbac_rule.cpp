#include "kube/rbac_rule.h"

#include <algorithm>
#include <string>

namespace kastell::kube {

using document::Node;

namespace {

std::span<const Node> items_of(const Node& rule, Symbol member) {
  const Node* list = rule.find(member);
  return list == nullptr ? std::span<const Node>{} : list->as_list();
}

bool lists_or_all(const Node& rule, Symbol member, std::string_view text) {
  return rule_lists(rule, member, "*") || rule_lists(rule, member, text);
}

}  // namespace

bool rule_lists(const Node& rule, Symbol member, std::string_view text) {
  return std::ranges::any_of(items_of(rule, member),
                             [text](const Node& item) { return item.is_string() && item.as_string() == text; });
}

bool names_objects(const Node& rule) {
  return !items_of(rule, symbols::resourceNames).empty();
}

bool covers_verb(const Node& rule, std::string_view verb) {
  return lists_or_all(rule, symbols::verbs, verb);
}

bool covers_group(const Node& rule, std::string_view group) {
  return lists_or_all(rule, symbols::apiGroups, group);
}

bool covers_resource(const Node& rule, std::string_view resource, std::string_view subresource) {
  if (subresource.empty()) return lists_or_all(rule, symbols::resources, resource);
  return lists_or_all(rule, symbols::resources, std::string(resource).append("/").append(subresource)) ||
         rule_lists(rule, symbols::resources, std::string("*/").append(subresource));
}

bool covers_path(const Node& rule, std::string_view path) {
  return std::ranges::any_of(items_of(rule, symbols::nonResourceURLs), [path](const Node& item) {
    const std::string_view text = item.as_string();
    if (text == "*" || (item.is_string() && text == path)) return true;
    return text.ends_with('*') && path.starts_with(text.substr(0, text.find_last_not_of('*') + 1));
  });
}

bool rule_allows(const Node& rule, const RbacRequest& request) {
  if (!covers_verb(rule, request.verb)) return false;
  if (!request.path.empty()) return covers_path(rule, request.path);
  return covers_group(rule, request.group) && covers_resource(rule, request.resource, request.subresource) &&
         (!names_objects(rule) || rule_lists(rule, symbols::resourceNames, request.name));
}

}  // namespace kastell::kube

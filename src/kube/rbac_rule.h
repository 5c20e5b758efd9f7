// What a rule of an RBAC role allows (kubernetes plugin/pkg/auth/authorizer/rbac: RuleAllows).
//
//   kube::rule_allows(rule, {.verb = "get", .group = "", .resource = "secrets", .name = "token"})
//
// Pure and thread-safe.
#pragma once

#include <span>
#include <string_view>

#include "base/symbol.h"
#include "document/node.h"

namespace kastell::kube {

struct RbacRequest {
  std::string_view verb = {};
  std::string_view group = {}, resource = {}, subresource = {}, name = {};  // "apps", "deployments", "scale"
  std::string_view path = {};  // not empty: a path is asked for, no resource
};

// All fields of one rule must match a request.
bool rule_allows(const document::Node& rule, const RbacRequest& request);

// The parts of that, for those who ask about rules as such. "*" of resources covers every subresource, "*/scale" that
// of every resource.
bool covers_verb(const document::Node& rule, std::string_view verb);
bool covers_group(const document::Node& rule, std::string_view group);
bool covers_resource(const document::Node& rule, std::string_view resource, std::string_view subresource);
bool covers_path(const document::Node& rule, std::string_view path);

// Whether a list of the rule has the text itself.
bool rule_lists(const document::Node& rule, Symbol member, std::string_view text);
// Whether the rule is of single objects.
bool names_objects(const document::Node& rule);

// The documents of policies/tables/default-roles.yaml: roles and bindings that API servers make at their start. Each is
// the JSON of one object that begins {"kind":K,"metadata":{"name":N and, if it has one, ,"namespace":S — in that order.
// Those that not all minors have as they are stand behind a line "# since 1.M until 1.N", or one of the two.
std::span<const std::string_view> embedded_default_roles();

}  // namespace kastell::kube

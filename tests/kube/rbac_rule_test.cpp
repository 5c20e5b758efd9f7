// What rules of roles allow: each case is a rule and a request, "verb group resource subresource name", or "verb
// /path".
#include "kube/rbac_rule.h"

#include <gtest/gtest.h>

#include <memory>

#include "document/document.h"

namespace kastell::kube {
namespace {

struct RuleCase {
  const char* rule;
  RbacRequest request;
  bool allowed;
};

const RuleCase cases[] = {
    {"{verbs: [get], apiGroups: [''], resources: [pods]}", {.verb = "get", .resource = "pods"}, true},
    {"{verbs: [get], apiGroups: [''], resources: [pods]}", {.verb = "list", .resource = "pods"}, false},
    {"{verbs: [get], apiGroups: [''], resources: [pods]}", {.verb = "get", .group = "apps", .resource = "pods"}, false},
    {"{verbs: ['*'], apiGroups: ['*'], resources: ['*']}",
     {.verb = "get", .group = "apps", .resource = "deployments", .subresource = "scale"},
     true},
    {"{verbs: [get], apiGroups: [''], resources: [pods]}",
     {.verb = "get", .resource = "pods", .subresource = "log"},
     false},
    {"{verbs: [get], apiGroups: [''], resources: ['*/log']}",
     {.verb = "get", .resource = "pods", .subresource = "log"},
     true},
    {"{verbs: [get], apiGroups: [''], resources: ['*/log']}", {.verb = "get", .resource = "pods"}, false},
    {"{verbs: [get], apiGroups: [''], resources: ['pods/*']}",
     {.verb = "get", .resource = "pods", .subresource = "log"},
     false},
    {"{verbs: [get], apiGroups: [''], resources: [pods], resourceNames: [a]}",
     {.verb = "get", .resource = "pods", .name = "a"},
     true},
    {"{verbs: [get], apiGroups: [''], resources: [pods], resourceNames: [a]}",
     {.verb = "get", .resource = "pods"},
     false},
    {"{verbs: [get], apiGroups: [''], resources: [pods], resourceNames: ['*']}",
     {.verb = "get", .resource = "pods", .name = "a"},
     false},
    {"{verbs: [get], nonResourceURLs: [/logs/*]}", {.verb = "get", .path = "/logs/a"}, true},
    {"{verbs: [get], nonResourceURLs: [/logs]}", {.verb = "get", .path = "/logs/a"}, false},
    {"{verbs: [get], nonResourceURLs: ['*']}", {.verb = "get", .path = "/"}, true},
    {"{verbs: [get], apiGroups: ['*'], resources: ['*']}", {.verb = "get", .path = "/logs"}, false},
    {"{verbs: get, apiGroups: [''], resources: [pods]}", {.verb = "get", .resource = "pods"}, false},
    {"{verbs: [get], apiGroups: [null], resources: [pods]}", {.verb = "get", .resource = "pods"}, false},
    {"{verbs: [get, 5], resources: [pods]}", {.verb = "get", .resource = "pods"}, false},
};

TEST(RbacRule, AllowsWhatAllItsFieldsMatch) {
  for (const RuleCase& one : cases) {
    SymbolTable symbols;
    const auto stream = document::parse(std::make_shared<document::Source>("rule", one.rule), symbols);
    ASSERT_EQ(stream.documents.size(), 1U) << one.rule;
    EXPECT_EQ(rule_allows(stream.documents.front().root, one.request), one.allowed)
        << one.rule << " " << one.request.verb << " " << one.request.resource << one.request.path;
  }
}

}  // namespace
}  // namespace kastell::kube

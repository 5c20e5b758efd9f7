// authorizer: asking whether a request would be allowed (apiserver pkg/cel/library/authz.go).
//
// The builders only collect an AuthorizerQuery; check() hands it to the AuthorizerAnswers of the evaluation.
#include <string>

#include "cel/evaluate.h"
#include "cel/kubernetes_libraries.h"
#include "cel/library/authorizer_values.h"
#include "cel/library/cost.h"
#include "cel/library/declare.h"
#include "cel/library/kubernetes_cost.h"
#include "cel/library/name_validation.h"

namespace kastell::cel {
namespace {

using Arguments = std::span<const Value>;

const QueryValue& query_of(const Value& value) {
  return *static_cast<const QueryValue*>(value.pointer);
}

// A copy of the query so far, as a value of that kind.
QueryValue* extend(CallContext& context, Arguments arguments, const OpaqueKind& kind) {
  auto* query = context.arena.create<QueryValue>(query_of(arguments[0]));
  query->kind = &kind;
  return query;
}

bool is_blank(std::string_view text) {
  return text.find_first_not_of(" \t\n\v\f\r") == std::string_view::npos;
}

template <std::string_view QueryValue::* field>
Value set_resource_check(CallContext& context, Arguments arguments) {
  QueryValue* query = extend(context, arguments, resource_check_kind);
  query->*field = as_text(arguments[1]);
  return make_opaque(*query);
}

Value path(CallContext& context, Arguments arguments) {
  if (is_blank(as_text(arguments[1]))) return make_error(context.arena, "path must not be empty");
  QueryValue* query = extend(context, arguments, path_check_kind);
  query->path = as_text(arguments[1]);
  return make_opaque(*query);
}

Value group(CallContext& context, Arguments arguments) {
  QueryValue* query = extend(context, arguments, group_check_kind);
  query->group = as_text(arguments[1]);
  return make_opaque(*query);
}

Value service_account(CallContext& context, Arguments arguments) {
  const std::string_view name_space = as_text(arguments[1]), name = as_text(arguments[2]);
  if (!check_dns1123_subdomain(name).empty()) return make_error(context.arena, "Invalid service account name");
  if (!check_dns1123_label(name_space).empty()) return make_error(context.arena, "Invalid service account namespace");
  QueryValue* query = extend(context, arguments, authorizer_kind);
  query->user = context.arena.copy("system:serviceaccount:" + std::string(name_space) + ":" + std::string(name));
  return make_opaque(*query);
}

Value resource(CallContext& context, Arguments arguments) {
  if (is_blank(as_text(arguments[1]))) return make_error(context.arena, "resource must not be empty");
  return set_resource_check<&QueryValue::resource>(context, arguments);
}

AuthorizerQuery to_query(const QueryValue& value, std::string_view verb) {
  return {.user_or_service_account = std::string(value.user),
          .path = std::string(value.path),
          .group = std::string(value.group),
          .resource = std::string(value.resource),
          .subresource = std::string(value.subresource),
          .name_space = std::string(value.name_space),
          .name = std::string(value.name),
          .verb = std::string(verb),
          .field_selector = std::string(value.field_selector),
          .label_selector = std::string(value.label_selector)};
}

Value check(CallContext& context, Arguments arguments) {
  if (context.authorizer == nullptr) return make_error(context.arena, "no authorizer is known");
  const AuthorizerAnswer answer = context.authorizer->check(to_query(query_of(arguments[0]), as_text(arguments[1])));
  if (answer.decision == AuthorizerAnswer::Decision::unknown) {
    return make_error(context.arena, context.arena.copy(answer.reason));
  }
  return make_opaque(*context.arena.create<DecisionValue>(
      OpaqueValue{&decision_kind}, answer.decision == AuthorizerAnswer::Decision::allow,
      context.arena.copy(answer.reason), context.arena.copy(answer.error)));
}

const DecisionValue& decision_of(const Value& value) {
  return *as_opaque<DecisionValue>(value, decision_kind);
}

Value allowed(CallContext& /*context*/, Arguments arguments) {
  return make_bool(decision_of(arguments[0]).allowed);
}

Value errored(CallContext& /*context*/, Arguments arguments) {
  return make_bool(!decision_of(arguments[0]).error.empty());
}

Value reason(CallContext& /*context*/, Arguments arguments) {
  return make_string(decision_of(arguments[0]).reason);
}

Value error(CallContext& /*context*/, Arguments arguments) {
  return make_string(decision_of(arguments[0]).error);
}

// Go's structs of this library do not compare with one another.
bool never(const OpaqueValue& /*a*/, const OpaqueValue& /*b*/) {
  return false;
}

constexpr Overload member(std::string_view name, std::string_view id, std::string_view signature, Implementation call,
                          CallCost cost) {
  return declare::costed_by_name(declare::member(name, id, signature, call, cost));
}
constexpr std::string_view resource_check_signature =
    "kubernetes.authorization.ResourceCheck, string -> kubernetes.authorization.ResourceCheck";
constexpr std::string_view decision_to_text = "kubernetes.authorization.Decision -> string";
constexpr std::string_view decision_to_bool = "kubernetes.authorization.Decision -> bool";

constexpr Overload overloads[] = {
    member("path", "authorizer_path",
           "kubernetes.authorization.Authorizer, string -> kubernetes.authorization.PathCheck", &path, &cost::nominal),
    member("group", "authorizer_group",
           "kubernetes.authorization.Authorizer, string -> kubernetes.authorization.GroupCheck", &group,
           &cost::nominal),
    member("serviceAccount", "authorizer_serviceaccount",
           "kubernetes.authorization.Authorizer, string, string -> kubernetes.authorization.Authorizer",
           &service_account, &cost::nominal),
    member("resource", "groupcheck_resource",
           "kubernetes.authorization.GroupCheck, string -> kubernetes.authorization.ResourceCheck", &resource,
           &cost::nominal),
    member("subresource", "resourcecheck_subresource", resource_check_signature,
           &set_resource_check<&QueryValue::subresource>, &cost::nominal),
    member("namespace", "resourcecheck_namespace", resource_check_signature,
           &set_resource_check<&QueryValue::name_space>, &cost::nominal),
    member("name", "resourcecheck_name", resource_check_signature, &set_resource_check<&QueryValue::name>,
           &cost::nominal),
    member("check", "pathcheck_check",
           "kubernetes.authorization.PathCheck, string -> kubernetes.authorization.Decision", &check,
           &cost::authorization_check),
    member("check", "resourcecheck_check",
           "kubernetes.authorization.ResourceCheck, string -> kubernetes.authorization.Decision", &check,
           &cost::authorization_check),
    member("errored", "decision_errored", decision_to_bool, &errored, &cost::nominal),
    member("error", "decision_error", decision_to_text, &error, &cost::nominal),
    member("allowed", "decision_allowed", decision_to_bool, &allowed, &cost::nominal),
    member("reason", "decision_reason", decision_to_text, &reason, &cost::nominal),
};

constexpr Overload selector_overloads[] = {
    member("fieldSelector", "authorizer_fieldselector", resource_check_signature,
           &set_resource_check<&QueryValue::field_selector>, &cost::selector_parse),
    member("labelSelector", "authorizer_labelselector", resource_check_signature,
           &set_resource_check<&QueryValue::label_selector>, &cost::selector_parse),
};

constexpr OpaqueKind kind_of(std::string_view type_name) {
  return {.type_name = type_name, .equal = &never, .size = nullptr, .comparable = &never};
}

}  // namespace

const OpaqueKind authorizer_kind = kind_of("kubernetes.authorization.Authorizer");
const OpaqueKind path_check_kind = kind_of("kubernetes.authorization.PathCheck");
const OpaqueKind group_check_kind = kind_of("kubernetes.authorization.GroupCheck");
const OpaqueKind resource_check_kind = kind_of("kubernetes.authorization.ResourceCheck");
const OpaqueKind decision_kind = kind_of("kubernetes.authorization.Decision");

Value make_authorizer(Arena& arena) {
  auto* query = arena.create<QueryValue>();
  query->kind = &authorizer_kind;
  return make_opaque(*query);
}

Value make_resource_check(Arena& arena, const RequestResource& requested) {
  auto* query = arena.create<QueryValue>();
  query->kind = &resource_check_kind;
  query->group = arena.copy(requested.group);
  query->resource = arena.copy(requested.resource);
  query->subresource = arena.copy(requested.subresource);
  query->name_space = arena.copy(requested.name_space);
  query->name = arena.copy(requested.name);
  return make_opaque(*query);
}

Library kubernetes_authorizer_library() {
  return {.name = "kubernetes.authz", .overloads = overloads};
}

Library kubernetes_authorizer_selectors_library() {
  return {.name = "kubernetes.authzSelectors", .overloads = selector_overloads};
}

}  // namespace kastell::cel

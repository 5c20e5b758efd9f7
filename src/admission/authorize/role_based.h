// RBAC: what an API server with the input's roles and bindings, and those that every server makes by itself, would
// allow (kubernetes plugin/pkg/auth/authorizer/rbac; rules: kube/rbac_rule.h, roles: snapshot/roles.h). Rights only add
// up: a yes is a yes. That nothing allows something is a no only if the world has all roles and bindings; otherwise the
// answer is not known, which is an error to the expression that asks.
#pragma once

#include "admission/request.h"
#include "admission/world.h"
#include "cel/evaluate.h"

namespace kastell::admission {

// What the message of such an error begins with.
inline constexpr std::string_view unanswered_mark = "the roles of the input do not tell";

class RoleBasedAnswers final : public cel::AuthorizerAnswers {
 public:
  // `requester`: the request's own user, who is asked about unless a service account is named.
  RoleBasedAnswers(const World& world, const User& requester) : world_(world), requester_(requester) {}

  cel::AuthorizerAnswer check(const cel::AuthorizerQuery& query) override;

 private:
  const World& world_;
  const User& requester_;
};

}  // namespace kastell::admission

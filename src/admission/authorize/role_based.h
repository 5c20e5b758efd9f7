// RBAC: what an API server with the input's roles and bindings would allow (kubernetes
// plugin/pkg/auth/authorizer/rbac).
#pragma once

#include "admission/request.h"
#include "admission/world.h"
#include "cel/evaluate.h"

namespace kastell::admission {

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

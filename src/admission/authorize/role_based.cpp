#include "admission/authorize/role_based.h"

#include <algorithm>

#include "admission/read/fields.h"
#include "kube/api_resource.h"
#include "kube/rbac_rule.h"

namespace kastell::admission {

using document::Node;

namespace {

constexpr std::string_view rbac_group = "rbac.authorization.k8s.io";
constexpr std::string_view service_account_prefix = "system:serviceaccount:";
constexpr std::string_view superusers = "system:masters";

// Who asks, and for what.
struct Question {
  std::string_view user;
  std::vector<std::string> groups;
  const cel::AuthorizerQuery& query;
};

bool is_subject(Fields& subject, const Question& question, std::string_view name_space) {
  const std::string_view kind = subject.text("kind"), name = subject.text("name");
  if (kind == "User") return question.user == name;
  if (kind == "Group") return std::ranges::find(question.groups, name) != question.groups.end();
  if (kind != "ServiceAccount") return false;
  const std::string_view own = subject.text("namespace");
  const std::string_view account_space = own.empty() ? name_space : own;
  if (account_space.empty()) return false;
  return question.user == std::string(service_account_prefix).append(account_space).append(":").append(name);
}

std::string quoted(std::string_view text) {
  return '"' + std::string(text) + '"';
}

std::string describe_subject(Fields& subject, std::string_view name_space) {
  const std::string kind(subject.text("kind")), name(subject.text("name"));
  if (kind != "ServiceAccount") return kind + ' ' + quoted(name);
  const std::string_view own = subject.text("namespace");
  return kind + ' ' + quoted(name + '/' + std::string(own.empty() ? name_space : own));
}

kube::RbacRequest request_of(const cel::AuthorizerQuery& query) {
  return {.verb = query.verb,
          .group = query.group,
          .resource = query.resource,
          .subresource = query.subresource,
          .name = query.name,
          .path = query.path};
}

std::string shown_resource(const cel::AuthorizerQuery& query) {
  const std::string part = query.subresource.empty() ? "" : "/" + query.subresource;
  return kube::full_name(query.resource + part, query.group);
}

// All that is bound, one binding after the other, until something allows.
class Inquiry {
 public:
  Inquiry(const World& world, const Question& question)
      : roles_(world.roles()), symbols_(world.symbols()), is_complete_(world.has_all_roles()), question_(question) {}

  cel::AuthorizerAnswer answer() {
    using Decision = cel::AuthorizerAnswer::Decision;
    if (allowed_by("ClusterRoleBinding", {}) ||
        (!question_.query.name_space.empty() && allowed_by("RoleBinding", question_.query.name_space))) {
      return {Decision::allow, "RBAC: allowed by " + reason_, {}};
    }
    if (is_complete_) return {Decision::no_opinion, troubles(), {}};
    return {Decision::unknown, unanswered(), {}};
  }

 private:
  bool allowed_by(std::string_view kind, std::string_view name_space) {
    for (const snapshot::Object* binding : roles_.bindings(kind, name_space)) {
      if (binding_allows(*binding, kind, name_space)) return true;
    }
    return false;
  }

  bool binding_allows(const snapshot::Object& binding, std::string_view kind, std::string_view name_space) {
    Fields fields(binding.root, symbols_);
    const Node* reference_node = fields.object("roleRef");
    if (reference_node == nullptr) return false;
    Fields reference = fields.below(*reference_node, "roleRef");
    for (const Node& item : fields.objects("subjects")) {
      Fields subject = fields.below(item, "subjects");
      if (!is_subject(subject, question_, name_space)) continue;
      if (!role_allows(reference, name_space)) return false;
      std::string shown(binding.name);
      if (!name_space.empty()) shown.append("/").append(name_space);
      reason_ = std::string(kind) + ' ' + quoted(shown) + " of " + std::string(reference.text("kind")) + ' ' +
                quoted(reference.text("name")) + " to " + describe_subject(subject, name_space);
      return true;
    }
    return false;
  }

  bool role_allows(Fields& reference, std::string_view name_space) {
    const std::string_view kind = reference.text("kind"), name = reference.text("name");
    const auto granted = roles_.find(kind, name_space, name, comparisons_);
    if (!granted) {
      troubles_.push_back((kind == "Role" ? "role." : "clusterrole.") + std::string(rbac_group) + ' ' + quoted(name) +
                          " not found");
      return false;
    }
    is_complete_ = is_complete_ && !granted->is_cut;
    return std::ranges::any_of(granted->roles, [&](const Node* role) {
      Fields fields(*role, symbols_);
      return std::ranges::any_of(fields.objects("rules"), [&](const Node& rule) {
        return kube::rule_allows(rule, request_of(question_.query));
      });
    });
  }

  // No role that is seen allows it, and there may be others.
  std::string unanswered() const {
    const cel::AuthorizerQuery& query = question_.query;
    std::string text = std::string(unanswered_mark) + " whether " + std::string(question_.user) + " may " + query.verb;
    text.append(" ").append(query.path.empty() ? shown_resource(query) : query.path);
    if (!query.name_space.empty()) text.append(" in namespace ").append(query.name_space);
    return text;
  }

  std::string troubles() const {
    if (troubles_.empty()) return {};
    if (troubles_.size() == 1) return "RBAC: " + troubles_.front();
    std::string all;
    for (const std::string& trouble : troubles_) all.append(all.empty() ? "" : ", ").append(trouble);
    return "RBAC: [" + all + ']';
  }

  const snapshot::Roles& roles_;
  const SymbolTable& symbols_;
  bool is_complete_;
  const Question& question_;
  std::size_t comparisons_ = 0;
  std::string reason_;
  std::vector<std::string> troubles_;
};

// The groups that an API server gives a service account it only has the name of.
std::vector<std::string> groups_of_account(std::string_view user) {
  const std::string_view rest = user.substr(service_account_prefix.size());
  return {"system:serviceaccounts", "system:serviceaccounts:" + std::string(rest.substr(0, rest.find(':')))};
}

// The groups that every authenticated user has, whether the request says so or not.
void add_given_groups(Question& question) {
  const auto has = [&](std::string_view group) {
    return std::ranges::find(question.groups, group) != question.groups.end();
  };
  if (question.user == "system:anonymous" || has("system:unauthenticated")) return;
  std::vector<std::string> given{"system:authenticated"};
  if (question.user.starts_with(service_account_prefix)) {
    for (std::string& group : groups_of_account(question.user)) given.push_back(std::move(group));
  }
  for (std::string& group : given) {
    if (!has(group)) question.groups.push_back(std::move(group));
  }
}

}  // namespace

cel::AuthorizerAnswer RoleBasedAnswers::check(const cel::AuthorizerQuery& query) {
  Question question{.user = query.user_or_service_account, .groups = {}, .query = query};
  if (question.user.empty()) {
    question.user = requester_.name;
    for (const Node& group : requester_.groups) question.groups.emplace_back(group.as_string());
    add_given_groups(question);
  } else {
    question.groups = groups_of_account(question.user);
  }
  if (std::ranges::find(question.groups, superusers) != question.groups.end()) {
    return {cel::AuthorizerAnswer::Decision::allow, {}, {}};
  }
  return Inquiry(world_, question).answer();
}

}  // namespace kastell::admission

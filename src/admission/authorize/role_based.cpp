#include "admission/authorize/role_based.h"

#include <algorithm>

#include "admission/read/fields.h"

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

bool has(const std::vector<std::string_view>& items, std::string_view wanted) {
  return std::ranges::find(items, wanted) != items.end();
}

bool names_resource(const std::vector<std::string_view>& items, const cel::AuthorizerQuery& query) {
  const std::string combined = query.subresource.empty() ? query.resource : query.resource + '/' + query.subresource;
  return has_or_all(items, combined) || (!query.subresource.empty() && has(items, "*/" + query.subresource));
}

bool names_path(const std::vector<std::string_view>& items, std::string_view path) {
  return std::ranges::any_of(items, [path](std::string_view item) {
    if (item == "*" || item == path) return true;
    return item.ends_with('*') && path.starts_with(item.substr(0, item.find_last_not_of('*') + 1));
  });
}

bool rule_allows(const Node& rule, const cel::AuthorizerQuery& query, const SymbolTable& symbols) {
  Fields fields(rule, symbols);
  if (!has_or_all(fields.texts("verbs"), query.verb)) return false;
  if (!query.path.empty()) return names_path(fields.texts("nonResourceURLs"), query.path);
  const auto names = fields.texts("resourceNames");
  return has_or_all(fields.texts("apiGroups"), query.group) && names_resource(fields.texts("resources"), query) &&
         (names.empty() || has(names, query.name));
}

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

// All that is bound, one binding after the other, until something allows.
class Inquiry {
 public:
  Inquiry(const World& world, const Question& question) : world_(world), question_(question) {}

  cel::AuthorizerAnswer answer() {
    using Decision = cel::AuthorizerAnswer::Decision;
    if (allowed_by("ClusterRoleBinding", {}) ||
        (!question_.query.name_space.empty() && allowed_by("RoleBinding", question_.query.name_space))) {
      return {Decision::allow, "RBAC: allowed by " + reason_, {}};
    }
    return {Decision::no_opinion, troubles(), {}};
  }

 private:
  bool allowed_by(std::string_view kind, std::string_view name_space) {
    for (const snapshot::Object* binding : world_.objects_of(rbac_group, kind, name_space)) {
      if (binding_allows(*binding, kind, name_space)) return true;
    }
    return false;
  }

  bool binding_allows(const snapshot::Object& binding, std::string_view kind, std::string_view name_space) {
    Fields fields(binding.root, world_.symbols());
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
    const bool is_role = kind == "Role";
    const auto id = world_.snapshot().find(rbac_group, kind, is_role ? name_space : std::string_view{}, name);
    if (!id) {
      troubles_.push_back((is_role ? "role." : "clusterrole.") + std::string(rbac_group) + ' ' + quoted(name) +
                          " not found");
      return false;
    }
    Fields role(world_.snapshot().object(*id).root, world_.symbols());
    const auto rules = role.objects("rules");
    return std::ranges::any_of(rules,
                               [&](const Node& rule) { return rule_allows(rule, question_.query, world_.symbols()); });
  }

  std::string troubles() const {
    if (troubles_.empty()) return {};
    if (troubles_.size() == 1) return "RBAC: " + troubles_.front();
    std::string all;
    for (const std::string& trouble : troubles_) all.append(all.empty() ? "" : ", ").append(trouble);
    return "RBAC: [" + all + ']';
  }

  const World& world_;
  const Question& question_;
  std::string reason_;
  std::vector<std::string> troubles_;
};

// The groups that an API server gives a service account it only has the name of.
std::vector<std::string> groups_of_account(std::string_view user) {
  const std::string_view rest = user.substr(service_account_prefix.size());
  return {"system:serviceaccounts", "system:serviceaccounts:" + std::string(rest.substr(0, rest.find(':')))};
}

}  // namespace

cel::AuthorizerAnswer RoleBasedAnswers::check(const cel::AuthorizerQuery& query) {
  Question question{.user = query.user_or_service_account, .groups = {}, .query = query};
  if (question.user.empty()) {
    question.user = requester_.name;
    question.groups.assign(requester_.groups.begin(), requester_.groups.end());
  } else {
    question.groups = groups_of_account(question.user);
  }
  if (std::ranges::find(question.groups, superusers) != question.groups.end()) {
    return {cel::AuthorizerAnswer::Decision::allow, {}, {}};
  }
  return Inquiry(world_, question).answer();
}

}  // namespace kastell::admission

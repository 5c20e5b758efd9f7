// What an RBAC rule, a role, an account may do that matters: rights that lead further.
#pragma once

#include <array>
#include <cstdint>
#include <map>
#include <string>
#include <string_view>

#include "snapshot/roles.h"

namespace kastell::policy {

// Rights from which their holder gets others. The words are what CEL sees.
enum class Right : std::uint16_t {
  everything,       // every verb on every resource of every group
  read_secrets,     // get, list or watch any Secret
  write_workloads,  // create, update or patch pods or what makes pods
  exec,             // exec, attach or port-forward, also as ephemeral containers
  escalate,         // escalate, bind or impersonate
  write_rbac,       // create, update or patch roles or bindings
  create_tokens,    // tokens of any ServiceAccount
  approve_certificates,
  write_admission,  // webhook configurations and admission policies
  node_proxy,       // the kubelet of any node
};
inline constexpr std::size_t right_count = 10;
std::string_view name_of(Right right);  // "read-secrets"

using Rights = std::uint16_t;  // a bit per Right
constexpr Rights bit(Right right) {
  return static_cast<Rights>(1U << static_cast<unsigned>(right));
}

// Of one rule, by itself: all fields of one rule must match a request.
Rights rights_of_rule(const document::Node& rule);

Rights rights_of_rules(const document::Node& role);

// Which rights the accounts of the input hold by its bindings.
class AccountRights {
 public:
  // `complete`: there can be no roles and bindings beside those of the snapshot. `minor` of Kubernetes 1: whose roles
  // the API server makes by itself.
  AccountRights(const snapshot::Snapshot& snapshot, bool complete, unsigned minor);

  // {bound, complete, cluster: [words], namespace: [words]}: the rights held everywhere, or in the account's own
  // namespace. Whether a binding of the input names the account; whether there can be no others.
  document::Node of(std::string_view name_space, std::string_view account, Arena& arena) const;

 private:
  struct Held {
    Rights cluster = 0, own = 0;  // `own`: in the namespace of the account
    bool bound = false;

    void add(Rights rights, bool everywhere, bool at_home);
    void add(const Held& other);
  };
  // The namespace of a binding; empty: everywhere.
  void add_binding(const snapshot::Object& binding, std::string_view name_space);
  void add_subject(const document::Node& subject, std::string_view name_space, Rights rights);
  void add_account(std::string_view account_space, std::string_view name, std::string_view name_space, Rights rights);
  void add_group(std::string_view group, std::string_view name_space, Rights rights);
  Rights rights_of_reference(const document::Node* reference, std::string_view name_space);
  Rights rights_of_role(std::string_view kind, std::string_view name_space, std::string_view name);
  static document::Node list_of(Rights rights, Arena& arena);
  document::Node node_of(const Held& held, Arena& arena) const;

  snapshot::Roles roles_;
  std::size_t comparisons_ = 0;
  std::map<std::string_view, Rights> cluster_roles_;  // by name
  bool is_complete_;
  Symbol cluster_, bound_, complete_;
  std::map<std::string, Held, std::less<>> by_account_;    // "namespace/name"
  std::map<std::string, Held, std::less<>> by_namespace_;  // all accounts of one
  Held everybody_;                                         // all accounts, everywhere
  std::map<std::string, Held, std::less<>> everybody_in_;  // all accounts, in one namespace
  Arena arena_;
  document::Node none_;
};

}  // namespace kastell::policy

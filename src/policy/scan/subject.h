// Subjects: what rules are asked about, with the CEL variables they see.
#pragma once

#include <array>

#include "kube/pod_view.h"
#include "policy/scan.h"
#include "policy/scan/facts.h"

namespace kastell::policy {

struct Subject {
  Scope scope = Scope::object;
  std::uint16_t pod = 0;                      // as in Finding
  std::uint32_t member = Finding::no_member;  // as in Finding
  std::array<document::Node, 3> values;       // of the scope's variables, in the order of catalog/expression.cpp
  std::size_t value_count = 0;

  std::span<const document::Node> variables() const { return {values.data(), value_count}; }
};

// A pod's view with the facts that join it to other objects.
struct PodSubjects {
  kube::BuiltPodView built;
  // The view, with networkPolicies, bounds, serviceAccount and ObjectFacts' members.
  document::Node pod;
  std::string_view service_account_problem;  // why serviceAccount is not there though the account is
  std::span<const document::Node> volumes;   // their views
};

// Makes subjects of objects in one arena. One per thread.
class SubjectMaker {
 public:
  SubjectMaker(const snapshot::Snapshot& snapshot, const Facts& facts, bool joins_service_accounts = true)
      : snapshot_(snapshot), facts_(facts), joins_service_accounts_(joins_service_accounts) {}

  Arena& arena() { return arena_; }

  PodSubjects pod_of(const document::Node& object, const kube::PodLocation& location);
  Subject object_subject(const snapshot::Object& object);
  // A member of rules or subjects, with its facts.
  Subject rbac_subject(Scope scope, const document::Node& value, std::uint32_t member, const document::Node& object);
  // Whose facts concern the object: its own namespace's; those of the Namespace that it is.
  static std::string_view namespace_of(const snapshot::Object& object);
  // A member of rules, subjects, containers or volumes.
  static Subject member_subject(Scope scope, const document::Node& value, std::uint32_t member,
                                const document::Node& object);
  // `number` of those of the object's pod `pod`, or of the object itself.
  Subject component_subject(const kube::ComponentView& component, std::uint16_t pod, std::uint32_t number,
                            const document::Node& object);
  static Subject pod_subject(const PodSubjects& pod, std::uint16_t number, const document::Node& object);
  static Subject pod_member_subject(Scope scope, const document::Node& value, std::uint32_t member,
                                    const PodSubjects& pod, std::uint16_t number, const document::Node& object);

 private:
  std::span<const document::Node> volumes_of(const document::Node& spec);

  const snapshot::Snapshot& snapshot_;
  const Facts& facts_;
  bool joins_service_accounts_;
  Arena arena_{64 * 1024};
};

}  // namespace kastell::policy

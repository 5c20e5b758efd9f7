// The finding at hand: its subject, made again (subject.cpp), where its field is written (place.cpp), and what is said
// of it (describer.cpp).
//
// What was made for one finding is kept for the next of the same object. Not thread-safe.
#pragma once

#include <optional>
#include <span>
#include <string>
#include <utility>
#include <vector>

#include "policy/describe/embedded_text.h"
#include "policy/scan/doubt.h"
#include "policy/scan/subject.h"

namespace kastell::policy {

inline bool is_pod_scope(Scope scope) {
  return scope == Scope::pod || scope == Scope::container || scope == Scope::volume;
}

struct Describer::Scratch {
  explicit Scratch(const ScanResult& scanned)
      : result(scanned),
        snapshot(*scanned.snapshot),
        maker(snapshot, *scanned.facts),
        evaluation(snapshot.symbols()),
        field_check(scanned.facts->fields().make_check()) {}

  void find(const Finding& finding);
  const kube::ContainerView* container() const;

  document::Path path();
  std::vector<document::Path> further_paths();
  void place(FindingDetail& detail, const document::Path& path);
  void tell(FindingDetail& detail);

  const ScanResult& result;
  const snapshot::Snapshot& snapshot;
  SubjectMaker maker;
  cel::Evaluation evaluation;

  // The finding at hand. Pods of one object are kept for its other findings.
  const Finding* finding = nullptr;
  const snapshot::Object* object = nullptr;
  const Rule* rule = nullptr;
  snapshot::ObjectId pods_of = 0xFFFFFFFF;
  std::vector<PodSubjects> pods;
  std::string container_text;
  // Of the finding's object, by pod (those of a configuration as of pod 0).
  snapshot::ObjectId components_of = 0xFFFFFFFF;
  std::vector<std::span<const kube::ComponentView>> components;
  const document::Node* refused = nullptr;  // what the component refuses, as a text
  bool written = true;                      // whether anything is written where path() leads
  // The type problems of one object and scope.
  std::optional<std::pair<snapshot::ObjectId, Scope>> doubts_of;
  Arena doubts_arena;
  std::optional<cel::FieldRead> first;  // what field() found of the finding
  Arena further_arena;                  // for what is found behind it
  ObjectDoubts doubts;
  // A file within a ConfigMap.
  snapshot::ObjectId embedded_of = 0xFFFFFFFF;
  document::Step embedded_key{};
  std::optional<EmbeddedText> embedded;
  bool is_at_key = false;  // all that is known of a place in it
  // The field problems of one object.
  snapshot::ObjectId fields_of = 0xFFFFFFFF;
  Arena fields_arena;
  FieldChecker field_check;
  kube::FieldReport fields;

 private:
  void make_pods();
  void make_components();
  void make_fields();
  Subject subject();
  std::string_view subject_name() const;
  std::string container_name() const;
  const kube::ComponentView* component() const;
  const kube::FieldProblem* field_problem() const;

  // The field in question below variable `variable` of the subject.
  cel::FieldRead field();
  const kube::TypeProblem* type_problem();
  document::Path component_path();
  document::Path pod_path(const PodSubjects& pod);
  document::Path problem_path(const PodSubjects& pod) const;
  document::Path real_path(const PodSubjects& pod, const cel::FieldRead& read) const;
  document::Path path_of(const cel::FieldRead& read);
  std::optional<std::uint32_t> embedded_offset(std::span<const document::Step> path);
};

}  // namespace kastell::policy

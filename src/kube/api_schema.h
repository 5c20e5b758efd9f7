// What the API server would object to in an object, by the schemas of Kubernetes 1.31 to 1.37 inside the program.
//
//   FieldCheck check(symbols, 34);
//   const FieldReport report = check.check(object, "apps/v1", "Deployment", arena);
//   for (const FieldProblem& problem : report.problems) …   // "spec.replcias": no field of DeploymentSpec; did you …
//
// Judged as with fieldValidation=Strict: names by their exact case, types as Go's decoder takes them, null as absent.
// Of a custom resource, by the schema of its definition, if that is at hand. The tables are made by
// tools/generate_schemas.py; nothing of them is touched before the first check.
//
// Thread-safety: a FieldCheck belongs to one thread.
#pragma once

#include <cstdint>
#include <span>
#include <string_view>
#include <vector>

#include "base/arena.h"
#include "base/symbol.h"
#include "kube/api_schema/custom.h"
#include "kube/api_schema/names.h"
#include "kube/pod_view.h"

namespace kastell::kube {

namespace api_schema {
class ProblemList;
}

enum class FieldProblemType : std::uint8_t {
  unknown_field,
  wrong_type,
  not_in_enumeration,
  missing_field,
  unknown_kind,        // the group has no such kind, or not in this version
  removed_version,     // no longer served
  deprecated_version,  // served, but not for long
  invalid_value,       // one that the definition of a custom resource does not allow (custom/resource_check.h)
  broken_rule,         // a rule in CEL of that definition does not hold
};
std::string_view name_of(FieldProblemType type);  // "unknown-field", …

struct FieldProblem {
  FieldProblemType type;
  PathView path;                 // in the object
  std::string_view explanation;  // "no field of DeploymentSpec; did you mean 'replicas'?"
  bool is_undecided = false;     // nobody knows whether it is one; the explanation says why
  bool is_unreadable = false;    // and that for what is written in the definition, which is broken or costs too much
};

inline constexpr std::string_view too_many_problems =
    "its object has more than 1,000 problems with its schema; those beyond are not told";

struct FieldReport {
  static constexpr std::size_t most_problems = 1000;            // of one object; what is beyond is counted
  static constexpr std::uint64_t most_comparisons = 1'000'000;  // of one custom resource with names and values

  enum class Schema : std::uint8_t {
    known,
    unknown,     // of a custom resource whose definition is not at hand
    not_served,  // a list, or a configuration file: no API server judges it
    too_costly,  // its definition asks for more than most_comparisons
  };
  Schema schema = Schema::known;
  std::span<const FieldProblem> problems = {};  // in the order of the document; they live in the arena
  std::uint64_t left_out = 0;
  const document::Node* definition = nullptr;  // of a custom resource that was checked: the schema of its definition
};

// Minors of Kubernetes 1 that the schemas cover.
struct SchemaRange {
  std::uint8_t oldest, newest;
};
SchemaRange covered_minors();
std::uint8_t covered_minor(unsigned minor);  // the nearest of them

class FieldCheck {
 public:
  // `minor` of Kubernetes 1: that of the cluster the object is meant for, within covered_minors().
  // `custom`: schemas of custom resources, if there are any.
  FieldCheck(SymbolTable& symbols, std::uint8_t minor, const CustomSchemas* custom = nullptr)
      : symbols_(symbols), minor_(minor), custom_(custom) {}

  FieldReport check(const document::Node& object, std::string_view api_version, std::string_view kind, Arena& arena);

 private:
  FieldReport::Schema check_custom(const document::Node& object, std::string_view api_version, std::string_view kind,
                                   api_schema::ProblemList& problems, const document::Node*& definition);

  SymbolTable& symbols_;
  std::uint8_t minor_;
  const CustomSchemas* custom_;
  // Kept from object to object, so that a flawless one allocates nothing.
  api_schema::WordsOfSymbols words_;
  std::vector<document::Step> path_;
};

}  // namespace kastell::kube

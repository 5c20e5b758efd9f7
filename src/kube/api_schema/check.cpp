// Finds the schema of an object: by its kind, or why there is none.

#include <algorithm>
#include <array>
#include <string>

#include "kube/api_resource.h"
#include "kube/api_schema/custom_walk.h"
#include "kube/api_schema/texts.h"
#include "kube/api_schema/walk.h"

namespace kastell::kube {

using document::Node;
using document::Step;

namespace api_schema {
namespace {

std::string minor_text(unsigned minor) {
  return "Kubernetes 1." + std::to_string(minor);
}

// Configuration files and what is asked of webhooks bear a kind too, but no API server serves one.
bool is_served_by_none(std::string_view group, std::string_view kind) {
  constexpr std::array<std::string_view, 3> reviews{"admission.k8s.io", "client.authentication.k8s.io",
                                                    "imagepolicy.k8s.io"};
  return is_file_kind(group, kind) || std::ranges::find(reviews, group) != reviews.end() || kind.ends_with("List");
}

std::string replacement(const Tables& tables, const Lifecycle& lifecycle) {
  if (lifecycle.new_version == 0) return {};
  return "; use " + std::string(tables.word(lifecycle.new_version)) + " " +
         std::string(tables.word(lifecycle.new_kind));
}

// What there is to say of the object's apiVersion and kind.
class KindCheck {
 public:
  KindCheck(const Tables& tables, std::string_view api_version, std::string_view kind, std::uint8_t minor,
            ProblemList& problems)
      : tables_(tables),
        api_version_(api_version),
        kind_(kind),
        minor_(minor),
        lifecycle_(find_lifecycle(tables, api_version, kind)),
        problems_(problems) {}

  // A kind that the tables have. Returns whether the version serves it.
  bool check_known(const ApiKind& row) {
    if (row.since > minor_) {
      report_version(FieldProblemType::unknown_kind, "not served before " + minor_text(row.since));
    } else if (row.until < minor_) {
      report_version(FieldProblemType::removed_version, "no longer served since " + minor_text(row.until + 1U));
    } else if (lifecycle_ != nullptr && lifecycle_->deprecated != 0 && lifecycle_->deprecated <= minor_) {
      report_version(FieldProblemType::deprecated_version, "deprecated since " + minor_text(lifecycle_->deprecated));
      return true;
    } else {
      return true;
    }
    return false;
  }

  // One that they do not have. Returns whether that is a problem.
  bool check_unknown() {
    if (lifecycle_ != nullptr && lifecycle_->removed != 0 && lifecycle_->removed <= minor_) {
      report_version(FieldProblemType::removed_version, "no longer served since " + minor_text(lifecycle_->removed));
      return true;
    }
    const std::string_view group = api_group(api_version_);
    std::vector<std::string_view> kinds, versions;
    for (const ApiKind& row : tables_.kinds) {
      const std::string_view version = tables_.word(row.api_version);
      if (api_group(version) != group || row.until < minor_ || row.since > minor_) continue;
      kinds.push_back(tables_.word(row.kind));
      if (tables_.word(row.kind) == kind_) versions.push_back(version);
    }
    if (kinds.empty()) return false;
    if (versions.empty()) {
      report(symbols::kind, FieldProblemType::unknown_kind, "no kind of its group" + suggestion(kind_, kinds));
    } else {
      report_version(FieldProblemType::unknown_kind, "no version of this kind; use " + std::string(versions[0]));
    }
    return true;
  }

 private:
  void report_version(FieldProblemType type, std::string explanation) {
    if (lifecycle_ != nullptr) explanation += replacement(tables_, *lifecycle_);
    report(symbols::apiVersion, type, explanation);
  }
  void report(Symbol field, FieldProblemType type, std::string_view explanation) {
    const std::array path{Step::key(field)};
    problems_.add(type, path, explanation);
  }

  const Tables& tables_;
  std::string_view api_version_, kind_;
  std::uint8_t minor_;
  const Lifecycle* lifecycle_;
  ProblemList& problems_;
};

}  // namespace
}  // namespace api_schema

using api_schema::CustomWalk, api_schema::KindCheck, api_schema::ProblemList, api_schema::Tables, api_schema::Walk;
using api_schema::find_kind, api_schema::find_structure, api_schema::is_served_by_none, api_schema::tables;

std::string_view name_of(FieldProblemType type) {
  constexpr std::string_view names[] = {"unknown-field",      "wrong-type",    "not-in-enumeration",
                                        "missing-field",      "unknown-kind",  "removed-version",
                                        "deprecated-version", "invalid-value", "broken-rule"};
  return names[static_cast<std::size_t>(type)];
}

SchemaRange covered_minors() {
  const Tables all = tables();
  return {all.oldest, all.newest};
}

std::uint8_t covered_minor(unsigned minor) {
  const SchemaRange range = covered_minors();
  return static_cast<std::uint8_t>(std::clamp<unsigned>(minor, range.oldest, range.newest));
}

FieldReport::Schema FieldCheck::check_custom(const Node& object, std::string_view api_version, std::string_view kind,
                                             api_schema::ProblemList& problems, const Node*& definition) {
  definition = custom_ == nullptr ? nullptr : custom_->find(api_version, kind);
  if (definition == nullptr) return FieldReport::Schema::unknown;
  const Tables all = tables();
  Walk built_in(all, symbols_, words_, minor_, path_, problems);
  CustomWalk walk(symbols_, built_in, find_structure(all, "ObjectMeta").value(), path_, problems);
  walk.check_resource(object, *definition);
  return walk.is_exhausted() ? FieldReport::Schema::too_costly : FieldReport::Schema::known;
}

FieldReport FieldCheck::check(const Node& object, std::string_view api_version, std::string_view kind, Arena& arena) {
  if (is_served_by_none(api_group(api_version), kind)) {
    return {.schema = FieldReport::Schema::not_served};
  }
  const Tables all = tables();
  ProblemList problems(arena);
  KindCheck kind_check(all, api_version, kind, minor_, problems);
  const Node* definition = nullptr;
  const api_schema::ApiKind* row = find_kind(all, api_version, kind, minor_);
  if (row == nullptr) {
    using Schema = FieldReport::Schema;
    const Schema schema =
        kind_check.check_unknown() ? Schema::known : check_custom(object, api_version, kind, problems, definition);
    if (schema != Schema::known) return {.schema = schema};
  } else if (kind_check.check_known(*row)) {
    Walk(all, symbols_, words_, minor_, path_, problems).check(object, row->type);
  }
  FieldReport report = problems.report();
  report.definition = definition;
  return report;
}

}  // namespace kastell::kube

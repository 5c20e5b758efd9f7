// Judgements from a scan's result, and from a JSON report.

#include <map>
#include <optional>
#include <tuple>

#include "kube/api_resource.h"
#include "report/diff/rank.h"

namespace kastell::report {

using document::Node;
using policy::Verdict;

namespace {

// Collects findings: of each control, resource and container the worst.
class Listing {
 public:
  void add(Judgement one) {
    if (rank(one.verdict) == 0) return;
    auto [at, is_new] = by_subject_.try_emplace({one.control, one.resource, one.container}, one);
    Judgement& known = at->second;
    if (is_new) {
      known.count = 1;
    } else if (rank(one.verdict) > rank(known.verdict)) {
      one.count = 1;
      known = std::move(one);
    } else if (one.verdict == known.verdict) {
      ++known.count;
    }
  }

  std::vector<Judgement> finish() && {
    std::vector<Judgement> all;
    for (auto& [subject, judgement] : by_subject_) all.push_back(std::move(judgement));
    return all;
  }

 private:
  std::map<std::tuple<std::string, ResourceName, std::string>, Judgement> by_subject_;
};

// Reads members of a report by name.
class ReportReader {
 public:
  explicit ReportReader(const SymbolTable& symbols) : symbols_(symbols) {}

  const Node* member(const Node& object, std::string_view key) const {
    const auto symbol = symbols_.find(key);
    return symbol ? object.find(*symbol) : nullptr;
  }
  std::span<const Node> list(const Node& object, std::string_view key) const {
    const Node* value = member(object, key);
    return value == nullptr ? std::span<const Node>{} : value->as_list();
  }
  std::string text(const Node& object, std::string_view key) const {
    const Node* value = member(object, key);
    return value == nullptr ? std::string{} : std::string(value->as_string());
  }

  std::optional<Judgement> judgement(const Node& result) const {
    const Node* resource = member(result, "resource");
    const auto severity = policy::parse_severity(text(result, "severity"));
    const auto verdict = verdict_named(text(result, "verdict"));
    if (resource == nullptr || !severity || !verdict) return std::nullopt;
    return Judgement{.control = text(result, "control"),
                     .resource = resource_name(*resource),
                     .container = text(result, "container"),
                     .severity = *severity,
                     .verdict = *verdict,
                     .message = text(result, verdict == Verdict::not_evaluated ? "reason" : "message")};
  }

 private:
  ResourceName resource_name(const Node& resource) const {
    const std::string api_version = text(resource, "apiVersion"), name_space = text(resource, "namespace");
    ResourceName name{std::string(kube::api_group(api_version)), text(resource, "kind"),
                      name_space.empty() ? "default" : name_space, text(resource, "name")};
    if (snapshot::is_cluster_scoped(name.group, name.kind)) name.name_space.clear();
    return name;
  }

  static std::optional<Verdict> verdict_named(std::string_view name) {
    for (const Verdict verdict : {Verdict::pass, Verdict::fail, Verdict::not_applicable, Verdict::not_evaluated,
                                  Verdict::accepted, Verdict::error}) {
      if (policy::name_of(verdict) == name) return verdict;
    }
    return std::nullopt;
  }

  const SymbolTable& symbols_;
};

}  // namespace

ResourceName name_of_resource(const snapshot::Object& object) {
  const bool cluster_scoped = snapshot::is_cluster_scoped(object.group(), object.kind);
  return {std::string(object.group()), std::string(object.kind),
          cluster_scoped ? std::string{} : std::string(object.effective_namespace()), std::string(object.name)};
}

Judgements judgements_of(const policy::ScanResult& result) {
  Judgements all;
  all.complete = result.snapshot->is_complete() && result.unreadable == 0;
  for (const policy::Control* control : result.controls) all.controls.emplace(control->id);
  for (const snapshot::Object& object : result.snapshot->objects()) all.resources.insert(name_of_resource(object));
  Listing listing;
  policy::Describer describer(result);
  for (const policy::Finding& finding : result.findings) {
    const policy::FindingDetail& detail = describer.describe(finding);
    const policy::Control& control = *result.controls[finding.control];
    listing.add({.control = std::string(control.id),
                 .resource = name_of_resource(*detail.object),
                 .container = std::string(detail.container),
                 .severity = control.severity,
                 .verdict = finding.verdict,
                 .message = finding.verdict == Verdict::not_evaluated ? std::string(detail.reason) : detail.message});
  }
  all.listed = std::move(listing).finish();
  return all;
}

Result<Judgements> read_judgements(const Node& report, const SymbolTable& symbols) {
  const ReportReader reader(symbols);
  const std::string schema = reader.text(report, "schema");
  if (schema != "kastell.report/v1") {
    return failure(ErrorCode::unsupported, "not a report of schema kastell.report/v1, but '" + schema + "'");
  }
  const Node* summary = reader.member(report, "summary");
  if (summary == nullptr) return failure(ErrorCode::syntax, "a report without its summary");
  Judgements all;
  const Node* complete = reader.member(*summary, "complete");
  all.complete = complete != nullptr && complete->kind == document::Kind::boolean && complete->boolean;
  for (const Node& control : reader.list(*summary, "controls")) all.controls.insert(reader.text(control, "control"));
  Listing listing;
  for (const Node& result : reader.list(report, "results")) {
    auto judgement = reader.judgement(result);
    if (!judgement) return failure(ErrorCode::syntax, "a report with a result that does not read");
    all.resources.insert(judgement->resource);
    listing.add(std::move(*judgement));
  }
  all.listed = std::move(listing).finish();
  return all;
}

}  // namespace kastell::report

#include "policy/scan/unseen.h"

#include <algorithm>
#include <array>
#include <map>

#include "kube/api_resource.h"
#include "policy/resources_needed.h"

namespace kastell::policy {

using snapshot::Coverage;
using snapshot::CoverageStatus;

namespace {

class UnseenFinder {
 public:
  UnseenFinder(const snapshot::Snapshot& snapshot, ScanResult& result, bool all_verdicts)
      : result_(result), all_verdicts_(all_verdicts) {
    for (const Coverage& entry : snapshot.coverage()) {
      if (is_unread(entry) || entry.status == CoverageStatus::absent) coverage_.emplace(entry.input, &entry);
    }
    next_object_ = static_cast<snapshot::ObjectId>(snapshot.objects().size());
    kinds_present_.resize(result.controls.size(), 0);
  }

  bool has_work() const { return !coverage_.empty(); }

  void add(const ResourceNeed& need) {
    const auto at = coverage_.find(kube::full_name(need.resource, need.group));
    const Coverage* entry = at == coverage_.end() ? nullptr : at->second;
    if (entry != nullptr && is_unread(*entry)) add_dark(need, *entry);
    for (const Control* control : need.controls) {
      const std::size_t number = number_of(control);
      if (number == result_.controls.size()) continue;
      const bool absent = entry != nullptr && entry->status == CoverageStatus::absent;
      kinds_present_[number] += absent ? 0 : 1;
      if (absent) absent_kinds_[number] = need.kind;
    }
  }

  // After all kinds: controls about nothing that this cluster has.
  void add_inapplicable() {
    for (const auto& [number, kind] : absent_kinds_) {
      if (kinds_present_[number] != 0) continue;
      ++result_.counts[number].not_applicable;
      if (!all_verdicts_) continue;
      const std::uint32_t reason = reason_of("the cluster does not have the kind " + kind);
      list(stand_in({.group = "", .kind = kind, .resource = kind, .version = ""}, kind), number,
           Verdict::not_applicable, reason);
    }
  }

 private:
  void add_dark(const ResourceNeed& need, const Coverage& entry) {
    const bool partly = entry.status == CoverageStatus::partial;
    const std::uint32_t reason =
        reason_of(entry.input + (partly ? " could not all be read" : " could not be read") + " (coverage says why)");
    const snapshot::ObjectId object = stand_in(need, entry.input);
    for (const Control* control : need.controls) {
      const std::size_t number = number_of(control);
      if (number == result_.controls.size()) continue;
      ++result_.counts[number].not_evaluated;
      ++result_.unreadable;
      list(object, number, Verdict::not_evaluated, reason);
    }
  }

  void list(snapshot::ObjectId object, std::size_t control, Verdict verdict, std::uint32_t reason) {
    Finding finding{object, static_cast<std::uint16_t>(control), 0, verdict};
    finding.reason = reason;
    result_.findings.push_back(finding);
  }

  std::size_t number_of(const Control* control) const {
    return static_cast<std::size_t>(std::ranges::find(result_.controls, control) - result_.controls.begin());
  }

  std::uint32_t reason_of(std::string text) {
    result_.reasons.push_back(std::move(text));
    return static_cast<std::uint32_t>(result_.reasons.size() - 1);
  }

  // Stands where the objects of the kind would.
  snapshot::ObjectId stand_in(const ResourceNeed& need, const std::string& name) {
    auto arena = std::make_shared<Arena>(256);
    const std::string written = need.group.empty() ? need.version : need.group + "/" + need.version;
    UnseenResource unseen;
    unseen.object.api_version = arena->copy(written);
    unseen.object.kind = arena->copy(need.kind);
    const std::array<document::Member, 2> members = {
        {{symbols::apiVersion, document::Node::make_string(unseen.object.api_version)},
         {symbols::kind, document::Node::make_string(unseen.object.kind)}}};
    unseen.object.root = make_object(*arena, members, false);
    unseen.object.document = next_document_++;
    unseen.source = std::make_shared<const document::Source>(name, "");
    unseen.texts = std::move(arena);
    result_.unseen.push_back(std::move(unseen));
    return next_object_++;
  }

  ScanResult& result_;
  const bool all_verdicts_;
  std::map<std::string, const Coverage*, std::less<>> coverage_;
  std::uint32_t next_document_ = 0xFFFF'0000;  // behind those of the snapshot
  snapshot::ObjectId next_object_ = 0;
  std::vector<std::uint32_t> kinds_present_;         // by control
  std::map<std::size_t, std::string> absent_kinds_;  // the last one by control
};

}  // namespace

Result<void> add_unseen(const snapshot::Snapshot& snapshot, const Catalog& catalog, const ScanOptions& options,
                        ScanResult& result) {
  UnseenFinder finder(snapshot, result, options.all_verdicts);
  if (!finder.has_work()) return {};
  const auto needs = resources_needed(catalog, options);
  if (!needs) return std::unexpected(needs.error());
  for (const ResourceNeed& need : *needs) finder.add(need);
  finder.add_inapplicable();
  return {};
}

}  // namespace kastell::policy

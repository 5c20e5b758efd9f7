// scan(): a snapshot judged by controls.
//
// Verdicts follow the five laws: missing data never becomes pass. Findings are compact; describe() works
// out what a report shows of one (path, value, place, message) when it is asked, not before.
#pragma once

#include <cstdint>
#include <functional>
#include <memory>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "policy/control.h"
#include "policy/exception.h"
#include "snapshot/snapshot.h"

namespace kastell::policy {

enum class Verdict : std::uint8_t { pass, fail, not_applicable, not_evaluated, accepted, error };
std::string_view name_of(Verdict verdict);  // "not-applicable", …

class Facts;

// Pod Security level whose checks run (exactly), with a policy version.
struct PodSecurityLevel {
  enum class Level : std::uint8_t { privileged, baseline, restricted } level = Level::restricted;
  cel::KubernetesVersion version = cel::newest_kubernetes;
};
// "restricted", "baseline:v1.24", "restricted:latest". Errors (usage) carry a suggestion.
Result<PodSecurityLevel> parse_pod_security_level(std::string_view text);

struct ScanOptions {
  std::vector<std::string> controls = {};  // ids or globs; empty: all that the rest selects
  std::vector<std::string> frameworks = {};
  std::optional<Severity> at_least = {};
  std::optional<PodSecurityLevel> pod_security = {};
  Parameters parameters = {};
  // That the objects are meant for; nothing: the version of the cluster that was read, of files the newest.
  std::optional<cel::KubernetesVersion> kubernetes = {};
  bool all_verdicts = false;  // list pass and not-applicable too
  unsigned threads = 0;
  std::function<void(std::size_t judged, std::size_t all)> progress = {};
  std::shared_ptr<const ExceptionList> exceptions = {};  // of a file; null: none
  bool ignore_annotations = false;                       // that hold exceptions
  std::optional<std::chrono::sys_days> today = {};       // UTC, for expiry; nothing: as this machine's clock says
};

// One judgement that is listed.
struct Finding {
  static constexpr std::uint32_t no_member = 0xFFFFFFFF;

  snapshot::ObjectId object;
  std::uint16_t control;  // number into ScanResult::controls
  std::uint16_t rule;
  Verdict verdict;
  std::uint16_t pod = 0;             // which of the object's pod templates
  std::uint32_t member = no_member;  // container number in the view, volume, rule, subject or field problem number
  std::uint32_t reason = 0;          // number into ScanResult::reasons; 0: none
};

// Judgements of one control. `fail`, `not_evaluated` and `error` count what is listed; a subject of which nothing is
// listed counts once, as pass if a rule held for it, else as not_applicable.
struct ControlCount {
  std::uint64_t pass = 0, fail = 0, not_applicable = 0, not_evaluated = 0, accepted = 0, error = 0;
};

// A kind whose objects could not be seen; findings about it have numbers behind those of the snapshot's objects.
struct UnseenResource {
  snapshot::Object object;                         // apiVersion and kind alone
  std::shared_ptr<const document::Source> source;  // named after the resource, without text
  std::shared_ptr<const void> texts;               // that the object points into
};

// An exception of the scan, as a subject of the controls about exceptions; findings about it have numbers behind those
// of `unseen`.
struct ExceptionUse {
  Exception exception;
  snapshot::Object object;         // that bears the annotation; of a file a stand-in of kind ExceptionList
  const document::Source* source;  // where it is written
  std::string field;               // in the object
  std::uint32_t offset = 0;
  std::optional<snapshot::ObjectId> annotated;  // of an annotation: the object
  bool is_expired = false;
  bool is_asked = false;       // a control that it names ran
  bool has_target = false;     // the input holds an object that it matches
  std::uint64_t accepted = 0;  // failures
  // Verdicts `not-evaluated` and `error` that it matches, and failures of which it accepts but some items.
  std::uint64_t undecided = 0;
};

// What a baseline says of a scan's failures (policy/baseline.h).
struct BaselineResult {
  std::vector<std::uint64_t> known;  // failures by control, beside ScanResult::controls
  std::uint64_t all_known = 0, all_new = 0;
  std::vector<std::string> gone;  // entries of the baseline that fail no more, as text
  std::vector<bool> is_new;       // beside ScanResult::findings
  bool hides_known = false;       // they left the list, and fail no run
};

struct ScanResult {
  const snapshot::Snapshot* snapshot = nullptr;
  std::vector<const Control*> controls;       // those that ran, by id
  std::vector<Finding> findings;              // by object in input order, then control id, then member
  std::vector<ControlCount> counts;           // beside `controls`
  std::vector<std::string> reasons;           // [0] is empty
  std::uint64_t decided_by_closed_world = 0;  // verdicts that --closed-world would decide
  std::uint64_t judged_by_owner = 0;          // pods and their likes that are as their owner's template says
  std::uint64_t unreadable = 0;               // verdicts that broken or contradictory input made impossible
  std::vector<UnseenResource> unseen;         // kinds in the dark, see scan/unseen.h
  std::shared_ptr<const Facts> facts;         // derived from the snapshot, for describing
  std::vector<ExceptionUse> exceptions;       // of the file in its order, then of annotations
  std::map<std::uint32_t, std::size_t> exception_by_reason;  // of accepted findings: Finding::reason → exceptions
  std::uint64_t ignored_annotations = 0;                     // objects whose exceptions ScanOptions said to ignore
  std::optional<BaselineResult> baseline;                    // if there is one
  std::shared_ptr<const void> keep_alive;                    // what `exceptions` point into

  // What a finding is about, beside an object of the snapshot; null if it is not that.
  const UnseenResource* unseen_of(const Finding& finding) const {
    const std::size_t first = snapshot->objects().size();
    return finding.object >= first && finding.object - first < unseen.size() ? &unseen[finding.object - first]
                                                                             : nullptr;
  }
  const ExceptionUse* exception_of(const Finding& finding) const {
    const std::size_t first = snapshot->objects().size() + unseen.size();
    return finding.object >= first ? &exceptions[finding.object - first] : nullptr;
  }
  const snapshot::Object& object_of(const Finding& finding) const {
    if (const ExceptionUse* use = exception_of(finding)) return use->object;
    if (const UnseenResource* resource = unseen_of(finding)) return resource->object;
    return snapshot->object(finding.object);
  }
  // With a baseline, whether a listed failure is one that it does not know.
  bool is_new(const Finding& finding) const {
    return !baseline || baseline->is_new[static_cast<std::size_t>(&finding - findings.data())];
  }
  // By whom and until when a finding is accepted; null if it is not.
  const Exception* acceptance_of(const Finding& finding) const {
    if (finding.verdict != Verdict::accepted) return nullptr;
    const auto at = exception_by_reason.find(finding.reason);
    return at == exception_by_reason.end() ? nullptr : &exceptions[at->second].exception;
  }
};

// Errors: an unknown control, framework or severity (usage, with a suggestion).
Result<ScanResult> scan(const snapshot::Snapshot& snapshot, const Catalog& catalog, const ScanOptions& options);

// What a report shows of one finding. `value` is null when the field is missing.
struct FindingDetail {
  const snapshot::Object* object;
  const document::Source* source;   // where the object was written
  std::string_view container;       // empty if none
  std::string_view container_type;  // "init", "ephemeral", "container" or empty
  std::string field;                // spec.template.spec.containers[0].securityContext.privileged
  std::vector<std::string> also;    // of a rule that several items of lists break, the fields of the others
  const document::Node* value;
  Place place;
  std::uint32_t offset;                                // in the object's source, for showing the line
  std::optional<snapshot::WrittenPlace> written = {};  // of a source that was rendered: where a person wrote it
  std::string message;
  std::string_view reason;
};
// Reuses its scratch memory from call to call: one Describer per thread.
class Describer {
 public:
  explicit Describer(const ScanResult& result);
  ~Describer();
  const FindingDetail& describe(const Finding& finding);

 private:
  const FindingDetail& describe_unseen(const Finding& finding, const UnseenResource& unseen);
  const FindingDetail& describe_exception(const Finding& finding, const ExceptionUse& use);

  struct Scratch;
  const ScanResult& result_;
  std::unique_ptr<Scratch> scratch_;
  FindingDetail detail_;
};

// The exit code of the contract: 3 if something could not be read or judged for what is written in it, and that is
// not allowed; else 1 if a finding is at or above `fail_on`, one that is known and hidden aside; else 0. Verdicts that
// only wait for --closed-world do not make a scan incomplete.
int exit_code(const ScanResult& result, Severity fail_on, bool allow_incomplete);

}  // namespace kastell::policy

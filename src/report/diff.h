// Two judgements of one thing compared: what became better, worse, new and gone.
//
//   Judgements before = judgements_of(result_before), after = *read_judgements(document, symbols);
//   Diff diff = compare(before, after);
//
// One judgement is a control's worst verdict on a resource, or on a container in it. A resource that is there and of
// which nothing is listed passes (or the control is not applicable to it): reports do not tell the two apart.
#pragma once

#include <cstdint>
#include <set>
#include <string>
#include <vector>

#include "document/document.h"
#include "policy/scan.h"
#include "report/report.h"
#include "snapshot/difference.h"

namespace kastell::report {

struct ResourceName {
  std::string group, kind, name_space, name;  // an absent namespace is "default"
  auto operator<=>(const ResourceName&) const = default;
};

ResourceName name_of_resource(const snapshot::Object& object);

struct Judgement {
  std::string control;
  ResourceName resource;
  std::string container;  // empty if none
  policy::Severity severity = policy::Severity::info;
  policy::Verdict verdict = policy::Verdict::pass;
  std::uint64_t count = 0;   // of findings with that verdict
  std::string message = {};  // of the first
};

struct Judgements {
  std::vector<Judgement> listed;     // by control, resource and container, each once
  std::set<ResourceName> resources;  // all that were seen; of a report, those that it lists
  std::set<std::string> controls;    // that ran
  bool complete = true;
};

Judgements judgements_of(const policy::ScanResult& result);

// From a JSON report (docs/json-report.md). Errors (syntax, unsupported): another schema, or a report that is
// malformed.
Result<Judgements> read_judgements(const document::Node& report, const SymbolTable& symbols);

struct JudgementChange {
  const Judgement* subject;  // whichever side lists it, afterwards before before
  policy::Verdict before, after;
  std::uint64_t count_before, count_after;
};

struct Diff {
  std::vector<JudgementChange> worse, better, added, gone;  // by severity, highest first, then control and resource
  std::set<std::string> not_compared;                       // controls that ran on one side only
  std::vector<snapshot::ObjectChange> objects;
  bool knows_objects = false;  // both sides were objects, not reports
};

Diff compare(const Judgements& before, const Judgements& after);

// Whether something of at least this severity became worse or is new.
bool has_worse(const Diff& diff, policy::Severity at_least);

void write_diff_human(const Diff& diff, const Sink& sink);
void write_diff_json(const Diff& diff, const Sink& sink);

}  // namespace kastell::report

// Baselines: the failures that were there when somebody looked, so that a pull request answers for its own only.
//
//   std::string text = baseline_text(result);                      // kastell scan --write-baseline FILE
//   auto baseline = Baseline::read(source);                        // --baseline FILE
//   apply_baseline(*baseline, BaselineUse::hide_known, result);    // --new-only
//
// Failures are known by fingerprint (policy/fingerprint.h) and number: of three alike where the baseline has two, one
// is new. What is accepted or could not be judged is in no baseline.
#pragma once

#include <cstdint>
#include <expected>
#include <map>
#include <memory>
#include <string>
#include <vector>

#include "base/result.h"
#include "document/source.h"
#include "policy/scan.h"

namespace kastell::policy {

struct BaselineEntry {
  std::uint64_t count = 0;
  std::string control, resource, container, field;  // for people
};

class Baseline {
 public:
  // Errors (syntax, unsupported), each with its place.
  static Result<Baseline> read(std::shared_ptr<const document::Source> source);

  const std::map<std::string, BaselineEntry>& entries() const { return entries_; }  // by Fingerprint::hash_text()

 private:
  std::map<std::string, BaselineEntry> entries_;
};

// JSON, a line for each fingerprint, sorted: made for a repository. Paths and lines are not in it.
std::string baseline_text(const ScanResult& result);

// Marks the failures that are new (ScanResult::baseline); with hide_known the others leave the list. Counts of controls
// stay as they are: what is known fails all the same.
enum class BaselineUse : std::uint8_t { mark, hide_known };
void apply_baseline(const Baseline& baseline, BaselineUse use, ScanResult& result);

}  // namespace kastell::policy

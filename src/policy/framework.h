// Frameworks: what a guide or benchmark asks, row by row, as versioned maps onto controls.
//
// A map is YAML under policies/frameworks/ (format: docs/frameworks.md). Each row says how much of what it asks the
// controls decide, so that what nobody checked is never taken for a pass.
//
//   Result<Frameworks> frameworks = Frameworks::embedded();
//   FrameworkAssessment assessment = assess(*frameworks->find("nsa-cisa"), result);
//
// Thread-safety: immutable once made.
#pragma once

#include <array>
#include <cstdint>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "base/result.h"
#include "policy/scan.h"

namespace kastell::policy {

// How much of a row its controls decide, or what they would need beside manifests.
enum class RowCoverage : std::uint8_t {
  full,
  partial,  // the row's note says what is missing
  needs_cluster,
  needs_node,
  needs_image,
  needs_logs,
  attestation,  // an organisation's word
  obsolete,     // what it asks about no longer exists
};
inline constexpr std::size_t row_coverage_count = 8;
std::string_view name_of(RowCoverage coverage);  // "needs-cluster"

struct FrameworkRow {
  std::string id, title, note;
  RowCoverage coverage = RowCoverage::attestation;
  std::vector<std::string> controls;  // ids, sorted; of full and partial rows only
};

struct Framework {
  std::string id, title, version, note;
  std::vector<FrameworkRow> rows;  // in the framework's order
};

class Frameworks {
 public:
  static Result<Frameworks> embedded();
  // One map. All problems together, each with file, line and column.
  static std::expected<Framework, std::vector<Error>> read(std::string name, std::string_view text);

  std::span<const Framework> all() const { return frameworks_; }
  const Framework* find(std::string_view id) const;
  std::vector<std::string_view> ids() const;

 private:
  std::vector<Framework> frameworks_;  // by id
};

// What a scan says about a row.
enum class RowVerdict : std::uint8_t {
  pass,            // fully covered, and every control held
  holds,           // what is covered of it held
  fail,            // a control failed
  accepted,        // nothing failed but for accepted exceptions
  not_evaluated,   // nothing decides it, or a control could not be judged or did not run
  not_applicable,  // the input holds nothing that its controls ask about
};
inline constexpr std::size_t row_verdict_count = 6;
std::string_view name_of(RowVerdict verdict);  // "not-evaluated"

struct RowAssessment {
  const FrameworkRow* row;
  RowVerdict verdict = RowVerdict::not_evaluated;
  std::uint64_t failures = 0;
};

struct FrameworkAssessment {
  const Framework* framework;
  std::vector<RowAssessment> rows;  // beside Framework::rows
  std::array<std::size_t, row_verdict_count> counts{};

  std::size_t count(RowVerdict verdict) const { return counts[static_cast<std::size_t>(verdict)]; }
  // Rows that could pass: all but those without anything to judge. What was not evaluated counts here, never as pass.
  std::size_t asked() const { return rows.size() - count(RowVerdict::not_applicable); }
};

FrameworkAssessment assess(const Framework& framework, const ScanResult& result);

}  // namespace kastell::policy

#include "report/human/coverage.h"

#include <algorithm>
#include <array>
#include <unordered_map>
#include <vector>

#include "report/formats.h"
#include "report/wrap.h"

namespace kastell::report {

using snapshot::Coverage;
using snapshot::CoverageStatus;

namespace {

constexpr std::size_t most_lines = 20;
constexpr std::size_t most_names = 40;  // of one line

std::string coverage_counts(const snapshot::Snapshot& snapshot) {
  std::array<std::uint64_t, snapshot::coverage_statuses> counts{};
  for (const Coverage& entry : snapshot.coverage()) ++counts[static_cast<std::size_t>(entry.status)];
  std::string text = counted(counts[0], "input read", "inputs read");
  for (std::size_t i = 1; i < counts.size(); ++i) {
    if (counts[i] == 0) continue;
    text.append(", ").append(std::to_string(counts[i])).append(" ");
    text += name_of(static_cast<CoverageStatus>(i));
  }
  return text;
}

// "Kubernetes v1.37.2 (eks)", and what the API server warned of.
void append_server(std::string& out, const snapshot::Snapshot& snapshot, const ReportOptions& options) {
  std::string version, platform, warnings;
  for (const snapshot::Fact& fact : snapshot.facts()) {
    if (fact.name == "server.version") version = fact.value;
    if (fact.name == "server.platform") platform = " (" + fact.value + ")";
    if (!fact.name.starts_with("server.warning.")) continue;
    std::string warning = "the API server warns: ";
    append_visible(warning, fact.value);
    append_wrapped(warnings, warning, {.indent = 4, .width = options.width, .first_indent = 2, .hanging = true});
  }
  if (!version.empty()) append_wrapped(out, "Kubernetes " + version + platform, {.indent = 2, .width = options.width});
  out += warnings;
}

// Inputs of the same fate.
struct Group {
  CoverageStatus status;
  std::string_view reason;
  std::vector<const Coverage*> entries;
};

// A server's refusals differ by the request and the resource that they name; what they have in common is
// "HTTP 403, not allowed".
std::string_view common_reason(std::string_view reason) {
  constexpr std::string_view before = ": HTTP ";
  const std::size_t at = reason.starts_with("GET ") ? reason.find(before) : std::string_view::npos;
  if (at == std::string_view::npos) return reason;
  const std::string_view answer = reason.substr(at + 2);
  return answer.substr(0, answer.find(": "));
}

std::vector<Group> groups_of(const snapshot::Snapshot& snapshot) {
  std::vector<Group> groups;
  std::unordered_map<std::string, std::size_t> known;
  for (const Coverage& entry : snapshot.coverage()) {
    // An API that a cluster does not have is no trouble; most lack most of them.
    if (entry.status == CoverageStatus::read || entry.status == CoverageStatus::absent) continue;
    const std::string_view reason = common_reason(entry.reason);
    const auto [at, is_new] = known.emplace(std::string(name_of(entry.status)).append(reason), groups.size());
    if (is_new) groups.push_back({entry.status, reason, {}});
    groups[at->second].entries.push_back(&entry);
  }
  // What could not be read first, then what was passed over.
  std::ranges::stable_sort(groups, {}, [](const Group& group) { return group.status == CoverageStatus::skipped; });
  return groups;
}

std::string text_of(const Group& group) {
  const auto placed = [](const Coverage& entry, std::string reason) {
    Place place = entry.place;
    place.source = entry.input;
    return to_string(Error{ErrorCode::syntax, std::move(reason), place});
  };
  if (group.entries.size() == 1) return placed(*group.entries[0], group.entries[0]->reason);
  std::string text = std::string(group.reason) + " (" + std::to_string(group.entries.size()) + "): ";
  const std::size_t shown = std::min(group.entries.size(), most_names);
  for (std::size_t i = 0; i < shown; ++i) {
    const std::string name = placed(*group.entries[i], "");  // "a.yaml:1:1: "
    text.append(i == 0 ? "" : ", ").append(name, 0, name.size() - std::min<std::size_t>(name.size(), 2));
  }
  if (shown == group.entries.size()) return text;
  return text + " and " + std::to_string(group.entries.size() - shown) + " more (--format json lists all)";
}

}  // namespace

void append_coverage(Writer& writer, const snapshot::Snapshot& snapshot, const ReportOptions& options,
                     const Style& style) {
  std::string& title = writer.text();
  title += '\n';
  style.append(title, Look::bold, "Coverage");
  title += '\n';
  append_server(title, snapshot, options);
  append_wrapped(title, coverage_counts(snapshot), {.indent = 2, .width = options.width});
  const std::vector<Group> groups = groups_of(snapshot);
  for (std::size_t i = 0; i < std::min(groups.size(), most_lines); ++i) {
    std::string& out = writer.text();
    out += "  ";
    style.append(out, groups[i].status == CoverageStatus::skipped ? Look::dim : Look::high, name_of(groups[i].status));
    append_wrapped(out, text_of(groups[i]),
                   {.indent = 4, .width = options.width - 10, .first_indent = 2, .hanging = true});
  }
  if (groups.size() <= most_lines) return;
  append_wrapped(writer.text(), "and " + std::to_string(groups.size() - most_lines) + " more (--format json lists all)",
                 {.indent = 2, .width = options.width});
}

}  // namespace kastell::report

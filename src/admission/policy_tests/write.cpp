#include <algorithm>

#include "admission/policy_test.h"
#include "admission/write/json_text.h"

namespace kastell::admission {

namespace {

std::string where(const Place& place) {
  return place.source + ":" + std::to_string(place.line);
}

std::string missing_of(const std::string& expression, const Seen& seen) {
  const bool is_mutation = expression.contains("mutations[");
  const std::string_view passed = is_mutation ? "leave the object alone" : "pass";
  const std::string_view failed = is_mutation ? "change the object" : "fail";
  std::string text = "not seen to ";
  if (seen.passed == 0) text += passed;
  if (seen.passed == 0 && seen.failed == 0) text += " or to ";
  if (seen.failed == 0) text += failed;
  return text;
}

void append_result(std::string& out, const TestResult& result) {
  out += "{\"name\":";
  append_text(out, result.name);
  append_member(out, "result", result.failures.empty() ? "passed" : "failed");
  out += ",\"failures\":[";
  for (const std::string& failure : result.failures) {
    if (&failure != result.failures.data()) out += ',';
    append_text(out, failure);
  }
  out += "],\"location\":{\"file\":";
  append_text(out, result.place.source);
  out += ",\"line\":" + std::to_string(result.place.line) + "}}";
}

void append_untaken(std::string& out, const UntakenBranch& branch) {
  out += "{\"policy\":";
  append_text(out, branch.policy);
  append_member(out, "field", branch.field);
  append_member(out, "condition", branch.text);
  append_member(out, "missing", branch.missing);
  out += ",\"location\":{\"file\":";
  append_text(out, branch.place.source);
  out += ",\"line\":" + std::to_string(branch.place.line) + ",\"column\":" + std::to_string(branch.place.column) + "}}";
}

// A condition may go over several lines.
std::string on_one_line(std::string text) {
  constexpr std::size_t longest = 100;
  std::ranges::replace(text, '\n', ' ');
  const std::size_t cut = std::min(text.size(), longest);
  return cut == text.size() ? text : text.substr(0, text.find_last_of(' ', cut)) + " …";
}

}  // namespace

std::string to_text(const TestRun& run) {
  std::string out;
  for (const TestResult& result : run.results) {
    if (result.failures.empty()) continue;
    out.append("FAILED ").append(result.name).append("  ").append(where(result.place)).append("\n");
    for (const std::string& failure : result.failures) out.append("       ").append(failure).append("\n");
  }
  for (const auto& [expression, seen] : run.coverage) {
    if (seen.passed > 0 && seen.failed > 0) continue;
    out.append("half   ").append(expression).append(": ").append(missing_of(expression, seen)).append("\n");
  }
  for (const UntakenBranch& branch : run.untaken) {
    out.append("branch ").append(where(branch.place)).append(":").append(std::to_string(branch.place.column));
    out.append(": ").append(branch.policy).append(": ").append(branch.field).append(": ").append(branch.missing);
    out.append(": ").append(on_one_line(branch.text)).append("\n");
  }
  const std::size_t whole = run.coverage.size() - run.half_seen();
  return out + std::to_string(run.results.size()) + " cases: " + std::to_string(run.results.size() - run.failed()) +
         " passed, " + std::to_string(run.failed()) + " failed; " + std::to_string(whole) + " of " +
         std::to_string(run.coverage.size()) + " expressions seen both ways, " +
         std::to_string(run.branches - run.untaken.size()) + " of " + std::to_string(run.branches) +
         " branches taken\n";
}

std::string to_json(const TestRun& run) {
  std::string out = "{\"schema\":\"kastell.policy-test/v1\",\"results\":[";
  for (const TestResult& result : run.results) {
    out += &result == run.results.data() ? "\n" : ",\n";
    append_result(out, result);
  }
  out += "],\"coverage\":[";
  bool is_first = true;
  for (const auto& [expression, seen] : run.coverage) {
    out += is_first ? "\n{\"expression\":" : ",\n{\"expression\":";
    is_first = false;
    append_text(out, expression);
    out += ",\"passed\":" + std::to_string(seen.passed) + ",\"failed\":" + std::to_string(seen.failed) +
           ",\"errors\":" + std::to_string(seen.errors) + '}';
  }
  out += "],\"untaken\":[";
  for (const UntakenBranch& branch : run.untaken) {
    out += &branch == run.untaken.data() ? "\n" : ",\n";
    append_untaken(out, branch);
  }
  return out + "],\"summary\":{\"cases\":" + std::to_string(run.results.size()) +
         ",\"failed\":" + std::to_string(run.failed()) + ",\"halfSeen\":" + std::to_string(run.half_seen()) +
         ",\"branches\":" + std::to_string(run.branches) + ",\"untaken\":" + std::to_string(run.untaken.size()) +
         "}}\n";
}

}  // namespace kastell::admission

// Exceptions: cases of tests/policy/exceptions/cases.txt, each objects, perhaps a file of exceptions, and the findings
// that are wanted, in order: "control verdict place reason".

#include <gtest/gtest.h>

#include <map>

#include "policy/scan.h"
#include "policy/world.h"
#include "support/sections.h"

namespace kastell::policy {
namespace {

using tests::Case;

const std::chrono::sys_days today = *parse_day("2026-11-25");

std::shared_ptr<const ExceptionList> list_of(const std::string& text, const Catalog& catalog, std::string& errors) {
  if (text.empty()) return nullptr;
  auto list = ExceptionList::read(std::make_shared<document::Source>("exceptions.yaml", text), catalog);
  if (list) return std::make_shared<const ExceptionList>(std::move(*list));
  for (const Error& error : list.error()) errors += to_string(error) + "\n";
  return nullptr;
}

std::string findings_of(const ScanResult& result) {
  std::string text;
  Describer describer(result);
  for (const Finding& finding : result.findings) {
    const FindingDetail& detail = describer.describe(finding);
    text += std::string(result.controls[finding.control]->id) + " " + std::string(name_of(finding.verdict)) + " " +
            std::string(detail.object->name) + " " + detail.field + ": " +
            (detail.reason.empty() ? detail.message : std::string(detail.reason)) + "\n";
  }
  for (const ControlCount& count : result.counts) {
    EXPECT_LT(count.fail, std::uint64_t{1} << 32) << "counted below nought";
  }
  return text;
}

void run_case(Case& one) {
  const auto symbols = std::make_shared<SymbolTable>();
  const auto catalog = Catalog::embedded(symbols).value();
  std::string errors;
  const auto exceptions = list_of(one.text("exceptions"), catalog, errors);
  if (!errors.empty()) return tests::check_golden(one, "errors", errors);
  snapshot::SnapshotBuilder builder(symbols);
  builder.add(document::parse(std::make_shared<document::Source>("objects.yaml", one.text("objects")), *symbols));
  if (one.find("closed") != nullptr) builder.set_world(snapshot::World::closed);
  const auto world = std::move(builder).finish();
  const auto result = scan(world, catalog,
                           {.controls = {"pod.privileged", "pod.host-path", "rbac.wildcard-verbs", "image.tag"},
                            .threads = 1,
                            .exceptions = exceptions,
                            .ignore_annotations = one.find("strict") != nullptr,
                            .today = today});
  ASSERT_TRUE(result) << to_string(result.error());
  std::string text = findings_of(*result);
  if (result->ignored_annotations != 0) text += "ignored " + std::to_string(result->ignored_annotations) + "\n";
  tests::check_golden(one, "findings", text);
}

TEST(Exceptions, Cases) {
  tests::CaseFile file = tests::load_cases(KASTELL_SOURCE_DIR "/tests/policy/exceptions/cases.txt");
  for (Case& one : file.cases) {
    SCOPED_TRACE(one.name);
    run_case(one);
  }
  if (tests::updating_goldens()) tests::save_cases(file);
}

// All of them stood at the annotation, whichever entry they were about.
TEST(Exceptions, EntriesOfAnAnnotationHaveLinesOfTheirOwn) {
  const std::string text =
      "apiVersion: v1\nkind: Pod\nmetadata:\n  name: p\n  annotations:\n    kastell.dev/exceptions: |\n"
      "      - control: image.tag\n        owner: a\n        reason: b\n"
      "      - control: pod.nope\n        owner: a\n        reason: b\n"
      "      - control: pod.privileged\n        owner: a\n        reason: b\n"
      "spec: {containers: [{name: c, image: 'a:1'}]}\n";
  const auto symbols = std::make_shared<SymbolTable>();
  const auto catalog = Catalog::embedded(symbols).value();
  const auto world = testing::read_world(text, symbols, false);
  const auto result = scan(world, catalog, {.controls = {"pod.privileged", "image.tag"}, .threads = 1, .today = today});
  ASSERT_TRUE(result) << to_string(result.error());
  std::map<std::string, std::uint32_t> lines;  // by what is said
  Describer describer(*result);
  for (const Finding& finding : result->findings) {
    const FindingDetail& detail = describer.describe(finding);
    if (result->controls[finding.control]->scope == Scope::exception && finding.verdict == Verdict::fail) {
      lines[detail.message] = detail.place.line;
    }
  }
  const auto line_of = [&lines](std::string_view part) {
    for (const auto& [message, line] : lines) {
      if (message.contains(part)) return line;
    }
    return std::uint32_t{0};
  };
  EXPECT_EQ(line_of("image.tag"), 7U);
  EXPECT_EQ(line_of("pod.nope"), 10U);
  EXPECT_EQ(line_of("pod.privileged"), 13U);
}

TEST(Exceptions, DaysAreThoseOfTheCalendar) {
  EXPECT_EQ(day_text(*parse_day("2028-02-29")), "2028-02-29");
  EXPECT_EQ(parse_day("2027-03-31T00:00:00Z"), parse_day("2027-03-31"));
  for (const char* no : {"", "2027-02-29", "2027-13-01", "2027-1-1", "27-01-01", "2027-03-31T12:00:00Z", "2027/03/31",
                         "+027-03-31", "2027-03-3x"}) {
    EXPECT_FALSE(parse_day(no)) << no;
  }
}

}  // namespace
}  // namespace kastell::policy

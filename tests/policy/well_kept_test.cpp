// No false alarms: sets that are as they should be give no finding, in either world.

#include <gtest/gtest.h>

#include <filesystem>
#include <fstream>
#include <sstream>

#include "policy/scan.h"
#include "policy/scan/reasons.h"

namespace kastell::policy {
namespace {

snapshot::Snapshot read_folder(const std::string& folder, const std::shared_ptr<SymbolTable>& symbols, bool closed) {
  snapshot::SnapshotBuilder builder(symbols);
  builder.set_world(closed ? snapshot::World::closed : snapshot::World::open);
  for (const auto& entry : std::filesystem::recursive_directory_iterator(folder)) {
    if (entry.path().extension() != ".yaml") continue;
    std::stringstream text;
    text << std::ifstream(entry.path()).rdbuf();
    builder.add(document::parse(std::make_shared<document::Source>(entry.path().string(), text.str()), *symbols));
  }
  return std::move(builder).finish();
}

class WellKept : public ::testing::TestWithParam<const char*> {};

TEST_P(WellKept, GivesNoFinding) {
  const std::string folder = std::string(KASTELL_SOURCE_DIR) + "/" + GetParam();
  const auto symbols = std::make_shared<SymbolTable>();
  const auto catalog = Catalog::embedded(symbols).value();
  for (const bool closed : {false, true}) {
    const auto world = read_folder(folder, symbols, closed);
    ASSERT_TRUE(world.is_complete());
    ASSERT_GT(world.objects().size(), 3U);
    const auto result = scan(world, catalog, {.threads = 1}).value();
    Describer describer(result);
    for (const Finding& finding : result.findings) {
      const FindingDetail& detail = describer.describe(finding);
      // A closed world may lack definitions of custom resources: then nobody knows their fields.
      const bool waits = finding.verdict == Verdict::not_evaluated && (!closed || detail.reason == no_schema);
      EXPECT_TRUE(waits) << result.controls[finding.control]->id << " " << name_of(finding.verdict) << ": "
                         << detail.object->kind << " " << detail.object->name << " " << detail.field << ": "
                         << detail.message;
    }
  }
}

INSTANTIATE_TEST_SUITE_P(Sets, WellKept,
                         ::testing::Values("examples/well-kept", "examples/shop-hardened",
                                           "tests/policy/well-kept/gateway", "tests/policy/well-kept/operator",
                                           "tests/policy/well-kept/database", "tests/policy/well-kept/batch",
                                           "tests/policy/well-kept/storefront", "tests/policy/well-kept/kubebuilder",
                                           "tests/policy/well-kept/gitops"));

}  // namespace
}  // namespace kastell::policy

// Missing data never becomes a pass: for every failing example of the catalogue, every field, list item and object is
// taken away in turn. A subject that failed may then fail, be gone or be undecided. It may pass only if what was taken
// away is the field that the finding shows (or holds it, or lies in it), for that field was the violation; or if the
// exception list says why.

#include <gtest/gtest.h>

#include <map>
#include <set>

#include "document/write.h"
#include "policy/mutation.h"
#include "policy/scan.h"
#include "policy/world.h"

namespace kastell::policy {
namespace {

using document::Node;
using document::Path;
using document::Step;

// The identity by which two scans' subjects are matched. Which rule failed is not part of it: a pass is the control's.
std::string name_of_subject(const ScanResult& result, const Finding& finding, const FindingDetail& detail) {
  return std::string(detail.object->kind) + "/" + std::string(detail.object->name) + "/" +
         std::string(result.controls[finding.control]->id) + "/" +
         (detail.container.empty() ? std::to_string(finding.member) : std::string(detail.container));
}

class RemovalProperty : public ::testing::Test {
 protected:
  void check_example(const Control& control, const Example& example) {
    const auto before_world = testing::make_world(example.objects, symbols_, example.closed_world);
    const auto before = scan(before_world, catalog_, testing::options_for(control, example)).value();
    std::map<std::string, std::pair<std::uint32_t, Path>> failed;  // subject → object, field shown
    Describer describer(before);
    for (const Finding& finding : before.findings) {
      if (finding.verdict != Verdict::fail) continue;
      const FindingDetail& detail = describer.describe(finding);
      failed[name_of_subject(before, finding, detail)] = {finding.object,
                                                          *document::parse_path(detail.field, *symbols_)};
    }
    for (const Path& path : testing::paths_below(example.objects)) check_removal(control, example, path, failed);
  }

  void check_removal(const Control& control, const Example& example, const Path& path,
                     const std::map<std::string, std::pair<std::uint32_t, Path>>& failed) {
    Arena arena;
    const Node objects = testing::without(example.objects, path, arena);
    const auto world = testing::make_world(objects, symbols_, example.closed_world);
    const auto after = scan(world, catalog_, testing::options_for(control, example)).value();
    std::set<std::string> passing;
    std::set<std::string> failing;
    Describer describer(after);
    for (const Finding& finding : after.findings) {
      const std::string name = name_of_subject(after, finding, describer.describe(finding));
      if (finding.verdict == Verdict::fail) failing.insert(name);
      if (finding.verdict == Verdict::pass) passing.insert(name);
    }
    ++removals_;
    const std::string text = document::to_string(std::span(path).subspan(1), *symbols_);
    for (const auto& [name, where] : failed) {
      if (!passing.contains(name) || failing.contains(name)) continue;
      const std::span<const Step> removed = std::span(path).subspan(1);
      const bool same_object = path[0].number == where.first;
      if (same_object && (testing::is_prefix(removed, where.second) || testing::is_prefix(where.second, removed)))
        continue;
      EXPECT_TRUE(exceptions_.contains(std::string(control.id), text))
          << control.id << ", example «" << example.name << "»: " << name << " passes without " << text
          << "; it failed for " << document::to_string(where.second, *symbols_);
    }
  }

  std::shared_ptr<SymbolTable> symbols_ = std::make_shared<SymbolTable>();
  Catalog catalog_ = Catalog::embedded(symbols_).value();
  testing::ExceptionList exceptions_{"removal_exceptions.yaml", *symbols_};
  std::size_t removals_ = 0;
};

TEST_F(RemovalProperty, NothingPassesForWhatIsMissing) {
  for (const Control& control : catalog_.controls()) {
    if (testing::is_about_exceptions(control)) continue;
    for (const Example& example : control.examples) {
      if (example.verdict == "fail") check_example(control, example);
    }
  }
  EXPECT_GT(removals_, 1400U);
  EXPECT_EQ(exceptions_.unused(), std::vector<std::string>{}) << "exceptions no longer needed";
}

// A document that no longer reads, in a world said to be closed, decides nothing either.
TEST_F(RemovalProperty, BrokenNeighbourDecidesNothing) {
  for (const Control& control : catalog_.controls()) {
    if (testing::is_about_exceptions(control)) continue;
    for (const Example& example : control.examples) {
      if (example.verdict != "fail") continue;
      std::string text;
      for (const Node& object : example.objects.as_list()) {
        text += "---\n";
        document::append_json(text, object, *symbols_);
        text += '\n';
      }
      const auto world = testing::read_world(text + "---\na: [\n", symbols_, example.closed_world);
      const auto result = scan(world, catalog_, testing::options_for(control, example)).value();
      EXPECT_TRUE(result.counts[0].fail > 0 || result.counts[0].not_evaluated > 0) << control.id << " " << example.name;
      EXPECT_EQ(exit_code(result, Severity::info, false), 3);
    }
  }
}

}  // namespace
}  // namespace kastell::policy

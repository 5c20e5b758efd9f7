// The guide's corrected appendices: each clean by itself, all of them together with nothing left open, and the one that
// is no manifest checked by its lines. Their published faults: tests/cli/cases/guide_faults.txt.
#include "policy/appendix.h"

#include <gtest/gtest.h>

#include "policy/scan.h"
#include "world.h"

namespace kastell::policy {
namespace {

// Everything that is not clean, as text; what waits for the rest of the input does not count in the open world.
std::string unclean(const std::string& text, bool closed) {
  const auto symbols = std::make_shared<SymbolTable>();
  const auto catalog = Catalog::embedded(symbols).value();
  const auto world = testing::read_world(text, symbols, closed);
  std::string found = world.is_complete() ? "" : "unreadable\n";
  if (world.objects().empty()) found += "no object\n";
  const auto result = scan(world, catalog, {.threads = 1}).value();
  Describer describer(result);
  for (const Finding& finding : result.findings) {
    if (finding.verdict == Verdict::not_evaluated && !closed) continue;
    const FindingDetail& detail = describer.describe(finding);
    found += std::string(result.controls[finding.control]->id) + " " + std::string(name_of(finding.verdict)) + ": " +
             std::string(detail.object->kind) + " " + detail.field + ": " + detail.message + "\n";
  }
  return found;
}

bool is_manifest(const Appendix& appendix) {
  return appendix.file.ends_with(".yaml");
}

TEST(Appendices, AreThoseOfTheGuide) {
  std::string letters;
  for (const Appendix& appendix : guide_appendices()) {
    letters += appendix.letter;
    EXPECT_TRUE(appendix.text.starts_with("# Appendix " + std::string(appendix.letter) + ": ")) << appendix.file;
    EXPECT_NE(appendix.title, "");
    EXPECT_NE(appendix.text.find("# Corrected:\n"), std::string_view::npos) << appendix.file;
  }
  EXPECT_EQ(letters, "ABCDEFGHIJKLMN");
}

TEST(Appendices, AreClean) {
  for (const Appendix& appendix : guide_appendices()) {
    if (!is_manifest(appendix)) continue;
    EXPECT_EQ(unclean(std::string(appendix.text), false), "") << appendix.file;
  }
}

// D is the namespace of C again, and M the API server of N.
TEST(Appendices, TogetherAreCleanAsEverythingThereIs) {
  std::string all;
  for (const Appendix& appendix : guide_appendices()) {
    if (!is_manifest(appendix) || appendix.letter == "D" || appendix.letter == "M") continue;
    all.append("---\n").append(appendix.text);
  }
  EXPECT_EQ(unclean(all, true), "");
}

struct Instruction {
  std::string_view name, arguments;
};

std::vector<Instruction> instructions_of(std::string_view text) {
  std::vector<Instruction> instructions;
  for (; !text.empty(); text.remove_prefix(std::min(text.find('\n'), text.size() - 1) + 1)) {
    const std::string_view line = text.substr(0, text.find('\n'));
    const std::size_t space = line.find(' ');
    if (line.starts_with('#') || space == std::string_view::npos) continue;
    instructions.push_back({line.substr(0, space), line.substr(space + 1)});
  }
  return instructions;
}

TEST(Appendices, TheImageIsBuiltFromNamedBasesAndRunsAsAUser) {
  const auto appendices = guide_appendices();
  ASSERT_EQ(appendices.front().file, "A.Dockerfile");
  std::string_view user;
  bool runs_in_last_stage = false;
  for (const auto& [name, arguments] : instructions_of(appendices.front().text)) {
    if (name == "ARG") {
      EXPECT_EQ(arguments.find('='), std::string_view::npos) << "a base has no default";
    }
    if (name == "FROM") {
      EXPECT_TRUE(arguments.starts_with("${")) << arguments;
      user = {};
      runs_in_last_stage = false;
    }
    runs_in_last_stage = runs_in_last_stage || name == "RUN" || name == "ADD";
    if (name == "USER") user = arguments;
  }
  EXPECT_FALSE(runs_in_last_stage);
  EXPECT_EQ(user, "10001:10001");
}

}  // namespace
}  // namespace kastell::policy

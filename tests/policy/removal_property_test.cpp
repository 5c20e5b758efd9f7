// Missing data never becomes a pass: for every failing example of the catalogue, every field, list item and object is
// taken away in turn. A subject that failed may then fail, be gone or be undecided. It may pass only if what was taken
// away is the field that the finding shows (or holds it, or lies in it), for that field was the violation; or if the
// exception list says why.

#include <gtest/gtest.h>

#include <algorithm>
#include <fstream>
#include <map>
#include <set>
#include <sstream>

#include "document/write.h"
#include "policy/scan.h"
#include "policy/world.h"

namespace kastell::policy {
namespace {

using document::Item;
using document::Kind;
using document::Member;
using document::Node;
using document::Path;
using document::Step;

// Every path below `node`.
void collect_paths(const Node& node, Path& here, std::vector<Path>& paths) {
  const auto visit = [&](const Step& step, const Node& child) {
    here.push_back(step);
    paths.push_back(here);
    collect_paths(child, here, paths);
    here.pop_back();
  };
  for (std::uint32_t i = 0; node.is_object() && i < node.size; ++i)
    visit(Step::key(node.member_keys()[i]), node.items[i]);
  for (std::uint32_t i = 0; node.is_list() && i < node.size; ++i) visit(Step::index(i), node.items[i]);
}

Node without(const Node& node, std::span<const Step> path, Arena& arena) {
  const auto is_target = [&path](std::uint32_t at, Symbol key, bool index) {
    return path[0].is_index == index && path[0].number == (index ? at : static_cast<std::uint32_t>(key));
  };
  std::vector<Member> members;
  std::vector<Node> items;
  for (std::uint32_t i = 0; i < node.size; ++i) {
    const Symbol key = node.is_object() ? node.member_keys()[i] : Symbol{};
    const bool target = is_target(i, key, node.is_list());
    if (target && path.size() == 1) continue;
    const Node child = target ? without(node.items[i], path.subspan(1), arena) : node.items[i];
    node.is_object() ? members.push_back({key, child}) : items.push_back(child);
  }
  return node.is_object() ? make_object(arena, members, false) : make_list(arena, items);
}

bool is_prefix(std::span<const Step> a, std::span<const Step> b) {
  return a.size() <= b.size() && std::ranges::equal(a, b.first(a.size()));
}

// The identity by which two scans' subjects are matched. Which rule failed is not part of it: a pass is the control's.
std::string name_of_subject(const ScanResult& result, const Finding& finding, const FindingDetail& detail) {
  return std::string(detail.object->kind) + "/" + std::string(detail.object->name) + "/" +
         result.controls[finding.control]->id + "/" +
         (detail.container.empty() ? std::to_string(finding.member) : std::string(detail.container));
}

struct Exception {
  std::string control, path;
  bool used = false;
};

class RemovalProperty : public ::testing::Test {
 protected:
  void SetUp() override {
    const std::string path = KASTELL_SOURCE_DIR "/tests/policy/removal_exceptions.yaml";
    std::stringstream text;
    text << std::ifstream(path).rdbuf();
    const auto stream = document::parse(std::make_shared<document::Source>(path, text.str()), *symbols_);
    ASSERT_TRUE(stream.errors.empty());
    const auto texts_of = [this](const Node& node, std::string_view key) {
      const Node* value = node.find(symbols_->intern(key));
      return value == nullptr ? std::span<const Node>{} : value->as_list();
    };
    for (const Node& entry : stream.documents[0].root.as_list()) {
      EXPECT_NE(entry.find(symbols::reason), nullptr) << "an exception needs a reason";
      for (const Node& control : texts_of(entry, "controls")) {
        for (const Node& field : texts_of(entry, "paths")) {
          exceptions_.push_back({std::string(control.as_string()), std::string(field.as_string())});
        }
      }
    }
  }

  ScanOptions options_for(const Control& control, const Example& example) {
    ScanOptions options{.controls = {control.id}, .parameters = example.parameters, .all_verdicts = true, .threads = 1};
    if (!example.version.empty()) {
      options.pod_security =
          PodSecurityLevel{PodSecurityLevel::Level::privileged, *cel::parse_kubernetes_version(example.version)};
    }
    return options;
  }

  bool is_excepted(const std::string& control, const std::string& path) {
    bool found = false;
    for (Exception& exception : exceptions_) {
      if (exception.control != control || exception.path != path) continue;
      exception.used = found = true;
    }
    return found;
  }

  void check_example(const Control& control, const Example& example) {
    const auto before_world = testing::make_world(example.objects, symbols_, example.closed_world);
    const auto before = scan(before_world, catalog_, options_for(control, example)).value();
    std::map<std::string, std::pair<std::uint32_t, Path>> failed;  // subject → object, field shown
    Describer describer(before);
    for (const Finding& finding : before.findings) {
      if (finding.verdict != Verdict::fail) continue;
      const FindingDetail& detail = describer.describe(finding);
      failed[name_of_subject(before, finding, detail)] = {finding.object,
                                                          *document::parse_path(detail.field, *symbols_)};
    }
    std::vector<Path> paths;
    Path here;
    collect_paths(example.objects, here, paths);
    for (const Path& path : paths) check_removal(control, example, path, failed);
  }

  void check_removal(const Control& control, const Example& example, const Path& path,
                     const std::map<std::string, std::pair<std::uint32_t, Path>>& failed) {
    Arena arena;
    const Node objects = without(example.objects, path, arena);
    const auto world = testing::make_world(objects, symbols_, example.closed_world);
    const auto after = scan(world, catalog_, options_for(control, example)).value();
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
      if (same_object && (is_prefix(removed, where.second) || is_prefix(where.second, removed))) continue;
      EXPECT_TRUE(is_excepted(control.id, text))
          << control.id << ", example «" << example.name << "»: " << name << " passes without " << text
          << "; it failed for " << document::to_string(where.second, *symbols_);
    }
  }

  std::shared_ptr<SymbolTable> symbols_ = std::make_shared<SymbolTable>();
  Catalog catalog_ = Catalog::embedded(symbols_).value();
  std::vector<Exception> exceptions_;
  std::size_t removals_ = 0;
};

TEST_F(RemovalProperty, NothingPassesForWhatIsMissing) {
  for (const Control& control : catalog_.controls()) {
    for (const Example& example : control.examples) {
      if (example.verdict == "fail") check_example(control, example);
    }
  }
  EXPECT_GT(removals_, 1400U);
  for (const Exception& exception : exceptions_) {
    EXPECT_TRUE(exception.used) << "exception no longer needed: " << exception.control << " " << exception.path;
  }
}

// A document that no longer reads, in a world said to be closed, decides nothing either.
TEST_F(RemovalProperty, BrokenNeighbourDecidesNothing) {
  for (const Control& control : catalog_.controls()) {
    for (const Example& example : control.examples) {
      if (example.verdict != "fail") continue;
      std::string text;
      for (const Node& object : example.objects.as_list()) {
        text += "---\n";
        document::append_json(text, object, *symbols_);
        text += '\n';
      }
      const auto world = testing::read_world(text + "---\na: [\n", symbols_, example.closed_world);
      const auto result = scan(world, catalog_, options_for(control, example)).value();
      EXPECT_TRUE(result.counts[0].fail > 0 || result.counts[0].not_evaluated > 0) << control.id << " " << example.name;
      EXPECT_EQ(exit_code(result, Severity::info, false), 3);
    }
  }
}

}  // namespace
}  // namespace kastell::policy

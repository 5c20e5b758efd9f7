// Objects as API servers of several versions make them: tests/oracle/defaulting says where the lines are from.
#include <cstdlib>

#include "document/document.h"
#include "document/write.h"
#include "kube/api_resource.h"
#include "kube/intake.h"
#include "support/sections.h"

namespace kastell::kube {
namespace {

using document::Node;

std::string json_of(const Node* node, const SymbolTable& symbols) {
  std::string text;
  if (node != nullptr) document::append_json(text, *node, symbols);
  return text;
}

ApiType type_of_object(const Node& object, SymbolTable& symbols, unsigned minor) {
  const std::string_view api_version = object.find(symbols.intern("apiVersion"))->as_string();
  const std::string_view group = api_group(api_version);
  const std::string_view version = version_in_group(api_version);
  return type_of(group, version, object.find(symbols::kind)->as_string(), static_cast<std::uint8_t>(minor));
}

class IntakeCases {
 public:
  // Of one line: every minor that it names.
  void check(const std::string& line) {
    const auto source = std::make_shared<document::Source>("case", line);
    const auto stream = document::parse(source, symbols_, {.format = document::Format::json});
    ASSERT_TRUE(stream.errors.empty()) << line;
    const Node& one = stream.documents.front().root;
    const Node& object = *one.find(symbols_.intern("object"));
    const Node& seen = *one.find(symbols_.intern("seen"));
    const std::string id(one.find(symbols_.intern("id"))->as_string());
    for (std::uint32_t i = 0; i < seen.size; ++i) {
      unsigned first = 0, last = 0;
      const std::string span(symbols_.text(seen.member_keys()[i]));
      ASSERT_EQ(std::sscanf(span.c_str(), "1.%u-1.%u", &first, &last), 2) << span;
      for (unsigned minor = first; minor <= last; ++minor) check(id, object, seen.items[i], minor);
    }
  }
  std::size_t checked() const { return checked_; }

 private:
  void check(const std::string& id, const Node& object, const Node& expected, unsigned minor) {
    ++checked_;
    Arena arena;
    const ApiType type = type_of_object(object, symbols_, minor);
    const auto made = intake_.take(object, type, arena);
    ASSERT_EQ(made.has_value(), expected.is_object())
        << id << " of 1." << minor << ": " << (made ? "read" : made.error().message);
    if (!made) return;
    EXPECT_TRUE(document::equal(*made, expected))
        << id << " of 1." << minor << ":\n"
        << json_of(&object, symbols_) << "\nmade:     " << json_of(&*made, symbols_)
        << "\nexpected: " << json_of(&expected, symbols_);
    const auto again = intake_.take(*made, type, arena);
    EXPECT_TRUE(again && document::equal(*again, *made))
        << id << " of 1." << minor << " changes once more:\n"
        << json_of(&*made, symbols_) << "\n"
        << (again ? json_of(&*again, symbols_) : again.error().message);
  }

  SymbolTable symbols_;
  Intake intake_{symbols_};
  std::size_t checked_ = 0;
};

std::size_t check_file(const std::filesystem::path& path) {
  IntakeCases cases;
  std::istringstream lines(tests::read_text(path));
  for (std::string line; std::getline(lines, line);) cases.check(line);
  return cases.checked();
}

TEST(Intake, AsApiServersDo) {
  EXPECT_GT(check_file(KASTELL_SOURCE_DIR "/tests/kube/cases/intake.jsonl"), 1000U);
}

// Lines that were generated for the occasion.
TEST(Intake, OtherCases) {
  const char* path = std::getenv("KASTELL_INTAKE_CASES");
  if (path == nullptr) GTEST_SKIP() << "KASTELL_INTAKE_CASES names no file of more cases";
  std::printf("%zu objects\n", check_file(path));
}

std::string problem_of(std::string_view text, std::string_view kind) {
  SymbolTable symbols;
  Intake intake(symbols);
  Arena arena;
  const auto source = std::make_shared<document::Source>("object", text);
  const auto stream = document::parse(source, symbols);
  const auto made = intake.take(stream.documents.front().root, type_of("", "v1", kind, 37), arena);
  return made ? "" : made.error().message;
}

TEST(Intake, SaysWhatCannotBeRead) {
  EXPECT_EQ(problem_of("spec: {containers: [{name: a, ports: [{containerPort: '80'}]}]}", "Pod"),
            "spec.containers[0].ports[0].containerPort: must be an integer of 32 bits");
  EXPECT_EQ(problem_of("metadata: {labels: {a: 1}}", "Pod"), "metadata.labels.a: must be a string");
  EXPECT_EQ(problem_of("spec: {hard: {pods: many}}", "ResourceQuota"), "spec.hard.pods: must be a quantity");
  EXPECT_EQ(problem_of("metadata: {creationTimestamp: yesterday}", "Pod"),
            "metadata.creationTimestamp: must be a time as a string");
}

}  // namespace
}  // namespace kastell::kube

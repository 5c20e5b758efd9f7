// The cases of tests/kube/cases/*.yaml.

#include <gtest/gtest.h>

#include <fstream>
#include <sstream>

#include "document/document.h"
#include "document/write.h"
#include "kube/image_reference.h"
#include "kube/object_types.h"
#include "kube/pod_view.h"
#include "kube/selectors.h"

namespace kastell::kube {
namespace {

using document::Node;

class CaseFile {
 public:
  explicit CaseFile(const std::string& name) {
    const std::string path = std::string(KASTELL_SOURCE_DIR "/tests/kube/cases/") + name;
    std::stringstream text;
    text << std::ifstream(path).rdbuf();
    stream_ = document::parse(std::make_shared<document::Source>(path, text.str()), symbols);
    for (const Error& error : stream_.errors) ADD_FAILURE() << to_string(error);
  }

  std::span<const document::Document> documents() const { return stream_.documents; }
  std::string place_of(const Node& list, std::size_t item) const {
    return to_string(Error{{}, "", stream_.source->place_of(list.value_offsets()[item])});
  }

  const Node* find(const Node& object, std::string_view key) { return object.find(symbols.intern(key)); }
  std::string text(const Node& object, std::string_view key) {
    const Node* value = find(object, key);
    return value == nullptr ? std::string{} : std::string(value->as_string());
  }
  std::string json(const Node* node) const {
    std::string out;
    if (node != nullptr) document::append_json(out, *node, symbols);
    return out;
  }

  SymbolTable symbols;

 private:
  document::DocumentStream stream_;
};

std::vector<std::string> strings_of(const Node* list) {
  std::vector<std::string> texts;
  if (list == nullptr) return texts;
  for (const Node& item : list->as_list()) texts.emplace_back(item.as_string());
  return texts;
}

void check_field(CaseFile& file, const Node& field, std::span<const BuiltPodView> pods) {
  const Node* pod_number = file.find(field, "pod");
  const PodView& pod = pods[pod_number == nullptr ? 0 : static_cast<std::size_t>(pod_number->integer)].view;
  const Node* number = file.find(field, "container");
  std::optional<std::uint32_t> container;
  if (number != nullptr) container = static_cast<std::uint32_t>(number->integer);
  ASSERT_TRUE(!container || *container < pod.containers.size());
  const auto path = document::parse_path(file.text(field, "path"), file.symbols);
  ASSERT_TRUE(path);
  SCOPED_TRACE(file.text(field, "path"));
  const Node& view = container ? pod.containers[*container].view : pod.view;
  EXPECT_EQ(file.json(document::find(view, *path)), file.json(file.find(field, "value")));
  EXPECT_EQ(document::to_string(origin(pod, container, *path), file.symbols), file.text(field, "origin"));
}

std::string to_text(const PodProblem& problem, const SymbolTable& symbols) {
  std::string text;
  if (problem.container != PodProblem::whole_pod) text = "container " + std::to_string(problem.container) + ": ";
  return text + document::to_string(problem.path, symbols) + ": " + std::string(problem.message);
}

TEST(PodViewTest, Cases) {
  CaseFile file("pod_view.yaml");
  EXPECT_GT(file.documents().size(), 20U);
  for (const auto& document : file.documents()) {
    SCOPED_TRACE(file.text(document.root, "name"));
    Arena arena;
    const Node object = document::without_null_members(*file.find(document.root, "object"), arena);
    std::vector<BuiltPodView> pods;
    std::vector<std::string> paths, problems;
    for (const PodLocation& location : find_pods(object, file.symbols, arena)) {
      paths.push_back(document::to_string(location.spec_path, file.symbols));
      pods.push_back(build_pod_view(object, location, file.symbols, arena));
      for (const PodProblem& problem : pods.back().problems) problems.push_back(to_text(problem, file.symbols));
    }
    EXPECT_EQ(paths, strings_of(file.find(document.root, "pods")));
    EXPECT_EQ(problems, strings_of(file.find(document.root, "problems")));
    for (const Node& field : file.find(document.root, "fields")->as_list()) check_field(file, field, pods);
  }
}

TEST(PodViewTest, BuildsWithoutMemoryBesidesTheArena) {
  CaseFile file("pod_view.yaml");
  const Node& object = *file.find(file.documents()[0].root, "object");
  Arena arena;
  std::size_t after_first = 0;
  for (int round = 0; round < 3; ++round) {
    arena.reset();
    const auto built = build_pod_view(object, find_pods(object, file.symbols, arena)[0], file.symbols, arena);
    EXPECT_EQ(built.view.containers.size(), 3U);
    if (round == 0) after_first = arena.reserved_bytes();
    EXPECT_EQ(arena.reserved_bytes(), after_first);
  }
}

TEST(ObjectTypesTest, Cases) {
  CaseFile file("object_types.yaml");
  EXPECT_GT(file.documents().size(), 15U);
  for (const auto& document : file.documents()) {
    SCOPED_TRACE(file.text(document.root, "name"));
    Arena arena;
    const Node object = document::without_null_members(*file.find(document.root, "object"), arena);
    const std::string api_version = file.text(object, "apiVersion");
    const std::size_t slash = api_version.find('/');
    const std::string group = slash == std::string::npos ? "" : api_version.substr(0, slash);
    std::vector<std::string> problems;
    for (const TypeProblem& problem : find_type_problems(object, group, file.text(object, "kind"), arena)) {
      problems.push_back(document::to_string(problem.path, file.symbols) + ": " + std::string(problem.message));
    }
    EXPECT_EQ(problems, strings_of(file.find(document.root, "problems")));
  }
}

TEST(ObjectTypesTest, FlawlessObjectsNeedNoMemory) {
  CaseFile file("object_types.yaml");
  Arena arena;
  const Node& object = *file.find(file.documents()[0].root, "object");
  EXPECT_TRUE(find_type_problems(object, "networking.k8s.io", "NetworkPolicy", arena).empty());
  EXPECT_EQ(arena.reserved_bytes(), 0U);
}

TEST(SelectorsTest, Cases) {
  CaseFile file("selectors.yaml");
  const Node& cases = file.documents()[0].root;
  for (std::size_t i = 0; i < cases.size; ++i) {
    const Node& one = cases.items[i];
    SCOPED_TRACE(file.place_of(cases, i));
    const auto result = selects(*one.find(symbols::selector), one.find(symbols::labels), file.symbols);
    const Node& expected = *file.find(one, "matches");
    if (expected.is_string()) {
      ASSERT_FALSE(result);
      EXPECT_EQ(result.error().code, ErrorCode::unsupported);
      EXPECT_EQ(result.error().message, expected.as_string());
    } else {
      ASSERT_TRUE(result) << result.error().message;
      EXPECT_EQ(*result, expected.boolean);
    }
  }
}

TEST(ImageReferenceTest, Cases) {
  CaseFile file("image_references.yaml");
  const Node& cases = file.documents()[0].root;
  for (std::size_t i = 0; i < cases.size; ++i) {
    SCOPED_TRACE(file.place_of(cases, i));
    const auto reference = parse_image_reference(cases.items[i].find(file.symbols.intern("text"))->as_string());
    const Node& expected = *file.find(cases.items[i], "reference");
    ASSERT_EQ(reference.has_value(), !expected.is_null());
    if (!reference) continue;
    EXPECT_EQ(reference->registry, file.text(expected, "registry"));
    EXPECT_EQ(reference->repository, file.text(expected, "repository"));
    EXPECT_EQ(reference->tag, file.text(expected, "tag"));
    EXPECT_EQ(reference->digest, file.text(expected, "digest"));
  }
}

}  // namespace
}  // namespace kastell::kube

// Components: the cases of tests/kube/cases/components.yaml, values of flags, and the table itself.

#include <gtest/gtest.h>

#include <fstream>
#include <set>
#include <sstream>

#include "document/document.h"
#include "document/write.h"
#include "kube/component/flag_value.h"
#include "kube/component_view.h"

namespace kastell::kube {
namespace {

using document::Node;
using document::Path;
using document::Step;

class Components : public ::testing::Test {
 protected:
  std::string json(const Node* node) const {
    std::string out;
    if (node != nullptr) document::append_json(out, *node, symbols_);
    return out;
  }
  const Node* find(const Node& object, std::string_view key) { return object.find(symbols_.intern(key)); }
  std::string text(const Node& object, std::string_view key) {
    const Node* value = find(object, key);
    return value == nullptr ? std::string{} : std::string(value->as_string());
  }

  std::vector<ComponentView> components_of(const Node& object) {
    std::vector<ComponentView> all;
    for (const PodLocation& location : find_pods(object, symbols_, arena_)) {
      const auto built = build_pod_view(object, location, symbols_, arena_);
      for (const ComponentView& one : components_of_pod(built.view, flags_, symbols_, arena_)) all.push_back(one);
    }
    if (may_hold_components(object)) {
      for (const auto& one : components_of_configuration(object, flags_, symbols_, arena_)) all.push_back(one);
    }
    return all;
  }

  Path flag_path(std::string_view list, Symbol flag) { return {Step::key(symbols_.intern(list)), Step::key(flag)}; }

  void check_values(const ComponentView& component, const Node& expected, std::string_view list) {
    const Node* wanted = find(expected, list);
    if (wanted == nullptr) return;
    for (std::uint32_t i = 0; i < wanted->size; ++i) {
      const Path path = flag_path(list, wanted->member_keys()[i]);
      SCOPED_TRACE(document::to_string(path, symbols_));
      EXPECT_EQ(json(document::find(component.view, path)), json(&wanted->items[i]));
      EXPECT_EQ(unknown_reason(component, path), "");
    }
  }

  void check_unknown(const ComponentView& component, const Node& wanted) {
    for (std::uint32_t i = 0; i < wanted.size; ++i) {
      const Path path = flag_path("flags", wanted.member_keys()[i]);
      SCOPED_TRACE(document::to_string(path, symbols_));
      EXPECT_EQ(unknown_reason(component, path), wanted.items[i].as_string());
      EXPECT_EQ(document::find(component.view, path), nullptr);
      EXPECT_TRUE(component.has_unknowns());
    }
  }

  // "-path": where it would be written.
  void check_origins(const ComponentView& component, const Node& wanted) {
    for (std::uint32_t i = 0; i < wanted.size; ++i) {
      const auto place = origin(component, flag_path("flags", wanted.member_keys()[i]));
      EXPECT_EQ((place.written ? "" : "-") + document::to_string(place.path, symbols_), wanted.items[i].as_string());
    }
  }

  void check(const ComponentView& component, const Node& expected) {
    EXPECT_EQ(component.name, text(expected, "name"));
    EXPECT_EQ(component.container, text(expected, "container"));
    const Node* version = component.view.find(symbols::version);
    EXPECT_EQ(version == nullptr ? "" : version->as_string(), text(expected, "version"));
    check_values(component, expected, "flags");
    check_values(component, expected, "hostFiles");
    check_values(component, expected, "fileMounts");
    if (const Node* wanted = find(expected, "fileCount")) {
      EXPECT_EQ(component.view.find(component.keys->file_mounts)->size, wanted->integer);
    }
    if (find(expected, "mountsUnknown") != nullptr) {
      EXPECT_EQ(component.mounts_unknown, text(expected, "mountsUnknown"));
    }
    if (const Node* wanted = find(expected, "unknown")) check_unknown(component, *wanted);
    if (const Node* wanted = find(expected, "origins")) check_origins(component, *wanted);
    if (const Node* wanted = find(expected, "errors")) {
      EXPECT_EQ(json(component.view.find(component.keys->errors)), json(wanted));
    }
  }

  SymbolTable symbols_;
  Arena arena_;
  ComponentFlags flags_{symbols_};
};

TEST_F(Components, Cases) {
  const std::string path = KASTELL_SOURCE_DIR "/tests/kube/cases/components.yaml";
  std::stringstream content;
  content << std::ifstream(path).rdbuf();
  const auto stream = document::parse(std::make_shared<document::Source>(path, content.str()), symbols_);
  for (const Error& error : stream.errors) ADD_FAILURE() << to_string(error);
  EXPECT_GE(stream.documents.size(), 17U);
  for (const auto& document : stream.documents) {
    SCOPED_TRACE(text(document.root, "name"));
    const auto components = components_of(*find(document.root, "object"));
    const auto expected = find(document.root, "components")->as_list();
    ASSERT_EQ(components.size(), expected.size());
    for (std::size_t i = 0; i < expected.size(); ++i) check(components[i], expected[i]);
  }
}

// Go's own answers (strconv, time.ParseDuration, pflag).
TEST_F(Components, ValuesAsGoReadsThem) {
  const struct {
    FlagType type;
    std::string_view text, value;  // empty: refused
  } cases[] = {
      {FlagType::boolean, "T", "true"},
      {FlagType::boolean, "0", "false"},
      {FlagType::boolean, "yes", ""},
      {FlagType::boolean, "", ""},
      {FlagType::integer, "0x1F", "31"},
      {FlagType::integer, "-7", "-7"},
      {FlagType::integer, "010", "8"},
      {FlagType::integer, "08", ""},
      {FlagType::integer, "--7", ""},
      {FlagType::integer, "7 ", ""},
      {FlagType::integer, "", ""},
      {FlagType::floating, "0.5", "0.5"},
      {FlagType::floating, "a", ""},
      {FlagType::duration, "0", "\"0\""},
      {FlagType::duration, "5", ""},
      {FlagType::duration, "1h2m", "\"1h2m\""},
      {FlagType::duration, ".5s", "\".5s\""},
      {FlagType::duration, "1.s", "\"1.s\""},
      {FlagType::duration, ".s", ""},
      {FlagType::duration, "-1us", "\"-1us\""},
      {FlagType::duration, "", ""},
      {FlagType::address, "127.0.0.1", "\"127.0.0.1\""},
      {FlagType::address, "127.0.0.256", ""},
      {FlagType::address, "::1", "\"::1\""},
      {FlagType::address, "localhost", ""},
      {FlagType::list, "", "[]"},
      {FlagType::list, "a,b", "[\"a\",\"b\"]"},
      {FlagType::list, "a,", "[\"a\",\"\"]"},
      {FlagType::list, "\"a,b\",c", "[\"a,b\",\"c\"]"},
      {FlagType::repeated, "a,b", "[\"a,b\"]"},
      {FlagType::map, "a=true,b=x,c", "{\"a\":true,\"b\":\"x\",\"c\":true}"},
  };
  for (const auto& one : cases) {
    SCOPED_TRACE(one.text);
    const auto value = read_value(one.type, one.text, nullptr, symbols_, arena_);
    EXPECT_EQ(value ? json(&*value) : "", one.value);
  }
}

// The table says for each component what controls and views rely on.
TEST_F(Components, TheTableIsWellFormed) {
  for (const std::string_view name :
       {"kube-apiserver", "kube-controller-manager", "kube-scheduler", "kube-proxy", "kubelet", "etcd"}) {
    const ComponentSpec* spec = flags_.find(name);
    ASSERT_NE(spec, nullptr) << name;
    EXPECT_GT(spec->flags.size(), 50U) << name;
    for (const FlagSpec& flag : spec->flags) {
      const std::string label = std::string(name) + " --" + std::string(symbols_.text(flag.name));
      EXPECT_EQ(flag.default_value.kind, zero_value(flag.type).kind) << label;
      EXPECT_LT(flag.from, flag.before) << label;
      for (std::size_t i = 0; i < flag.file_count; ++i) EXPECT_FALSE(spec->find(flag.files[i]).empty()) << label;
      for (const FlagSpec& other : spec->find(flag.name)) {
        EXPECT_TRUE(&other == &flag || other.before <= flag.from || flag.before <= other.from) << label;
      }
    }
  }
}

}  // namespace
}  // namespace kastell::kube

#include "policy/mutation.h"

#include <gtest/gtest.h>

#include <algorithm>
#include <fstream>
#include <sstream>

namespace kastell::policy::testing {

using document::Member;
using document::Node;
using document::Path;
using document::Step;

namespace {

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

// `value` null: what is at the path goes.
Node changed(const Node& node, std::span<const Step> path, const Node* value, Arena& arena) {
  const auto is_target = [&path](std::uint32_t at, Symbol key, bool index) {
    return path[0].is_index == index && path[0].number == (index ? at : static_cast<std::uint32_t>(key));
  };
  std::vector<Member> members;
  std::vector<Node> items;
  for (std::uint32_t i = 0; i < node.size; ++i) {
    const Symbol key = node.is_object() ? node.member_keys()[i] : Symbol{};
    const bool target = is_target(i, key, node.is_list());
    const bool last = target && path.size() == 1;
    if (last && value == nullptr) continue;
    Node child = node.items[i];
    if (target) child = last ? *value : changed(child, path.subspan(1), value, arena);
    node.is_object() ? members.push_back({key, child}) : items.push_back(child);
  }
  return node.is_object() ? make_object(arena, members, false) : make_list(arena, items);
}

}  // namespace

std::vector<Path> paths_below(const Node& node) {
  std::vector<Path> paths;
  Path here;
  collect_paths(node, here, paths);
  return paths;
}

Node without(const Node& node, std::span<const Step> path, Arena& arena) {
  return changed(node, path, nullptr, arena);
}

Node with_value(const Node& node, std::span<const Step> path, const Node& value, Arena& arena) {
  return changed(node, path, &value, arena);
}

bool is_prefix(std::span<const Step> a, std::span<const Step> b) {
  return a.size() <= b.size() && std::ranges::equal(a, b.first(a.size()));
}

ScanOptions options_for(const Control& control, const Example& example) {
  ScanOptions options{
      .controls = {std::string(control.id)}, .parameters = example.parameters, .all_verdicts = true, .threads = 1};
  if (!example.version.empty()) {
    options.pod_security =
        PodSecurityLevel{PodSecurityLevel::Level::privileged, *cel::parse_kubernetes_version(example.version)};
  }
  return options;
}

ExceptionList::ExceptionList(const std::string& file, SymbolTable& symbols) {
  const std::string path = KASTELL_SOURCE_DIR "/tests/policy/" + file;
  std::stringstream text;
  text << std::ifstream(path).rdbuf();
  const auto stream = document::parse(std::make_shared<document::Source>(path, text.str()), symbols);
  for (const Error& error : stream.errors) ADD_FAILURE() << to_string(error);
  const auto texts_of = [&symbols](const Node& node, std::string_view key) {
    const Node* value = node.find(symbols.intern(key));
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

bool ExceptionList::contains(const std::string& control, const std::string& path) {
  bool found = false;
  for (Exception& exception : exceptions_) {
    if (exception.control != control || exception.path != path) continue;
    exception.used = found = true;
  }
  return found;
}

std::vector<std::string> ExceptionList::unused() const {
  std::vector<std::string> texts;
  for (const Exception& exception : exceptions_) {
    if (!exception.used) texts.push_back(exception.control + " " + exception.path);
  }
  return texts;
}

}  // namespace kastell::policy::testing

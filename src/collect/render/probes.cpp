#include "collect/render/probes.h"

#include <algorithm>
#include <charconv>
#include <set>

#include "collect/render/bundle_files.h"
#include "collect/render/template_references.h"

namespace kastell::collect {

namespace {

constexpr std::size_t most_probes = 5000;

Key appended(Key key, KeyStep step) {
  key.push_back(std::move(step));
  return key;
}

Key key_of(std::string_view prefix) {  // "a.b."
  Key key;
  for (std::size_t begin = 0; begin < prefix.size();) {
    const std::size_t end = std::min(prefix.find('.', begin), prefix.size());
    key.push_back({.name = std::string(prefix.substr(begin, end - begin))});
    begin = end + 1;
  }
  return key;
}

// "web/charts/redis/templates/x.yaml" → {"redis"}: where the values of that template are.
Key values_key_of(std::string_view source) {
  Key key;
  constexpr std::string_view charts = "/charts/";
  for (std::size_t at = source.find(charts); at != std::string_view::npos; at = source.find(charts, at)) {
    at += charts.size();
    const std::size_t end = std::min(source.find('/', at), source.size());
    key.push_back({.name = std::string(source.substr(at, end - at))});
    at = end;
  }
  return key;
}

class ProbeMaker {
 public:
  ProbeMaker(ValuesNode& values, const ChartFiles& chart) : values_(values), chart_(chart) {}

  ProbeRounds make() && {
    for (const auto& [source, number] : chart_.by_source) {
      references_.emplace_back(values_key_of(source), references_in(chart_.templates[number].text));
      relative_.merge(std::set(references_.back().second.relative));
    }
    visit(values_, {}, false);
    add_absent();
    return std::move(rounds_);
  }

 private:
  static void add(std::vector<Probe>& round, Probe::Change change, Key key) {
    if (round.size() < most_probes) round.push_back({change, std::move(key)});
  }

  // Recursion is bounded by the depth that the parser allows.
  void visit(const ValuesNode& node, const Key& key, bool in_list) {
    switch (node.kind) {
      case ValuesNode::Kind::scalar: return visit_scalar(node, key);
      case ValuesNode::Kind::map: return visit_map(node, key, in_list);
      case ValuesNode::Kind::list: break;
    }
    if (node.items.empty()) add(rounds_.members, Probe::Change::list, key);
    for (std::size_t i = 0; i < node.items.size(); ++i) {
      visit(node.items[i], appended(key, {.name = {}, .index = i, .is_index = true}), true);
    }
  }

  void visit_map(const ValuesNode& node, const Key& key, bool in_list) {
    if (!key.empty()) add(rounds_.members, Probe::Change::member, key);
    for (const auto& [name, value] : node.members) visit(value, appended(key, {.name = name}), false);
    if (!in_list) return;
    for (const std::string& name : relative_) {
      const bool there = std::ranges::any_of(node.members, [&](const auto& member) { return member.first == name; });
      if (!there) add(rounds_.items, Probe::Change::member, appended(key, {.name = name}));
    }
  }

  void visit_scalar(const ValuesNode& node, const Key& key) {
    if (node.is_string() && node.text.find('\n') != std::string::npos) {
      return add(rounds_.members, Probe::Change::text, key);
    }
    add(rounds_.scalars, Probe::Change::scalar, key);
    if (node.scalar == document::Kind::null) add(rounds_.members, Probe::Change::member, key);
    const bool says_something = node.is_string() && !node.text.empty();
    const bool decides = node.scalar == document::Kind::boolean || node.scalar == document::Kind::integer;
    if (decides || says_something) add(rounds_.flips, Probe::Change::flip, key);
  }

  // What templates ask for and no file gives.
  void add_absent() {
    std::set<std::string> seen;
    for (const auto& [above, references] : references_) {
      for (const auto& names : references.values) {
        Key key = above;
        for (const std::string& name : names) key.push_back({.name = name});
        if (find(values_, key) != nullptr || !seen.insert(to_string(key)).second) continue;
        add(rounds_.scalars, Probe::Change::scalar, key);
        add(rounds_.members, Probe::Change::member, std::move(key));
      }
    }
  }

  ValuesNode& values_;
  const ChartFiles& chart_;
  std::vector<std::pair<Key, TemplateReferences>> references_;
  std::set<std::string> relative_;
  ProbeRounds rounds_;
};

void flip(ValuesNode& node) {
  if (node.scalar == document::Kind::boolean) {
    node.text = node.text == "true" ? "false" : "true";
  } else if (node.scalar == document::Kind::integer) {
    node.text = node.text == "0" ? "1" : "0";
  } else {
    node.text.clear();
  }
}

void apply(ValuesNode& values, const Probe& probe, const std::string& marker) {
  ValuesNode* node = probe.change == Probe::Change::flip ? find(values, probe.key) : make(values, probe.key);
  if (node == nullptr) return;
  switch (probe.change) {
    case Probe::Change::scalar: *node = ValuesNode::string(marker); break;
    case Probe::Change::text: node->text += "\n" + marker + ": kz\n"; break;
    case Probe::Change::flip: flip(*node); break;
    case Probe::Change::list:
      node->kind = ValuesNode::Kind::list;
      node->items.push_back(ValuesNode::map());
      node->items.back().members.push_back({marker, ValuesNode::string("kz")});
      break;
    case Probe::Change::member:
      if (node->kind == ValuesNode::Kind::scalar) *node = ValuesNode::map();
      node->members.push_back({marker, ValuesNode::string("kz")});
      break;
  }
}

void merge_file(ValuesNode& values, const Key& above, const FileSystem& files, const std::string& path) {
  const auto file = BundleFile::read(files, path);
  if (!file) return;
  ValuesNode* node = make(values, above);
  if (node != nullptr) merge(*node, values_of(file->root(), file->offset(), file->source(), file->symbols()));
}

}  // namespace

std::string marker_of(std::size_t probe) {
  return "kz" + std::to_string(probe) + "z";
}

std::vector<std::size_t> probes_in(std::string_view text, std::size_t count) {
  std::vector<std::size_t> found;
  for (std::size_t at = text.find("kz"); at != std::string_view::npos; at = text.find("kz", at + 1)) {
    std::size_t number = count;
    const char* begin = text.data() + at + 2;
    const auto [end, error] = std::from_chars(begin, text.data() + text.size(), number);
    if (error == std::errc{} && end != text.data() + text.size() && *end == 'z' && number < count)
      found.push_back(number);
  }
  return found;
}

ValuesNode merged_values(const FileSystem& files, const ChartFiles& chart, const std::vector<std::string>& user_files) {
  ValuesNode values = ValuesNode::map();
  // A chart's own values go over those that its subcharts bring.
  for (auto one = chart.values_files.rbegin(); one != chart.values_files.rend(); ++one) {
    merge_file(values, key_of(one->first), files, one->second);
  }
  for (const std::string& path : user_files) merge_file(values, {}, files, path);
  return values;
}

ProbeRounds probes_for(ValuesNode& values, const ChartFiles& chart) {
  return ProbeMaker(values, chart).make();
}

ValuesNode changed(ValuesNode values, std::span<const Probe> all, std::span<const std::size_t> chosen) {
  for (const std::size_t number : chosen) apply(values, all[number], marker_of(number));
  return values;
}

}  // namespace kastell::collect

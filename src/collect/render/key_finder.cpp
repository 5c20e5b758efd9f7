#include "collect/render/key_finder.h"

#include <algorithm>
#include <functional>
#include <map>
#include <numeric>
#include <set>

#include "collect/render/helm.h"
#include "collect/render/template_references.h"
#include "document/write.h"

namespace kastell::collect {

using document::Node;
using document::Path;
using document::Step;

namespace {

constexpr unsigned renders_per_round = 24;
constexpr std::size_t flips_per_field = 4;
constexpr unsigned deepest = 200;  // levels of a rendered object that are looked at

const Machine& machine_of(const RenderOptions& options) {
  return options.machine == nullptr ? this_machine() : *options.machine;
}

// Calls `see` for every value below `node` with its path; recursion is bounded by `deepest`.
void walk(const Node& node, Path& path, const std::function<void(const Node&, const Path&)>& see) {
  see(node, path);
  if (path.size() >= deepest) return;
  for (std::size_t i = 0; i < node.size && (node.is_object() || node.is_list()); ++i) {
    path.push_back(node.is_object() ? Step::key(node.member_keys()[i]) : Step::index(static_cast<std::uint32_t>(i)));
    walk(node.items[i], path, see);
    path.pop_back();
  }
}

bool begins_with(const Path& path, const Path& beginning) {
  return path.size() >= beginning.size() && std::equal(beginning.begin(), beginning.end(), path.begin());
}

std::string text_of(const Node* node, const SymbolTable& symbols) {
  std::string text;
  if (node != nullptr) document::append_json(text, *node, symbols);
  return text;
}

}  // namespace

KeyFinder::KeyFinder(const ChartProvenance& chart, const FileSystem& files, unsigned renders,
                     Machine::SteadyTime deadline)
    : chart_(chart),
      most_renders_(renders),
      deadline_(deadline),
      base_(std::string(chart.rendered().text()), symbols_),
      values_(merged_values(files, chart.files(), chart.options().values)) {}

// A field that says who or what something is: that a key is part of the name is no hint how to mend it.
bool KeyFinder::is_identity(const ChartField& field) const {
  static constexpr std::string_view names[] = {"name", "namespace", "serviceAccountName", "labels", "roleRef"};
  if (field.path.empty() || field.path.back().is_index) return field.path.empty();
  const Node* root = base_.find(field.object);
  const bool written = root != nullptr && document::find(*root, field.path) != nullptr;
  return written && std::ranges::find(names, symbols_->text(field.path.back().symbol())) != std::end(names);
}

void KeyFinder::find(std::vector<ChartField>& fields) {
  const ProbeRounds rounds = probes_for(values_, chart_.files());
  run_round(rounds.scalars, fields);
  run_round(rounds.members, fields);
  run_round(rounds.items, fields);
  flip_nearby(rounds.flips, fields);
}

void KeyFinder::run_round(std::span<const Probe> probes, std::vector<ChartField>& fields) {
  std::vector<std::size_t> all(probes.size());
  std::iota(all.begin(), all.end(), std::size_t{0});
  renders_of_round_ = 0;
  try_group(probes, all, fields);
}

// Halves until what breaks the chart, or makes a field vanish, is alone. Recursion is bounded by the logarithm of the
// probes' number.
void KeyFinder::try_group(std::span<const Probe> probes, Numbers chosen, std::vector<ChartField>& fields) {
  const bool all_answered =
      std::ranges::all_of(fields, [](const ChartField& field) { return field.answer.has_value(); });
  if (chosen.empty() || all_answered || renders_of_round_ >= renders_per_round || !may_render()) return;
  const auto objects = render(probes, chosen);
  const bool all_seen = objects && read_answers(probes, *objects, fields);
  if (all_seen || chosen.size() == 1) return;
  try_group(probes, chosen.first(chosen.size() / 2), fields);
  try_group(probes, chosen.subspan(chosen.size() / 2), fields);
}

bool KeyFinder::may_render() const {
  return renders_ < most_renders_ && machine_of(chart_.options()).steady_time() < deadline_;
}

std::optional<RenderedObjects> KeyFinder::render(std::span<const Probe> probes, Numbers chosen) {
  ++renders_;
  ++renders_of_round_;
  const auto folder = TemporaryFolder::make();
  if (!folder) return std::nullopt;
  const auto file = folder->add_file("values.json", to_json(changed(values_, probes, chosen)));
  if (!file) return std::nullopt;
  const auto output = helm_template(chart_.chart(), *file, chart_.options());
  if (!output) return std::nullopt;
  RenderedObjects objects(*output, symbols_);
  // Behind a broken document the others would be counted wrongly.
  return objects.is_sound() ? std::optional(std::move(objects)) : std::nullopt;
}

bool KeyFinder::read_answers(std::span<const Probe> probes, const RenderedObjects& objects,
                             std::vector<ChartField>& fields) {
  bool all_seen = true;
  for (ChartField& field : fields) {
    if (field.answer) continue;
    const Node* root = objects.find(field.object);
    if (root == nullptr) {
      all_seen = false;
      continue;
    }
    const Node* value = document::find(*root, field.path);
    if (value != nullptr) answer_by_value(probes, *value, field);
    if (!field.answer) answer_by_member(probes, *root, field);
    const Node* before = base_.find(field.object);
    const bool vanished = value == nullptr && before != nullptr && document::find(*before, field.path) != nullptr;
    all_seen &= field.answer.has_value() || !vanished;
  }
  return all_seen;
}

// A marker in the field's value; in a list or a map, the key of the whole if it has the same shape.
void KeyFinder::answer_by_value(std::span<const Probe> probes, const Node& value, ChartField& field) {
  Path below;
  walk(value, below, [&](const Node& node, const Path& path) {
    if (field.answer) return;
    const auto found = probes_in(node.as_string(), probes.size());
    if (found.empty()) return;
    const Probe& last = probes[found.back()];
    if (last.change != Probe::Change::scalar) return;
    Key key = last.key;
    if (key.size() > path.size() &&
        with_rest({key.begin(), key.end() - static_cast<std::ptrdiff_t>(path.size())}, path) == key) {
      key.resize(key.size() - path.size());
    }
    field.answer = answer_of(key);
    for (const std::size_t other : found) {
      std::string text = to_string(probes[other].key);
      if (other != found.back()) field.answer->others.push_back(std::move(text));
    }
  });
}

// A marker as a member: the nearest one around the field, or within a field that was not there before.
void KeyFinder::answer_by_member(std::span<const Probe> probes, const Node& root, ChartField& field) {
  std::optional<std::size_t> nearest;
  std::size_t depth = 0;
  Path path;
  walk(root, path, [&](const Node& node, const Path& at) {
    for (const Symbol name : node.member_keys()) {
      const auto found = probes_in(symbols_->text(name), probes.size());
      if (found.empty() || probes[found.front()].change == Probe::Change::scalar) continue;
      const bool around = begins_with(field.path, at) && at.size() >= depth;
      if (around && may_come_from(probes[found.front()], field, at.size())) nearest = found.front(), depth = at.size();
      const Node* before = base_.find(field.object);
      const bool appeared = before != nullptr && document::find(*before, field.path) == nullptr;
      if (appeared && at.size() >= field.path.size() && begins_with(at, field.path)) {
        nearest = found.front(), depth = field.path.size();
      }
    }
  });
  if (!nearest) return;
  const Probe& probe = probes[*nearest];
  const bool whole = probe.change == Probe::Change::text || probe.change == Probe::Change::list;
  field.answer = answer_of(whole ? probe.key : with_rest(probe.key, std::span(field.path).subspan(depth)));
}

// A member beside the marker is the key's own if the values hold it, or if nothing else has written it.
bool KeyFinder::may_come_from(const Probe& probe, const ChartField& field, std::size_t depth) {
  if (depth >= field.path.size()) return true;
  const std::span next(field.path.data(), depth + 1);
  const Node* before = base_.find(field.object);
  if (before == nullptr || document::find(*before, next) == nullptr) return true;
  const ValuesNode* node = collect::find(values_, probe.key);
  if (node == nullptr) return false;
  if (probe.change == Probe::Change::text) {
    return !next.back().is_index &&
           node->text.find(std::string(symbols_->text(next.back().symbol())) + ":") != std::string::npos;
  }
  return collect::find(values_, with_rest(probe.key, next.last(1))) != nullptr;
}

Key KeyFinder::with_rest(Key key, std::span<const Step> rest) const {
  for (const Step& step : rest) {
    if (step.is_index) {
      key.push_back({.name = {}, .index = step.number, .is_index = true});
    } else {
      key.push_back({.name = std::string(symbols_->text(step.symbol()))});
    }
  }
  return key;
}

// The place of the key; of one that no file sets, the chart's own values file.
snapshot::ValuesKey KeyFinder::answer_of(const Key& key) {
  snapshot::ValuesKey answer{.key = to_string(key), .place = {}, .others = {}};
  const ValuesNode* node = collect::find(values_, key);
  if (node != nullptr && node->place.line != 0) {
    answer.place = node->place;
  } else {
    answer.place.source = join_path(chart_.chart().folder, "values.yaml");
  }
  return answer;
}

// What decides whether a field is written at all: tried one by one, those that its template mentions nearby first.
void KeyFinder::flip_nearby(const std::vector<Probe>& flips, std::vector<ChartField>& fields) {
  std::map<std::size_t, std::optional<RenderedObjects>> renderings;
  renders_of_round_ = 0;
  for (ChartField& field : fields) {
    if (field.answer) continue;
    const Node* before = base_.find(field.object);
    for (const std::size_t number : nearest_flips(flips, field)) {
      if (field.answer || before == nullptr) break;
      if (!renderings.contains(number)) {
        if (!may_render()) return;
        renderings.emplace(number, render(flips, std::span(&number, 1)));
      }
      const auto& after = renderings.at(number);
      const Node* root = after ? after->find(field.object) : nullptr;
      if (root == nullptr) continue;
      const std::string was = text_of(document::find(*before, field.path), *symbols_);
      if (text_of(document::find(*root, field.path), *symbols_) != was) field.answer = answer_of(flips[number].key);
    }
  }
}

std::vector<std::size_t> KeyFinder::nearest_flips(const std::vector<Probe>& flips, const ChartField& field) const {
  if (!field.written) return {};
  const Place& place = field.written->place;
  const auto file = std::ranges::find(chart_.files().templates, place.source, &ChartFile::path);
  if (file == chart_.files().templates.end()) return {};
  std::vector<std::pair<std::uint32_t, std::size_t>> near;  // lines away, number
  for (std::size_t i = 0; i < flips.size(); ++i) {
    if (flips[i].key.back().is_index) continue;
    const std::uint32_t line = nearest_mention(file->text, "." + flips[i].key.back().name, place.line);
    if (line != 0) near.emplace_back(line > place.line ? line - place.line : place.line - line, i);
  }
  std::ranges::sort(near);
  if (near.size() > flips_per_field) near.resize(flips_per_field);
  std::vector<std::size_t> numbers;
  for (const auto& [distance, number] : near) numbers.push_back(number);
  return numbers;
}

}  // namespace kastell::collect

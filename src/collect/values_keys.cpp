#include "collect/values_keys.h"

#include <algorithm>
#include <map>

#include "base/parallel.h"
#include "collect/render/key_finder.h"

namespace kastell::collect {

namespace {

using Questions = std::vector<FieldQuestion>;

std::optional<ChartField> field_of(const FieldQuestion& question, const snapshot::Snapshot& snapshot,
                                   const ChartProvenance& chart, KeyFinder& finder) {
  const snapshot::Object& object = snapshot.object(question.object);
  const document::Source& source = snapshot.source_of(object);
  const RenderedObjectId* id = finder.base().at_line(source.place_of(object.offset).line);
  auto path = document::parse_path(question.field, finder.symbols());
  const auto own_path = document::parse_path(question.field, *snapshot.shared_symbols());
  if (id == nullptr || !path || !own_path || !object.prefix.empty()) return std::nullopt;
  return ChartField{*id, std::move(*path), chart.written_at(object, *own_path, snapshot.place_of(object, *own_path))};
}

snapshot::ValuesKeys ask(const ChartProvenance& chart, const Questions& questions, const snapshot::Snapshot& snapshot,
                         KeyFinder finder) {
  std::vector<ChartField> fields;
  std::vector<std::size_t> asked;
  for (std::size_t i = 0; i < questions.size(); ++i) {
    auto field = field_of(questions[i], snapshot, chart, finder);
    if (!field || finder.is_identity(*field)) continue;
    fields.push_back(std::move(*field));
    asked.push_back(i);
  }
  finder.find(fields);
  snapshot::ValuesKeys answers;
  for (std::size_t i = 0; i < fields.size(); ++i) {
    const FieldQuestion& question = questions[asked[i]];
    if (fields[i].answer) answers.emplace(std::pair(question.object, question.field), std::move(*fields[i].answer));
  }
  return answers;
}

Machine::SteadyTime deadline_of(const RenderOptions& options) {
  const Machine& machine = options.machine == nullptr ? this_machine() : *options.machine;
  return machine.steady_time() + options.longest;
}

}  // namespace

snapshot::ValuesKeys find_values_keys(const snapshot::Snapshot& snapshot, std::span<const FieldQuestion> questions,
                                      const FileSystem& files, const ValuesKeyLimits& limits) {
  std::map<const ChartProvenance*, Questions> by_chart;
  for (const FieldQuestion& question : questions) {
    const auto* chart = dynamic_cast<const ChartProvenance*>(snapshot.provenance_of(snapshot.object(question.object)));
    if (chart == nullptr) continue;
    Questions& asked = by_chart[chart];
    if (std::ranges::find(asked, question) == asked.end()) asked.push_back(question);
  }
  if (by_chart.empty()) return {};
  const Machine::SteadyTime deadline = deadline_of(by_chart.begin()->first->options());
  const std::vector<std::pair<const ChartProvenance*, Questions>> charts(by_chart.begin(), by_chart.end());
  std::vector<snapshot::ValuesKeys> found(charts.size());
  parallel_for(charts.size(), limits.threads, [&](std::size_t at, unsigned) {
    const auto& [chart, asked] = charts[at];
    found[at] = ask(*chart, asked, snapshot, KeyFinder(*chart, files, limits.renders, deadline));
  });
  snapshot::ValuesKeys answers;
  for (snapshot::ValuesKeys& some : found) answers.merge(some);
  return answers;
}

}  // namespace kastell::collect

// Asks one chart which of its values' keys decide which fields.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "collect/render/chart_provenance.h"
#include "collect/render/probes.h"
#include "collect/render/rendered_objects.h"
#include "collect/values_keys.h"

namespace kastell::collect {

// A field of what the chart renders to, and where in a template it stands.
struct ChartField {
  RenderedObjectId object;
  document::Path path;
  std::optional<snapshot::WrittenPlace> written;
  std::optional<snapshot::ValuesKey> answer = {};
};

class KeyFinder {
 public:
  KeyFinder(const ChartProvenance& chart, const FileSystem& files, unsigned renders, Machine::SteadyTime deadline);

  // What the chart rendered to, for naming the objects of fields.
  const RenderedObjects& base() const { return base_; }
  SymbolTable& symbols() { return *symbols_; }

  bool is_identity(const ChartField& field) const;

  // Fills in the answers that can be found.
  void find(std::vector<ChartField>& fields);

 private:
  using Numbers = std::span<const std::size_t>;

  void run_round(std::span<const Probe> probes, std::vector<ChartField>& fields);
  void try_group(std::span<const Probe> probes, Numbers chosen, std::vector<ChartField>& fields);
  // Whether the rendering showed all fields that are still without an answer.
  bool read_answers(std::span<const Probe> probes, const RenderedObjects& objects, std::vector<ChartField>& fields);
  void answer_by_value(std::span<const Probe> probes, const document::Node& value, ChartField& field);
  void answer_by_member(std::span<const Probe> probes, const document::Node& root, ChartField& field);
  bool may_come_from(const Probe& probe, const ChartField& field, std::size_t depth);
  void flip_nearby(const std::vector<Probe>& flips, std::vector<ChartField>& fields);
  std::vector<std::size_t> nearest_flips(const std::vector<Probe>& flips, const ChartField& field) const;
  std::optional<RenderedObjects> render(std::span<const Probe> probes, Numbers chosen);
  bool may_render() const;
  snapshot::ValuesKey answer_of(const Key& key);
  Key with_rest(Key key, std::span<const document::Step> rest) const;

  const ChartProvenance& chart_;
  const unsigned most_renders_;
  const Machine::SteadyTime deadline_;
  std::shared_ptr<SymbolTable> symbols_ = std::make_shared<SymbolTable>();
  RenderedObjects base_;
  ValuesNode values_;
  unsigned renders_ = 0, renders_of_round_ = 0;
};

}  // namespace kastell::collect

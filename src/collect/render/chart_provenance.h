// From a line of what a chart renders to back to the template that wrote it.
#pragma once

#include <memory>
#include <mutex>
#include <string_view>
#include <vector>

#include "collect/render.h"
#include "collect/render/alignment.h"
#include "collect/render/chart_files.h"
#include "document/source.h"
#include "snapshot/provenance.h"

namespace kastell::collect {

class ChartProvenance final : public snapshot::Provenance {
 public:
  ChartProvenance(Chart chart, ChartFiles files, RenderOptions options,
                  std::shared_ptr<const document::Source> rendered);

  std::optional<snapshot::WrittenPlace> written_at(const snapshot::Object& object, std::span<const document::Step> path,
                                                   const Place& rendered) const override;

  const Chart& chart() const { return chart_; }
  const ChartFiles& files() const { return files_; }
  const RenderOptions& options() const { return options_; }
  const document::Source& rendered() const { return *rendered_; }
  // "web/templates/x.yaml": which template a line of the rendering is of; empty if it does not say.
  std::string_view source_at(std::uint32_t line) const;

 private:
  // What one template wrote at a stretch, behind a `# Source:` comment. Aligned when it is first asked for.
  struct Part {
    std::uint32_t first_line = 0;  // of `text`
    std::string_view source, text;
    mutable std::once_flag asked;
    mutable TemplateFlow flow;
    mutable std::vector<AlignedLine> lines;
  };

  const Part* part_at(std::uint32_t line) const;
  std::optional<snapshot::WrittenPlace> place_in(const Part& part, std::size_t number, std::uint32_t line) const;
  void read_templates() const;
  void align_part(const Part& part, std::size_t number) const;

  Chart chart_;
  ChartFiles files_;
  RenderOptions options_;
  std::shared_ptr<const document::Source> rendered_;
  std::vector<std::unique_ptr<Part>> parts_;  // by first_line
  mutable std::once_flag read_;
  mutable std::vector<TemplateText> templates_;  // beside files_.templates
  mutable Defines defines_;
};

}  // namespace kastell::collect

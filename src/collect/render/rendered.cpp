#include "collect/render/rendered.h"

#include "collect/render/chart_provenance.h"
#include "collect/render/helm.h"
#include "collect/render/kustomization.h"
#include "collect/render/kustomize.h"
#include "collect/render/overlay_provenance.h"

namespace kastell::collect {

using snapshot::Coverage;
using snapshot::CoverageStatus;

namespace {

using Outcome = std::variant<Rendered, Coverage>;

class Renderer {
 public:
  Renderer(const std::string& folder, const std::string& name, const FileSystem& files, SymbolTable& symbols,
           const document::ParseLimits& limits, const RenderOptions& options)
      : folder_(folder), name_(name), files_(files), symbols_(symbols), limits_(limits), options_(options) {}

  Outcome render_chart() const {
    auto chart = read_chart(files_, folder_);
    if (!chart) return unreadable("a Helm chart whose Chart.yaml cannot be read");
    if (chart->is_library) {
      return Coverage{name_, CoverageStatus::skipped, "a library chart: it renders nothing of its own", {}};
    }
    const auto output = helm_template(*chart, "", options_);
    if (!output) return not_rendered("a Helm chart", options_.helm, "--helm", output.error());
    Rendered rendered = parsed(*output);
    rendered.provenance = std::make_shared<const ChartProvenance>(*chart, read_chart_files(files_, *chart), options_,
                                                                  rendered.stream.source);
    return rendered;
  }

  Outcome render_overlay() const {
    const KustomizationParts parts = read_kustomization(files_, folder_);
    if (!parts.hindrance.empty()) return unreadable("a Kustomize overlay, not rendered: " + parts.hindrance);
    const auto home = TemporaryFolder::make();
    if (!home) return unreadable(home.error().message);
    const auto output = kustomize_build(folder_, *home, options_);
    const std::string program = options_.kustomize.empty() ? "kustomize or kubectl" : options_.kustomize;
    if (!output) return not_rendered("a Kustomize overlay", program, "--kustomize", output.error());
    Rendered rendered = parsed(*output);
    rendered.provenance =
        std::make_shared<const OverlayProvenance>(files_, parts, kustomization_file_in(files_, folder_), symbols_);
    return rendered;
  }

 private:
  Coverage unreadable(std::string reason) const { return {name_, CoverageStatus::unreadable, std::move(reason), {}}; }

  Coverage not_rendered(std::string_view what, const std::string& program, std::string_view flag,
                        const Error& error) const {
    std::string reason = std::string(what) + ", not rendered: ";
    if (error.code == ErrorCode::not_found) {
      return unreadable(reason + "no program " + program + " to be found (" + std::string(flag) + " names one)");
    }
    return unreadable(reason + error.message);
  }

  Rendered parsed(const std::string& output) const {
    auto source = std::make_shared<const document::Source>(name_, output);
    return {document::parse(std::move(source), symbols_, {.format = document::Format::yaml, .limits = limits_}),
            nullptr};
  }

  const std::string& folder_;
  const std::string& name_;
  const FileSystem& files_;
  SymbolTable& symbols_;
  const document::ParseLimits& limits_;
  const RenderOptions& options_;
};

}  // namespace

Outcome render(Bundle bundle, const std::string& folder, const std::string& name, const FileSystem& files,
               SymbolTable& symbols, const document::ParseLimits& limits, const RenderOptions& options) {
  const Renderer renderer(folder, name, files, symbols, limits, options);
  return bundle == Bundle::chart ? renderer.render_chart() : renderer.render_overlay();
}

}  // namespace kastell::collect

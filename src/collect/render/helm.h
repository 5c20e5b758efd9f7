// `helm template` with the flags that a scan was given.
#pragma once

#include <string>

#include "collect/render/chart.h"
#include "collect/render/run.h"

namespace kastell::collect {

// The release's name: that of the chart's folder where it can be one, else helm's own default.
std::string release_name(const std::string& folder);

// What the chart renders to. `overrides` is a values file that goes over all others; empty: none. Errors: as
// run_renderer() says; with what to do where dependencies are missing.
Result<std::string> helm_template(const Chart& chart, const std::string& overrides, const RenderOptions& options);

}  // namespace kastell::collect

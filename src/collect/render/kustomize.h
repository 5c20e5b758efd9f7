// `kustomize build`, or `kubectl kustomize`.
#pragma once

#include <string>

#include "collect/render/run.h"

namespace kastell::collect {

Result<std::string> kustomize_build(const std::string& folder, const TemporaryFolder& home,
                                    const RenderOptions& options);

}  // namespace kastell::collect

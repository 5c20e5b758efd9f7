#include "collect/render/kustomize.h"

namespace kastell::collect {

namespace {

// kubectl has kustomize inside it.
bool is_kubectl(const std::string& program) {
  return program.substr(program.rfind('/') + 1).starts_with("kubectl");
}

Result<std::string> build_with(const std::string& program, const std::string& folder, const TemporaryFolder& home,
                               const RenderOptions& options) {
  return run_renderer(program, {is_kubectl(program) ? "kustomize" : "build", folder}, home, options);
}

}  // namespace

Result<std::string> kustomize_build(const std::string& folder, const TemporaryFolder& home,
                                    const RenderOptions& options) {
  const std::string argument = folder.starts_with('-') ? "./" + folder : folder;
  if (!options.kustomize.empty()) return build_with(options.kustomize, argument, home, options);
  auto output = build_with("kustomize", argument, home, options);
  if (output || output.error().code != ErrorCode::not_found) return output;
  return build_with("kubectl", argument, home, options);
}

}  // namespace kastell::collect

// The files that `--baseline` and `--write-baseline` name.

#include "base/file_system.h"
#include "cli/commands/scan_request.h"
#include "cli/terminal/output.h"
#include "policy/baseline.h"

namespace kastell::cli {

Result<void> use_baseline(const ScanRequest& request, policy::ScanResult& result) {
  if (request.baseline.empty()) return {};
  auto content = operating_system_files().read(request.baseline, {.padding = document::Source::padding});
  if (!content) return std::unexpected(content.error());
  auto source = std::make_shared<const document::Source>(request.baseline, std::move(content->buffer), content->size);
  const auto baseline = policy::Baseline::read(std::move(source));
  if (!baseline) return failure(ErrorCode::usage, to_string(baseline.error()));
  using policy::BaselineUse;
  policy::apply_baseline(*baseline, request.new_only ? BaselineUse::hide_known : BaselineUse::mark, result);
  return {};
}

Result<void> write_baseline(const ScanRequest& request, const policy::ScanResult& result, Console& console) {
  if (request.write_baseline.empty()) return {};
  auto output = Output::to_file(console, request.write_baseline);
  if (!output) return std::unexpected(output.error());
  output->write(policy::baseline_text(result));
  return output->finish();
}

}  // namespace kastell::cli

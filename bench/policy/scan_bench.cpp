// Time of opening the catalogue and of judging a snapshot, without reading files.
// usage: scan_bench FILE… [threads]
//   e.g. the 15,267 objects of ../shared/data/bench, unzipped

#include <algorithm>
#include <chrono>
#include <cstdio>
#include <cstdlib>
#include <vector>

#include "base/file_system.h"
#include "policy/scan.h"

namespace {

using namespace kastell;
using Clock = std::chrono::steady_clock;

double seconds_since(Clock::time_point start) {
  return std::chrono::duration<double>(Clock::now() - start).count();
}

// The median of `rounds` calls.
template <typename Work>
double median(int rounds, Work work) {
  std::vector<double> times;
  for (int i = 0; i < rounds; ++i) {
    const auto start = Clock::now();
    work();
    times.push_back(seconds_since(start));
  }
  std::ranges::sort(times);
  return times[times.size() / 2];
}

snapshot::Snapshot read(const std::string& path, const std::shared_ptr<SymbolTable>& symbols) {
  auto content = operating_system_files().read(path, {.padding = document::Source::padding}).value();
  auto source = std::make_shared<document::Source>(path, std::move(content.buffer), content.size);
  snapshot::SnapshotBuilder builder(symbols);
  builder.add(document::parse(std::move(source), *symbols));
  return std::move(builder).finish();
}

void time_scan(const char* name, const snapshot::Snapshot& snapshot, const policy::Catalog& catalog,
               const policy::ScanOptions& options) {
  std::size_t findings = 0, controls = 0;
  const double time = median(5, [&] {
    const auto result = policy::scan(snapshot, catalog, options).value();
    findings = result.findings.size();
    controls = result.controls.size();
  });
  std::printf("%-28s %3zu controls  %7.3f s  %8zu listed\n", name, controls, time, findings);
}

void time_describing(const snapshot::Snapshot& snapshot, const policy::Catalog& catalog) {
  const auto result = policy::scan(snapshot, catalog, {.threads = 1}).value();
  std::size_t bytes = 0;
  const double time = median(1, [&] {
    policy::Describer describer(result);
    for (const auto& finding : result.findings) bytes += describer.describe(finding).message.size();
  });
  std::printf("%-28s               %7.3f s  %8zu listed, %.0f ns each\n", "describe, 1 thread", time,
              result.findings.size(),
              time * 1e9 / static_cast<double>(std::max<std::size_t>(1, result.findings.size())));
}

}  // namespace

int main(int argc, char** argv) {
  if (argc < 2) return std::fputs("usage: scan_bench FILE\n", stderr), 2;
  const double opening = median(9, [] { (void)policy::Catalog::embedded(std::make_shared<SymbolTable>()).value(); });
  std::printf("open the catalogue           %7.3f ms\n", opening * 1e3);

  const auto symbols = std::make_shared<SymbolTable>();
  const auto start = Clock::now();
  const auto snapshot = read(argv[1], symbols);
  std::printf("read %zu objects %.3f s\n", snapshot.objects().size(), seconds_since(start));
  const auto catalog = policy::Catalog::embedded(symbols).value();
  const auto first = Clock::now();
  (void)policy::scan(snapshot, catalog, {.threads = 1}).value();
  std::printf("first scan, expressions compiled %.3f s\n", seconds_since(first));
  time_scan("all, 1 thread", snapshot, catalog, {.threads = 1});
  time_scan("all, 2 threads", snapshot, catalog, {.threads = 2});
  time_scan("restricted, 1 thread", snapshot, catalog, {.pod_security = policy::PodSecurityLevel{}, .threads = 1});
  time_describing(snapshot, catalog);
}

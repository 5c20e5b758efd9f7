// Judging one pod of three containers, once warm: the pod's view, the expressions and the verdicts.
// usage: judge_bench
#include <algorithm>
#include <chrono>
#include <cstdio>
#include <vector>

#include "policy/scan.h"
#include "policy/scan/judge.h"
#include "support/counted_allocations.h"

namespace {

using namespace kastell;
using Clock = std::chrono::steady_clock;

// It passes the restricted level, so that every check runs to its end.
constexpr auto pod = R"yaml(
apiVersion: v1
kind: Pod
metadata: {name: web, namespace: shop, labels: {app: web}}
spec:
  securityContext: {runAsNonRoot: true, seccompProfile: {type: RuntimeDefault}}
  volumes: [{name: cache, emptyDir: {}}, {name: settings, configMap: {name: settings}}]
  containers:
  - name: web
    image: registry.example.com/team/web:1.2.3
    ports: [{containerPort: 8080}]
    securityContext: {allowPrivilegeEscalation: false, capabilities: {drop: [ALL]}}
  - name: proxy
    image: registry.example.com/team/proxy:1.2.3
    volumeMounts: [{name: cache, mountPath: /cache}]
    securityContext: {allowPrivilegeEscalation: false, capabilities: {drop: [ALL]}}
  - name: logs
    image: registry.example.com/team/logs:1.2.3
    securityContext: {allowPrivilegeEscalation: false, capabilities: {drop: [ALL]}, readOnlyRootFilesystem: true}
)yaml";

snapshot::Snapshot read(const std::shared_ptr<SymbolTable>& symbols) {
  snapshot::SnapshotBuilder builder(symbols);
  builder.add(document::parse(std::make_shared<document::Source>("pod", pod), *symbols));
  return std::move(builder).finish();
}

void time_judging(const char* name, const policy::Catalog& catalog, const snapshot::Snapshot& snapshot,
                  const policy::ScanOptions& options) {
  constexpr int rounds = 2000, calls = 100;
  const policy::Selection selection = policy::select_controls(catalog, options).value();
  const policy::Plan plan(selection);
  const policy::Facts facts(snapshot);
  policy::Judge judge(snapshot, facts, plan, selection.controls.size(), false);
  std::vector<policy::Finding> findings;
  std::vector<double> times;
  times.reserve(rounds);
  std::size_t before = 0;
  for (int round = -10; round < rounds; ++round) {
    if (round == 0) before = allocations;
    const auto start = Clock::now();
    for (int i = 0; i < calls; ++i) {
      findings.clear();
      judge.judge(0, findings);
    }
    const double time = std::chrono::duration<double, std::nano>(Clock::now() - start).count() / calls;
    if (round >= 0) times.push_back(time);
  }
  const std::size_t made = allocations - before;
  double sum = 0;
  for (const double time : times) sum += time;
  std::ranges::sort(times);
  std::printf("%-24s %3zu controls  mean %8.0f ns  median %8.0f ns  %zu allocations, %zu listed\n", name,
              selection.controls.size(), sum / rounds, times[times.size() / 2], made, findings.size());
}

}  // namespace

int main() {
  const auto symbols = std::make_shared<SymbolTable>();
  const auto snapshot = read(symbols);
  const auto catalog = policy::Catalog::embedded(symbols).value();
  time_judging("one control", catalog, snapshot, {.controls = {"pod.privileged"}});
  time_judging("restricted level", catalog, snapshot, {.pod_security = policy::PodSecurityLevel{}});
  time_judging("all controls", catalog, snapshot, {});
  return 0;
}

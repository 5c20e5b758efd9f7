#include <algorithm>
#include <atomic>
#include <memory>

#include "base/parallel.h"
#include "policy/exception/accept.h"
#include "policy/scan/judge.h"
#include "policy/scan/unseen.h"

namespace kastell::policy {

namespace {

constexpr std::size_t block_size = 64;  // objects that a thread takes at a time

struct Block {
  std::vector<Finding> findings;
  unsigned worker = 0;
};

class Scan {
 public:
  Scan(const snapshot::Snapshot& snapshot, const Facts& facts, const Selection& selection, const ScanOptions& options)
      : snapshot_(snapshot),
        options_(options),
        plan_(selection),
        blocks_((snapshot.objects().size() + block_size - 1) / block_size) {
    const unsigned threads = static_cast<unsigned>(
        std::min<std::size_t>(thread_count(options.threads), std::max<std::size_t>(1, blocks_.size())));
    for (unsigned i = 0; i < threads; ++i) {
      judges_.push_back(
          std::make_unique<Judge>(snapshot, facts, plan_, selection.controls.size(), options.all_verdicts));
    }
  }

  void run() {
    std::atomic<std::size_t> judged{0};
    parallel_for(blocks_.size(), static_cast<unsigned>(judges_.size()), [&](std::size_t block, unsigned worker) {
      const std::size_t begin = block * block_size;
      const std::size_t end = std::min(begin + block_size, snapshot_.objects().size());
      blocks_[block].worker = worker;
      for (std::size_t id = begin; id < end; ++id) {
        judges_[worker]->judge(static_cast<snapshot::ObjectId>(id), blocks_[block].findings);
      }
      judged += end - begin;
      if (worker == 0 && options_.progress) options_.progress(judged, snapshot_.objects().size());
    });
  }

  void collect(ScanResult& result) {
    result.counts.resize(result.controls.size());
    for (const auto& judge : judges_) add_totals(judge->totals(), result);
    std::size_t total = 0;
    for (const Block& block : blocks_) total += block.findings.size();
    result.findings.reserve(total);
    for (Block& block : blocks_) {
      for (Finding& finding : block.findings) {
        if (finding.reason != 0) {
          finding.reason = reasons_.number_of(judges_[block.worker]->reasons().texts()[finding.reason]);
        }
      }
      result.findings.insert(result.findings.end(), block.findings.begin(), block.findings.end());
      block.findings = {};
    }
    result.reasons = reasons_.texts();
  }

 private:
  static void add_totals(const JudgeTotals& totals, ScanResult& result) {
    result.decided_by_closed_world += totals.decided_by_closed_world;
    result.unreadable += totals.unreadable;
    result.judged_by_owner += totals.judged_by_owner;
    for (std::size_t i = 0; i < totals.counts.size(); ++i) {
      for (const auto count : {&ControlCount::pass, &ControlCount::fail, &ControlCount::not_applicable,
                               &ControlCount::not_evaluated, &ControlCount::accepted, &ControlCount::error}) {
        result.counts[i].*count += totals.counts[i].*count;
      }
    }
  }

  const snapshot::Snapshot& snapshot_;
  const ScanOptions& options_;
  Plan plan_;
  std::vector<Block> blocks_;
  std::vector<std::unique_ptr<Judge>> judges_;
  ReasonTable reasons_;  // in the order of the findings, whatever the number of threads
};

}  // namespace

std::string_view name_of(Verdict verdict) {
  constexpr std::string_view names[] = {"pass", "fail", "not-applicable", "not-evaluated", "accepted", "error"};
  return names[static_cast<std::size_t>(verdict)];
}

namespace {

cel::KubernetesVersion version_of(const snapshot::Snapshot& snapshot, const ScanOptions& options) {
  if (options.kubernetes) return *options.kubernetes;
  const std::string* server = snapshot.find_fact("server.version");
  return server == nullptr ? cel::newest_kubernetes
                           : cel::parse_kubernetes_version(*server).value_or(cel::newest_kubernetes);
}

}  // namespace

Result<ScanResult> scan(const snapshot::Snapshot& snapshot, const Catalog& catalog, const ScanOptions& options) {
  auto selection = select_controls(catalog, options);
  if (!selection) return std::unexpected(std::move(selection.error()));
  ScanResult result;
  result.snapshot = &snapshot;
  find_exceptions(catalog, options, result);
  if (!result.exceptions.empty()) add_exception_controls(catalog, *selection);
  result.controls = selection->controls;
  result.facts = std::make_shared<const Facts>(snapshot, options.parameters, version_of(snapshot, options));
  Scan scan(snapshot, *result.facts, *selection, options);
  scan.run();
  scan.collect(result);
  if (auto added = add_unseen(snapshot, catalog, options, result); !added) return std::unexpected(added.error());
  if (!result.exceptions.empty()) apply_exceptions(options, result);
  return result;
}

int exit_code(const ScanResult& result, Severity fail_on, bool allow_incomplete) {
  const bool incomplete = !result.snapshot->is_complete() || result.unreadable > 0;
  if (incomplete && !allow_incomplete) return 3;
  for (std::size_t i = 0; i < result.controls.size(); ++i) {
    const std::uint64_t known = result.baseline && result.baseline->hides_known ? result.baseline->known[i] : 0;
    if (result.controls[i]->severity >= fail_on && result.counts[i].fail > known) return 1;
  }
  return 0;
}

}  // namespace kastell::policy

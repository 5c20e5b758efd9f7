#include <algorithm>
#include <functional>
#include <iterator>
#include <tuple>
#include <utility>

#include "report/diff/rank.h"

namespace kastell::report {

using policy::Verdict;

namespace {

auto subject_of(const Judgement& one) {
  return std::tie(one.control, one.resource, one.container);
}

class Comparison {
 public:
  Comparison(const Judgements& before, const Judgements& after) : before_(before), after_(after) {
    std::ranges::set_symmetric_difference(before.controls, after.controls,
                                          std::inserter(diff_.not_compared, diff_.not_compared.end()));
  }

  // Both sides are sorted by subject.
  Diff run() && {
    auto before = before_.listed.begin();
    auto after = after_.listed.begin();
    while (before != before_.listed.end() || after != after_.listed.end()) {
      const bool first =
          after == after_.listed.end() || (before != before_.listed.end() && subject_of(*before) < subject_of(*after));
      const bool both = !first && before != before_.listed.end() && subject_of(*before) == subject_of(*after);
      if (first) {
        only_before(*before++);
      } else {
        both ? in_both(*before++, *after) : only_after(*after);
        ++after;
      }
    }
    for (auto* changes : {&diff_.worse, &diff_.better, &diff_.added, &diff_.gone}) {
      std::ranges::stable_sort(*changes, std::greater{},
                               [](const JudgementChange& change) { return change.subject->severity; });
    }
    return std::move(diff_);
  }

 private:
  bool is_compared(const Judgement& one) const { return !diff_.not_compared.contains(one.control); }

  void only_before(const Judgement& one) {
    if (!is_compared(one)) return;
    auto& changes = after_.resources.contains(one.resource) ? diff_.better : diff_.gone;
    changes.push_back({&one, one.verdict, Verdict::pass, one.count, 0});
  }
  void only_after(const Judgement& one) {
    if (!is_compared(one)) return;
    auto& changes = before_.resources.contains(one.resource) ? diff_.worse : diff_.added;
    changes.push_back({&one, Verdict::pass, one.verdict, 0, one.count});
  }
  void in_both(const Judgement& before, const Judgement& after) {
    if (!is_compared(after)) return;
    const std::pair was(rank(before.verdict), before.count), is(rank(after.verdict), after.count);
    if (was == is) return;
    auto& changes = was < is ? diff_.worse : diff_.better;
    changes.push_back({&after, before.verdict, after.verdict, before.count, after.count});
  }

  const Judgements& before_;
  const Judgements& after_;
  Diff diff_;
};

}  // namespace

Diff compare(const Judgements& before, const Judgements& after) {
  return Comparison(before, after).run();
}

bool has_worse(const Diff& diff, policy::Severity at_least) {
  const auto counts = [at_least](const JudgementChange& change) { return change.subject->severity >= at_least; };
  return std::ranges::any_of(diff.worse, counts) || std::ranges::any_of(diff.added, counts);
}

}  // namespace kastell::report

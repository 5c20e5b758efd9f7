// Failures that an exception matches become `accepted`.

#include "policy/exception/accept.h"

#include <algorithm>
#include <unordered_map>

#include "base/machine.h"

namespace kastell::policy {

namespace {

bool is_glob(std::string_view text) {
  return text.find_first_of("*?") != std::string_view::npos;
}

bool matches_text(const std::string& pattern, std::string_view text) {
  return pattern.empty() || matches_glob(pattern, text);
}

// "apps/Deployment", "v1/Pod" is not a form; "Deployment" is of any group.
bool matches_kind(std::string_view wanted, const snapshot::Object& object) {
  const std::size_t slash = wanted.rfind('/');
  if (slash == std::string_view::npos) return wanted.empty() || wanted == object.kind;
  return wanted.substr(slash + 1) == object.kind && wanted.substr(0, slash) == object.group();
}

bool matches_object(const Exception& exception, const snapshot::Object& object) {
  if (!matches_kind(exception.kind, object) || !matches_text(exception.name, object.name)) return false;
  if (exception.name_space.empty()) return true;
  if (snapshot::is_cluster_scoped(object.group(), object.kind)) return false;
  return matches_glob(exception.name_space, object.effective_namespace());
}

// [*] in the pattern stands for any index.
bool matches_field(std::string_view pattern, std::string_view field) {
  while (!pattern.empty()) {
    if (pattern.starts_with("[*]")) {
      const std::size_t close = field.find(']');
      if (!field.starts_with('[') || close == std::string_view::npos) return false;
      const std::string_view index = field.substr(1, close - 1);
      if (index.empty() || index.find_first_not_of("0123456789") != std::string_view::npos) return false;
      pattern.remove_prefix(3);
      field.remove_prefix(close + 1);
    } else if (!field.empty() && field.front() == pattern.front()) {
      pattern.remove_prefix(1);
      field.remove_prefix(1);
    } else {
      return false;
    }
  }
  return field.empty();
}

// Which exceptions may match: by the object that bears them, by exact name, or all others.
class Candidates {
 public:
  explicit Candidates(const std::vector<ExceptionUse>& uses) {
    for (std::uint32_t i = 0; i < uses.size(); ++i) {
      const Exception& exception = uses[i].exception;
      if (!exception.problem.empty()) continue;
      if (uses[i].annotated) {
        by_object_[*uses[i].annotated].push_back(i);
      } else if (exception.name.empty() || is_glob(exception.name)) {
        others_.push_back(i);
      } else {
        by_name_[exception.name].push_back(i);
      }
    }
  }

  template <typename Visit>
  void visit(snapshot::ObjectId id, std::string_view name, const Visit& visit) const {
    if (const auto at = by_object_.find(id); at != by_object_.end()) std::ranges::for_each(at->second, visit);
    if (const auto at = by_name_.find(name); at != by_name_.end()) std::ranges::for_each(at->second, visit);
    std::ranges::for_each(others_, visit);
  }

 private:
  std::unordered_map<snapshot::ObjectId, std::vector<std::uint32_t>> by_object_;
  std::unordered_map<std::string_view, std::vector<std::uint32_t>> by_name_;
  std::vector<std::uint32_t> others_;
};

class Acceptance {
 public:
  explicit Acceptance(ScanResult& result) : result_(result), candidates_(result.exceptions), describer_(result) {}

  void run() {
    for (Finding& finding : result_.findings) {
      const bool undecided = finding.verdict == Verdict::not_evaluated || finding.verdict == Verdict::error;
      if ((finding.verdict != Verdict::fail && !undecided) || result_.unseen_of(finding) != nullptr) continue;
      matching_.clear();
      candidates_.visit(finding.object, result_.object_of(finding).name, [&](std::uint32_t number) {
        if (matches(result_.exceptions[number], finding)) matching_.push_back(number);
      });
      if (matching_.empty()) continue;
      const bool is_all = undecided || are_all_accepted(finding);
      for (const std::uint32_t number : matching_) {
        is_all && !undecided ? accept(finding, number) : void(++result_.exceptions[number].undecided);
      }
    }
    find_targets();
  }

 private:
  // Describing a finding costs the most and comes last.
  bool matches(const ExceptionUse& use, const Finding& finding) {
    const Exception& exception = use.exception;
    if (!matches_glob(exception.control, result_.controls[finding.control]->id)) return false;
    if (!use.annotated && !matches_object(exception, result_.object_of(finding))) return false;
    if (exception.container.empty() && exception.field.empty()) return true;
    const FindingDetail& detail = describer_.describe(finding);
    if (!exception.container.empty() && exception.container != detail.container) return false;
    const auto is_field = [&](const std::string& field) { return matches_field(exception.field, field); };
    return exception.field.empty() || is_field(detail.field) || std::ranges::any_of(detail.also, is_field);
  }

  // Whether every item that causes the finding is one of which an exception that has not expired speaks.
  bool are_all_accepted(const Finding& finding) {
    const auto is_accepted = [&](const std::string& field) {
      return std::ranges::any_of(matching_, [&](std::uint32_t number) {
        const ExceptionUse& use = result_.exceptions[number];
        return !use.is_expired && (use.exception.field.empty() || matches_field(use.exception.field, field));
      });
    };
    const bool is_any_narrow = std::ranges::any_of(
        matching_, [&](std::uint32_t number) { return !result_.exceptions[number].exception.field.empty(); });
    if (!is_any_narrow) return true;
    const FindingDetail& detail = describer_.describe(finding);
    return is_accepted(detail.field) && std::ranges::all_of(detail.also, is_accepted);
  }

  // Of several the first answers for it; all of them are in use.
  void accept(Finding& finding, std::uint32_t number) {
    ExceptionUse& use = result_.exceptions[number];
    if (use.is_expired) return;
    ++use.accepted;
    if (finding.verdict == Verdict::accepted) return;
    finding.verdict = Verdict::accepted;
    finding.reason = reason_of(number);
    --result_.counts[finding.control].fail;
    ++result_.counts[finding.control].accepted;
  }

  std::uint32_t reason_of(std::uint32_t number) {
    const auto [at, is_new] = reasons_.try_emplace(number, static_cast<std::uint32_t>(result_.reasons.size()));
    if (is_new) {
      result_.reasons.push_back(to_reason(result_.exceptions[number].exception));
      result_.exception_by_reason.emplace(at->second, number);
    }
    return at->second;
  }

  // Whether there is anything that an exception could be about.
  void find_targets() {
    for (ExceptionUse& use : result_.exceptions) {
      use.has_target = use.has_target || use.accepted != 0 || use.undecided != 0 ||
                       std::ranges::any_of(result_.snapshot->objects(), [&use](const snapshot::Object& object) {
                         return matches_object(use.exception, object);
                       });
    }
  }

  ScanResult& result_;
  const Candidates candidates_;
  Describer describer_;
  std::unordered_map<std::uint32_t, std::uint32_t> reasons_;  // by exception
  std::vector<std::uint32_t> matching_;                       // exceptions, of one finding
};

bool is_asked(const Exception& exception, const ScanResult& result) {
  return exception.problem.empty() && std::ranges::any_of(result.controls, [&exception](const Control* control) {
           return matches_glob(exception.control, control->id);
         });
}

}  // namespace

void apply_exceptions(const ScanOptions& options, ScanResult& result) {
  const std::chrono::sys_days today =
      options.today.value_or(std::chrono::floor<std::chrono::days>(this_machine().wall_time()));
  for (ExceptionUse& use : result.exceptions) {
    use.is_expired = use.exception.until && *use.exception.until < today;
    use.is_asked = is_asked(use.exception, result);
  }
  Acceptance(result).run();
  judge_exceptions(options, result);
}

}  // namespace kastell::policy

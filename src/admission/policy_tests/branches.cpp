#include <algorithm>

#include "admission/policy_test.h"
#include "base/text.h"
#include "document/path.h"

namespace kastell::admission {

namespace {

struct Line {
  std::string_view text;  // without blanks around it
  std::size_t begin;      // in the whole
};

std::vector<Line> lines_of(std::string_view whole) {
  std::vector<Line> lines;
  for (std::size_t begin = 0; begin <= whole.size();) {
    const std::size_t end = std::min(whole.find('\n', begin), whole.size());
    const std::size_t first = std::min(whole.find_first_not_of(" \t", begin), end);
    lines.push_back({whole.substr(first, end - first), first});
    begin = end + 1;
  }
  return lines;
}

std::size_t offset_of_line(std::string_view text, std::uint32_t line) {
  std::size_t at = 0;
  for (std::uint32_t i = 1; i < line && at < text.size(); ++i) at = std::min(text.find('\n', at), text.size() - 1) + 1;
  return at;
}

Place place_at(const Place& key, std::string_view source, std::size_t offset) {
  const std::size_t start = offset == 0 ? 0 : source.rfind('\n', offset - 1) + 1;  // npos + 1 is 0
  const auto line = 1 + std::ranges::count(source.substr(0, offset), '\n');
  const std::size_t column = 1 + count_code_points(source.substr(start, offset - start));
  return {key.source, static_cast<std::uint32_t>(line), static_cast<std::uint32_t>(column)};
}

// Where a part of an expression stands in the file. YAML may write a text in ways that are not found again (escapes,
// folded lines): then it is the place of the field.
Place place_of_part(const Place& key, std::string_view source, std::string_view expression, std::size_t part) {
  constexpr std::uint32_t most_lines_before = 4;  // between a key and its text
  const std::vector<Line> lines = lines_of(expression);
  const auto end = offset_of_line(source, key.line + static_cast<std::uint32_t>(lines.size()) + most_lines_before);
  const std::string_view window = source.substr(0, end);
  std::size_t at = offset_of_line(source, key.line) + key.column - 1;
  for (const Line& line : lines) {
    at = window.find(line.text, at);
    if (at == std::string_view::npos) return key;
    if (part <= line.begin + line.text.size()) return place_at(key, source, at + (part - line.begin));
    at += line.text.size();
  }
  return key;
}

class BranchReader {
 public:
  BranchReader(const CompiledPolicy& policy, const snapshot::Snapshot& snapshot, TestRun& run)
      : policy_(policy), snapshot_(snapshot), run_(run) {
    const std::string_view kind = policy.policy.is_mutating ? "MutatingAdmissionPolicy" : "ValidatingAdmissionPolicy";
    const auto id = snapshot.find("admissionregistration.k8s.io", kind, "", policy.policy.name);
    if (id) object_ = &snapshot.object(*id);
  }

  void read(const NamedExpression& expression, const cel::BranchCounts& counts) {
    for (const cel::Branch& branch : counts.branches()) {
      const bool is_body = branch.type == cel::Branch::Type::body;
      add(expression, branch, is_body ? "never run" : "never true", branch.was_true);
      if (!is_body) add(expression, branch, "never false", branch.was_false);
    }
  }

 private:
  void add(const NamedExpression& expression, const cel::Branch& branch, std::string_view missing,
           std::uint64_t taken) {
    ++run_.branches;
    if (taken > 0) return;
    const std::string_view text = expression.compiled->text;
    run_.untaken.push_back({std::string(policy_.policy.name), expression.field,
                            std::string(text.substr(branch.begin, branch.end - branch.begin)), missing,
                            place_of(expression, branch.begin)});
  }

  Place place_of(const NamedExpression& expression, std::size_t part) const {
    const auto path = document::parse_path(expression.field, *snapshot_.shared_symbols());
    if (object_ == nullptr || !path) return {};
    const Place key = snapshot_.place_of(*object_, *path);
    if (snapshot_.provenance_of(*object_) != nullptr) return key;  // the text is a template's
    return place_of_part(key, snapshot_.source_of(*object_).text(), expression.compiled->text, part);
  }

  const CompiledPolicy& policy_;
  const snapshot::Snapshot& snapshot_;
  TestRun& run_;
  const snapshot::Object* object_ = nullptr;
};

}  // namespace

void read_branches(const PolicySet& policies, const snapshot::Snapshot& snapshot, ExpressionCoverage& coverage,
                   TestRun& run) {
  for (const CompiledPolicy* policy : policies.all()) {
    BranchReader reader(*policy, snapshot, run);
    for (const NamedExpression& expression : expressions_of(*policy)) {
      if (expression.compiled->program) reader.read(expression, coverage.counts_of(*expression.compiled));
    }
  }
}

}  // namespace kastell::admission

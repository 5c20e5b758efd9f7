#include "policy/describe/evidence.h"

#include <map>
#include <set>
#include <tuple>

#include "policy/scan/cost_limits.h"

namespace kastell::policy {

namespace {

using Rank = std::tuple<bool, bool, std::size_t>;

Rank rank_of(const cel::FieldRead& read, const Subject& subject) {
  const bool exists =
      read.variable < subject.value_count && document::find(subject.values[read.variable], read.path) != nullptr;
  return {read.variable == 0, exists, read.path.size()};
}

using document::Node;
using document::Step;

// How far the path leads to an item of a list, the innermost; 0: it leads to none.
std::size_t item_depth(std::span<const Step> path) {
  while (!path.empty() && !path.back().is_index) path = path.first(path.size() - 1);
  return path.size();
}

// The value without the item that the path leads to.
Node without_item(const Node& value, std::span<const Step> path, Arena& arena) {
  if (path.size() == 1) {
    std::vector<Node> left;
    for (std::uint32_t i = 0; i < value.as_list().size(); ++i) {
      if (i != path[0].number) left.push_back(value.items[i]);
    }
    return document::make_list(arena, left);
  }
  const Node* inner = document::find(value, path.first(1));
  if (inner == nullptr) return value;
  const Node changed = without_item(*inner, path.subspan(1), arena);
  if (!path[0].is_index) return document::with_member(value, path[0].symbol(), changed, arena);
  std::vector<Node> items(value.as_list().begin(), value.as_list().end());
  items[path[0].number] = changed;
  return document::make_list(arena, items);
}

// Items that were taken out, by their list and the place that they had.
class TakenOut {
 public:
  // The path of the item as it was before anything was taken out.
  document::Path original(document::Path path, std::size_t depth) const {
    std::uint32_t& place = path[depth - 1].number;
    const auto list = taken_.find(key_of(path, depth));
    if (list == taken_.end()) return path;
    for (const std::uint32_t gone : list->second) {
      if (gone <= place) ++place;
    }
    return path;
  }
  bool is_empty() const { return taken_.empty(); }
  void add(const document::Path& original, std::size_t depth) {
    taken_[key_of(original, depth)].insert(original[depth - 1].number);
  }

 private:
  // Steps as numbers: keys and indexes of one list do not meet.
  static std::vector<std::uint32_t> key_of(const document::Path& path, std::size_t depth) {
    std::vector<std::uint32_t> key;
    for (std::size_t i = 0; i + 1 < depth; ++i) key.push_back(path[i].number * 2 + (path[i].is_index ? 1 : 0));
    return key;
  }
  std::map<std::vector<std::uint32_t>, std::set<std::uint32_t>> taken_;  // rising
};

bool holds(const Expression& expression, const Subject& subject, cel::Evaluation& evaluation) {
  evaluation.reset();
  evaluation.budget.cost = evidence_cost_limit;
  const cel::Value value = expression.program()->evaluate(evaluation, subject.variables());
  return value.kind == document::Kind::boolean && value.boolean;
}

}  // namespace

std::vector<cel::FieldRead> further_fields(const Expression& expression, const Subject& subject,
                                           const cel::FieldRead& first, cel::Evaluation& evaluation, Arena& arena) {
  if (expression.program() == nullptr) return {};
  std::vector<cel::FieldRead> further;
  TakenOut taken;
  Subject rest = subject;
  for (cel::FieldRead read = first;; read = deciding_field(expression, rest, evaluation)) {
    const std::size_t depth = read.variable == 0 ? item_depth(read.path) : 0;
    if (depth == 0 || further.size() > most_further_fields) return {};
    const document::Path original = taken.original(read.path, depth);
    if (!taken.is_empty()) further.push_back({0, original});
    rest.values[0] = without_item(rest.values[0], std::span(read.path).first(depth), arena);
    taken.add(original, depth);
    if (holds(expression, rest, evaluation)) return further;
  }
}

cel::FieldRead deciding_field(const Expression& expression, const Subject& subject, cel::Evaluation& evaluation) {
  const cel::Program* program = expression.program();
  if (program == nullptr) return {0, {}};
  evaluation.reset();
  evaluation.budget.cost = evidence_cost_limit;
  auto reads = cel::deciding_reads(expression.environment(), program->ast(), evaluation, subject.variables());
  if (evaluation.cost() > evidence_cost_limit) return {0, {}};
  cel::FieldRead best{0, {}};
  Rank best_rank{false, false, 0};
  for (cel::FieldRead& read : reads) {
    const Rank rank = rank_of(read, subject);
    if (rank <= best_rank) continue;
    best_rank = rank;
    best = std::move(read);
  }
  return best;
}

}  // namespace kastell::policy

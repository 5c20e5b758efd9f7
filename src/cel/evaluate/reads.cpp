#include "cel/evaluate/reads.h"

#include <algorithm>
#include <numeric>

#include "cel/evaluate/naive.h"

namespace kastell::cel {

namespace {

// Orders reads so that a path stands before everything below it.
bool comes_before(const FieldRead& a, const FieldRead& b) {
  if (a.variable != b.variable) return a.variable < b.variable;
  return std::lexicographical_compare(a.path.begin(), a.path.end(), b.path.begin(), b.path.end(),
                                      [](const document::Step& x, const document::Step& y) {
                                        return x.is_index != y.is_index ? x.is_index < y.is_index : x.number < y.number;
                                      });
}

bool is_at_or_above(const FieldRead& above, const FieldRead& read) {
  return read.variable == above.variable && read.path.size() >= above.path.size() &&
         std::equal(above.path.begin(), above.path.end(), read.path.begin());
}

bool same_read(const FieldRead& a, const FieldRead& b) {
  return a.variable == b.variable && a.path == b.path;
}

// Only these are told apart by address: an empty list shares its address with others.
bool has_address(const Value& value) {
  return (value.is_list() || value.is_object()) && value.size > 0;
}

}  // namespace

void ReadRecorder::record(const FieldRead& read) {
  groups_.push_back({read});
}

void ReadRecorder::append(Reads reads) {
  if (!reads.empty()) groups_.push_back(std::move(reads));
}

Reads ReadRecorder::take_from(std::size_t mark) {
  Reads taken;
  for (std::size_t i = mark; i < groups_.size(); ++i) taken.splice(taken.end(), groups_[i]);
  groups_.resize(std::min(mark, groups_.size()));
  return taken;
}

void ReadRecorder::erase(std::size_t first, std::size_t kept) {
  groups_.erase(groups_.begin() + static_cast<std::ptrdiff_t>(first),
                groups_.begin() + static_cast<std::ptrdiff_t>(kept));
}

std::optional<FieldRead> ReadRecorder::below(const FieldRead& at, const Value& key) const {
  FieldRead read = at;
  if (key.is_string()) {
    read.path.push_back(document::Step::key(symbols_.intern(key.as_string())));
  } else if (key.kind == Kind::integer && key.integer >= 0 && key.integer <= UINT32_MAX) {
    read.path.push_back(document::Step::index(static_cast<std::uint32_t>(key.integer)));
  } else {
    return std::nullopt;
  }
  return read;
}

void ReadRecorder::learn_origin(const Value& value, const FieldRead& at) {
  if (!has_address(value) || !origins_.emplace(value.items, at).second || !value.is_list()) return;
  for (std::uint32_t i = 0; i < value.size; ++i) {
    if (!has_address(value.items[i])) continue;
    FieldRead item = at;
    item.path.push_back(document::Step::index(i));
    origins_.emplace(value.items[i].items, std::move(item));
  }
}

std::optional<FieldRead> ReadRecorder::find_origin(const Value& value) const {
  if (!has_address(value)) return std::nullopt;
  const auto found = origins_.find(value.items);
  return found == origins_.end() ? std::nullopt : std::optional(found->second);
}

// Sorted by path, a read comes right before the reads below it.
std::vector<FieldRead> ReadRecorder::most_specific() const {
  std::vector<const FieldRead*> reads;
  for (const Reads& group : groups_) {
    for (const FieldRead& read : group) reads.push_back(&read);
  }
  std::vector<std::size_t> order(reads.size());
  std::iota(order.begin(), order.end(), std::size_t{0});
  std::sort(order.begin(), order.end(), [&](std::size_t a, std::size_t b) {
    if (comes_before(*reads[a], *reads[b])) return true;
    return !comes_before(*reads[b], *reads[a]) && a < b;
  });
  std::vector<std::size_t> kept;
  for (std::size_t i = 0; i < order.size(); ++i) {
    const FieldRead& read = *reads[order[i]];
    const FieldRead* next = i + 1 < order.size() ? reads[order[i + 1]] : nullptr;
    if (next != nullptr && is_at_or_above(read, *next) && !same_read(read, *next)) continue;
    if (kept.empty() || !same_read(read, *reads[kept.back()])) kept.push_back(order[i]);
  }
  std::sort(kept.begin(), kept.end());
  std::vector<FieldRead> result;
  for (const std::size_t at : kept) result.push_back(*reads[at]);
  return result;
}

std::vector<FieldRead> deciding_reads(const Environment& environment, const Ast& ast, Evaluation& evaluation,
                                      Variables variables) {
  ReadRecorder recorder(environment.symbols());
  NaiveEvaluator(environment, ast, evaluation, variables, &recorder).run();
  return recorder.most_specific();
}

}  // namespace kastell::cel

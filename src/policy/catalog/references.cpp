#include <algorithm>

#include "policy/control.h"

namespace kastell::policy {

void References::add(std::string_view framework, Rows rows) {
  if (entries_.empty() || entries_.back().first < framework) {  // as they are written mostly
    entries_.emplace_back(framework, rows);
    return;
  }
  const auto at = std::ranges::lower_bound(entries_, framework, {}, &Entry::first);
  if (at != entries_.end() && at->first == framework) {
    at->second = rows;
  } else {
    entries_.insert(at, {framework, rows});
  }
}

std::vector<References::Entry>::const_iterator References::find(std::string_view framework) const {
  const auto at = std::ranges::lower_bound(entries_, framework, {}, &Entry::first);
  return at != end() && at->first == framework ? at : end();
}

bool References::operator==(const References& other) const {
  return std::ranges::equal(entries_, other.entries_, [](const Entry& a, const Entry& b) {
    return a.first == b.first && std::ranges::equal(a.second, b.second);
  });
}

}  // namespace kastell::policy

// From pieces of a stream to its lines.
#pragma once

#include <cstddef>
#include <string>
#include <string_view>

namespace kastell::client {

class LineSplitter {
 public:
  explicit LineSplitter(std::size_t longest) : longest_(longest) {}

  // Calls `take` for each line that is complete, without its end; false from it stops. False also for a line that
  // is too long, see too_long().
  bool add(std::string_view piece, const auto& take) {
    while (!piece.empty()) {
      const std::size_t end = piece.find('\n');
      const std::string_view part = piece.substr(0, end);
      if (pending_.size() + part.size() > longest_) return !(too_long_ = true);
      if (end == std::string_view::npos) {
        pending_.append(part);
        return true;
      }
      piece.remove_prefix(end + 1);
      if (!pending_.empty()) pending_.append(part);
      const std::string whole = std::move(pending_);
      pending_.clear();
      if (!take(whole.empty() ? part : std::string_view(whole))) return false;
    }
    return true;
  }
  bool too_long() const { return too_long_; }

 private:
  const std::size_t longest_;
  std::string pending_;
  bool too_long_ = false;
};

}  // namespace kastell::client

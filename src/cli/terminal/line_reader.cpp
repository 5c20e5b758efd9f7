#include "cli/terminal/line_reader.h"

#include <unistd.h>

#include <algorithm>
#include <cerrno>

namespace kastell::cli {

namespace {
constexpr std::size_t block = std::size_t{64} << 10;
}

bool LineReader::fill() {
  if (ended_) return false;
  buffer_.erase(0, begin_);
  begin_ = 0;
  const std::size_t old = buffer_.size();
  buffer_.resize(old + block);
  ssize_t count = 0;
  do {
    count = ::read(descriptor_, buffer_.data() + old, block);
  } while (count < 0 && errno == EINTR);
  buffer_.resize(old + static_cast<std::size_t>(std::max<ssize_t>(count, 0)));
  ended_ = count <= 0;
  return !ended_;
}

std::optional<LineReader::Line> LineReader::next() {
  bool too_long = false;
  std::size_t searched = 0;  // behind begin_
  for (;;) {
    const std::size_t end = buffer_.find('\n', begin_ + searched);
    if (end != std::string::npos) {
      Line line{std::string_view(buffer_).substr(begin_, end - begin_), too_long || end - begin_ > longest_};
      begin_ = end + 1;
      if (line.text.ends_with('\r')) line.text.remove_suffix(1);
      return line;
    }
    searched = buffer_.size() - begin_;
    if (searched > longest_) {  // keeps memory bounded: what follows until the line end is dropped
      too_long = true;
      buffer_.clear();
      begin_ = searched = 0;
    }
    if (!fill()) break;
  }
  if (begin_ == buffer_.size() && !too_long) return std::nullopt;
  const Line rest{std::string_view(buffer_).substr(begin_), too_long};
  begin_ = buffer_.size();
  return rest;
}

}  // namespace kastell::cli

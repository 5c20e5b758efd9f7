#include "document/source.h"

#include <algorithm>
#include <cstring>

#include "base/text.h"

namespace kastell::document {

namespace {

constexpr std::size_t step = 4096;

bool is_ascii(std::string_view text) {
  return std::ranges::all_of(text, [](char c) { return static_cast<unsigned char>(c) < 0x80; });
}

}  // namespace

Source::Source(std::string name, std::string_view text)
    : name_(std::move(name)),
      buffer_(std::make_unique<char[]>(text.size() + padding)),
      text_(buffer_.get()),
      size_(text.size()),
      text_size_(size_) {
  if (!text.empty()) std::memcpy(buffer_.get(), text.data(), text.size());
}

Source::Source(std::string name, Borrowed text)
    : name_(std::move(name)), text_(text.text.data()), size_(text.text.size()), text_size_(size_) {}

Source::Source(std::string name, std::unique_ptr<char[]> buffer, std::size_t size)
    : name_(std::move(name)), buffer_(std::move(buffer)), text_(buffer_.get()), size_(size), text_size_(size) {
  std::memset(buffer_.get() + size_, 0, padding);
}

Source::Source(std::string name, Places places)
    : name_(std::move(name)),
      buffer_(std::make_unique<char[]>(padding)),
      text_(buffer_.get()),
      size_(places.size),
      text_size_(0),
      line_starts_(std::move(places.line_starts)) {}

void Source::index() const {
  std::call_once(indexed_, [this] {
    if (line_starts_.empty()) index_lines();
  });
}

void Source::index_lines() const {
  line_starts_.push_back(0);
  const std::string_view all = text();
  for (std::size_t at = all.find('\n'); at != std::string_view::npos; at = all.find('\n', at + 1)) {
    line_starts_.push_back(static_cast<std::uint32_t>(at + 1));
  }
  std::uint32_t returns = 0;
  for (const std::uint32_t start : all.contains('\r') ? line_starts_ : std::vector<std::uint32_t>{}) {
    returns += start >= 2 && all[start - 2] == '\r' ? 1 : 0;
    carriage_returns_before_.push_back(returns);
  }
  if (is_ascii(all)) return;
  std::uint32_t count = 0;
  for (std::size_t at = 0; at < all.size(); at += step) {
    code_points_before_.push_back(count);
    count += static_cast<std::uint32_t>(count_code_points(all.substr(at, step)));
  }
}

std::uint32_t Source::point_of(std::uint32_t offset) const {
  index();
  offset = std::min(offset, static_cast<std::uint32_t>(size_));
  return code_points_to(offset) - carriage_returns_to(offset);
}

std::uint32_t Source::carriage_returns_to(std::uint32_t offset) const {
  if (carriage_returns_before_.empty()) return 0;
  const auto next = std::upper_bound(line_starts_.begin(), line_starts_.end(), offset);
  const std::string_view all = text();
  const bool is_between = offset > 0 && offset < all.size() && all[offset] == '\n' && all[offset - 1] == '\r';
  return carriage_returns_before_[static_cast<std::size_t>(next - line_starts_.begin() - 1)] + (is_between ? 1 : 0);
}

std::uint32_t Source::code_points_to(std::uint32_t offset) const {
  if (code_points_before_.empty()) return offset;
  const std::size_t block = std::min<std::size_t>(offset / step, code_points_before_.size() - 1);
  const std::string_view rest = text().substr(block * step, offset - block * step);
  return code_points_before_[block] + static_cast<std::uint32_t>(count_code_points(rest));
}

Place Source::place_of(std::uint32_t offset) const {
  if (size_ == 0) return {name_, 0, 0};  // a cluster has no lines
  index();
  offset = std::min(offset, static_cast<std::uint32_t>(size_));
  const auto next = std::upper_bound(line_starts_.begin(), line_starts_.end(), offset);
  const auto line = static_cast<std::uint32_t>(next - line_starts_.begin());
  return {name_, line, code_points_to(offset) - code_points_to(*(next - 1)) + 1};
}

Source::Places Source::places() const {
  index();
  Places places{line_starts_, point_of(static_cast<std::uint32_t>(size_))};
  for (std::uint32_t& start : places.line_starts) start = point_of(start);
  return places;
}

std::string_view Source::line_at(std::uint32_t offset) const {
  const std::string_view all = text();
  if (all.empty()) return all;
  index();  // a line may have the length of the whole text
  const auto next = std::upper_bound(line_starts_.begin(), line_starts_.end(), offset);
  const std::size_t end = next == line_starts_.end() ? all.size() : *next;
  std::string_view line = all.substr(*(next - 1), end - *(next - 1));
  if (line.ends_with('\n')) line.remove_suffix(1);
  if (line.ends_with('\r')) line.remove_suffix(1);
  return line;
}

}  // namespace kastell::document

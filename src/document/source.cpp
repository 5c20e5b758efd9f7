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
    : name_(std::move(name)), buffer_(std::make_unique<char[]>(text.size() + padding)), size_(text.size()) {
  if (!text.empty()) std::memcpy(buffer_.get(), text.data(), text.size());
}

Source::Source(std::string name, std::unique_ptr<char[]> buffer, std::size_t size)
    : name_(std::move(name)), buffer_(std::move(buffer)), size_(size) {
  std::memset(buffer_.get() + size_, 0, padding);
}

void Source::index_lines() const {
  line_starts_.push_back(0);
  const std::string_view all = text();
  for (std::size_t at = all.find('\n'); at != std::string_view::npos; at = all.find('\n', at + 1)) {
    line_starts_.push_back(static_cast<std::uint32_t>(at + 1));
  }
  if (is_ascii(all)) return;
  std::uint32_t count = 0;
  for (std::size_t at = 0; at < all.size(); at += step) {
    code_points_before_.push_back(count);
    count += static_cast<std::uint32_t>(count_code_points(all.substr(at, step)));
  }
}

Place Source::place_of(std::uint32_t offset) const {
  std::call_once(indexed_, [this] { index_lines(); });
  offset = std::min(offset, static_cast<std::uint32_t>(size_));
  const auto next = std::upper_bound(line_starts_.begin(), line_starts_.end(), offset);
  const auto line = static_cast<std::uint32_t>(next - line_starts_.begin());
  const std::uint32_t start = *(next - 1);
  if (code_points_before_.empty()) return {name_, line, offset - start + 1};
  const auto points_before = [this](std::uint32_t at) {
    const std::size_t block = std::min<std::size_t>(at / step, code_points_before_.size() - 1);
    return code_points_before_[block] + count_code_points(text().substr(block * step, at - block * step));
  };
  return {name_, line, static_cast<std::uint32_t>(points_before(offset) - points_before(start) + 1)};
}

std::string_view Source::line_at(std::uint32_t offset) const {
  const std::string_view all = text();
  offset = std::min(offset, static_cast<std::uint32_t>(size_));
  const std::size_t before = offset == 0 ? std::string_view::npos : all.rfind('\n', offset - 1);
  const std::size_t begin = before == std::string_view::npos ? 0 : before + 1;
  std::string_view line = all.substr(begin, std::min(all.find('\n', offset), all.size()) - begin);
  if (line.ends_with('\r')) line.remove_suffix(1);
  return line;
}

}  // namespace kastell::document

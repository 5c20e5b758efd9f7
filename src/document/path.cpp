#include "document/path.h"

#include <charconv>

#include "base/ascii.h"
#include "base/text.h"

namespace kastell::document {

namespace {

bool is_name_start(char c) {
  return is_letter(c) || c == '_';
}

// Kubernetes' field names, '$ref' and '$patch' among them, and names with dashes inside.
bool is_plain_key(std::string_view key) {
  if (key.empty() || !(is_name_start(key[0]) || key[0] == '$')) return false;
  for (const char c : key.substr(1)) {
    if (!is_name_start(c) && !is_digit(c) && c != '-') return false;
  }
  return true;
}

// Reads a path from left to right.
class PathReader {
 public:
  PathReader(std::string_view text, SymbolTable& symbols) : text_(text), symbols_(symbols) {}

  std::optional<Path> read() {
    Path path;
    while (at_ < text_.size()) {
      const auto step = text_[at_] == '[' ? read_bracket() : read_plain(path.empty());
      if (!step) return std::nullopt;
      path.push_back(*step);
    }
    return path;
  }

 private:
  std::optional<Step> read_plain(bool first) {
    if (!first && text_[at_++] != '.') return std::nullopt;
    const std::size_t end = std::min(text_.find_first_of(".[", at_), text_.size());
    const std::string_view key = text_.substr(at_, end - at_);
    if (!is_plain_key(key)) return std::nullopt;
    at_ = end;
    return Step::key(symbols_.intern(key));
  }

  std::optional<Step> read_bracket() {
    ++at_;
    const auto step = at_ < text_.size() && text_[at_] == '"' ? read_quoted() : read_index();
    if (at_ >= text_.size() || text_[at_++] != ']') return std::nullopt;
    return step;
  }

  std::optional<Step> read_index() {
    std::uint32_t index = 0;
    const char* begin = text_.data() + at_;
    const auto [end, error] = std::from_chars(begin, text_.data() + text_.size(), index);
    if (error != std::errc{}) return std::nullopt;
    at_ += static_cast<std::size_t>(end - begin);
    return Step::index(index);
  }

  // The escapes that append_json_escaped writes.
  std::optional<Step> read_quoted() {
    std::string key;
    for (++at_; at_ < text_.size(); ++at_) {
      if (text_[at_] == '"') {
        ++at_;
        return Step::key(symbols_.intern(key));
      }
      if (text_[at_] != '\\') {
        key += text_[at_];
      } else if (!read_escape(key)) {
        return std::nullopt;
      }
    }
    return std::nullopt;
  }

  bool read_escape(std::string& key) {
    if (++at_ >= text_.size()) return false;
    switch (text_[at_]) {
      case '"': key += '"'; return true;
      case '\\': key += '\\'; return true;
      case 'n': key += '\n'; return true;
      case 'r': key += '\r'; return true;
      case 't': key += '\t'; return true;
      case 'u': return read_unicode_escape(key);
      default: return false;
    }
  }

  bool read_unicode_escape(std::string& key) {
    if (at_ + 4 >= text_.size()) return false;
    std::uint32_t code_point = 0;
    const char* begin = text_.data() + at_ + 1;
    if (std::from_chars(begin, begin + 4, code_point, 16).ptr != begin + 4) return false;
    append_utf8(key, code_point);
    at_ += 4;
    return true;
  }

  std::string_view text_;
  SymbolTable& symbols_;
  std::size_t at_ = 0;
};

// The number of the value that `step` names in `node`, or -1.
std::int64_t index_of(const Node& node, const Step& step) {
  if (!step.is_index) return node.find_index(step.symbol());
  return node.is_list() && step.number < node.size ? static_cast<std::int64_t>(step.number) : -1;
}

}  // namespace

std::string to_string(std::span<const Step> path, const SymbolTable& symbols) {
  std::string text;
  for (const Step& step : path) {
    if (step.is_index) {
      text += '[' + std::to_string(step.number) + ']';
      continue;
    }
    const std::string_view key = symbols.text(step.symbol());
    if (is_plain_key(key)) {
      if (!text.empty()) text += '.';
      text += key;
    } else {
      text += "[\"";
      append_json_escaped(text, key);
      text += "\"]";
    }
  }
  return text;
}

std::optional<Path> parse_path(std::string_view text, SymbolTable& symbols) {
  return PathReader(text, symbols).read();
}

const Node* find(const Node& root, std::span<const Step> path) {
  const Node* node = &root;
  for (const Step& step : path) {
    const std::int64_t index = index_of(*node, step);
    if (index < 0) return nullptr;
    node = node->items + index;
  }
  return node;
}

Located locate(const Node& root, std::uint32_t root_offset, std::span<const Step> path) {
  Located located{&root, root_offset, root_offset};
  for (const Step& step : path) {
    const Node& parent = *located.node;
    const std::int64_t index = index_of(parent, step);
    if (index < 0) {
      located.node = nullptr;
      return located;
    }
    const auto at = static_cast<std::size_t>(index);
    located.node = parent.items + at;
    if (parent.value_offsets().empty()) continue;  // made without positions: the parent's will do
    located.value_offset = parent.value_offsets()[at];
    located.offset = parent.is_object() ? parent.key_offsets()[at] : located.value_offset;
  }
  return located;
}

}  // namespace kastell::document

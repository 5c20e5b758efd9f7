#include "policy/describe/message.h"

#include <algorithm>

#include "base/ascii.h"

namespace kastell::policy {

namespace {

struct Placeholder {
  std::string_view name;
  std::string_view MessageParts::* part;
};
constexpr Placeholder placeholders[] = {
    {"container", &MessageParts::container},
    {"field", &MessageParts::field},
    {"value", &MessageParts::value},
    {"name", &MessageParts::name},
    {"kind", &MessageParts::kind},
    {"namespace", &MessageParts::name_space},
    {"explanation", &MessageParts::explanation},
};

// The word of a "{word}" that begins at `at`; empty if none does.
std::string_view word_at(std::string_view text, std::size_t at) {
  if (text[at] != '{') return {};
  const std::size_t end = text.find('}', at);
  if (end == std::string_view::npos) return {};
  const std::string_view word = text.substr(at + 1, end - at - 1);
  return std::ranges::all_of(word, is_lower) ? word : std::string_view{};
}

const Placeholder* find_placeholder(std::string_view word) {
  const auto* found = std::ranges::find(placeholders, word, &Placeholder::name);
  return found == std::end(placeholders) ? nullptr : found;
}

}  // namespace

void append_message(std::string& out, std::string_view text, const MessageParts& parts) {
  for (std::size_t at = 0; at < text.size();) {
    const std::string_view word = word_at(text, at);
    const Placeholder* placeholder = word.empty() ? nullptr : find_placeholder(word);
    if (placeholder == nullptr) {
      out += text[at++];
    } else {
      out += parts.*placeholder->part;
      at += word.size() + 2;
    }
  }
}

std::optional<std::string_view> find_unknown_placeholder(std::string_view text) {
  for (std::size_t at = 0; at < text.size(); ++at) {
    const std::string_view word = word_at(text, at);
    if (!word.empty() && find_placeholder(word) == nullptr) return text.substr(at, word.size() + 2);
  }
  return std::nullopt;
}

void append_also(std::string& out, std::span<const std::string> fields) {
  constexpr std::size_t most = 5;
  std::string_view between = "; also ";
  for (const std::string& field : fields.first(std::min(fields.size(), most))) {
    out.append(between).append(field);
    between = ", ";
  }
  if (fields.size() > most) out += " and " + std::to_string(fields.size() - most) + " more";
}

}  // namespace kastell::policy

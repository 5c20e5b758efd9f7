// Messages of rules: text with placeholders.
#pragma once

#include <optional>
#include <span>
#include <string>
#include <string_view>

namespace kastell::policy {

// What the placeholders stand for.
struct MessageParts {
  std::string_view container, field, value, name, kind, name_space, explanation = {};
};

// {container} {field} {value} {name} {kind} {namespace} {explanation}
void append_message(std::string& out, std::string_view text, const MessageParts& parts);

// The first {word} that is none of them. Braces around other characters are plain text.
std::optional<std::string_view> find_unknown_placeholder(std::string_view text);

// "; also FIELD, FIELD and 3 more": where the same is the matter.
void append_also(std::string& out, std::span<const std::string> fields);

}  // namespace kastell::policy

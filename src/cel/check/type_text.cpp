#include "cel/check/type_text.h"

namespace kastell::cel {

namespace {

constexpr std::size_t text_limit = 1000;

void append(std::string& text, const Type& type) {
  if (text.size() > text_limit) return;
  switch (type.kind) {
    case TypeKind::timestamp: text += "timestamp"; return;
    case TypeKind::duration: text += "duration"; return;
    case TypeKind::null_type: text += "null"; return;
    default: break;
  }
  text += to_string(Type{type.kind, type.name});
  if (type.parameters.empty()) return;
  text += '(';
  for (std::size_t i = 0; i < type.parameters.size(); ++i) {
    if (i > 0) text += ", ";
    append(text, *type.parameters[i]);
  }
  text += ')';
}

}  // namespace

std::string type_text(const Type& type) {
  std::string text;
  append(text, type);
  if (text.size() <= text_limit) return text;
  return text.substr(0, text_limit) + "…";
}

std::string call_text(std::span<const Type* const> arguments, bool member) {
  std::string text;
  if (member) text += type_text(*arguments[0]) + '.';
  text += '(';
  for (std::size_t i = member ? 1 : 0; i < arguments.size(); ++i) {
    if (text.back() != '(') text += ", ";
    text += type_text(*arguments[i]);
  }
  return text + ')';
}

}  // namespace kastell::cel

#pragma once

#include <string>
#include <string_view>

#include "base/text.h"

namespace kastell::admission {

inline void append_text(std::string& out, std::string_view text) {
  out += '"';
  append_json_escaped(out, text);
  out += '"';
}

// ,"name":"text"
inline void append_member(std::string& out, std::string_view name, std::string_view text) {
  out += ',';
  append_text(out, name);
  out += ':';
  append_text(out, text);
}

}  // namespace kastell::admission

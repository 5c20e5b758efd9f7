#include "cel/batch/json_text.h"

#include "base/text.h"

namespace kastell::cel {

void append_json_text(std::string& out, std::string_view text) {
  out += '"';
  for (;;) {
    const auto invalid = find_invalid_utf8(text);
    append_json_escaped(out, text.substr(0, invalid.value_or(text.size())));
    if (!invalid) break;
    append_utf8(out, U'\uFFFD');
    text.remove_prefix(*invalid + 1);
  }
  out += '"';
}

}  // namespace kastell::cel

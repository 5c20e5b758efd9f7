#include "cli/commands/guide_appendix.h"

#include <algorithm>

#include "base/ascii.h"
#include "base/text.h"
#include "cli/command_line.h"
#include "policy/appendix.h"

namespace kastell::cli {

namespace {

using policy::Appendix;

std::string list_text(std::span<const Appendix> appendices) {
  std::string out;
  for (const Appendix& appendix : appendices) {
    out.append(appendix.letter).append("  ").append(appendix.title).append("\n");
  }
  return out;
}

std::string list_json(std::span<const Appendix> appendices) {
  std::string out = R"({"schema":"kastell.appendices/v1","appendices":[)";
  for (const Appendix& appendix : appendices) {
    out += &appendix == appendices.data() ? "\n" : ",\n";
    char before = '{';
    for (const auto& [key, value] : {std::pair{"letter", appendix.letter},
                                     {"title", appendix.title},
                                     {"file", appendix.file},
                                     {"text", appendix.text}}) {
      out.append(1, before).append("\"").append(key).append("\":\"");
      append_json_escaped(out, value);
      out += '"';
      before = ',';
    }
    out += '}';
  }
  return out += "\n]}\n";
}

}  // namespace

Result<int> show_appendix(std::span<const std::string> letters, bool json, Console& console) {
  const std::vector<Appendix> all = policy::guide_appendices();
  if (letters.size() > 1) return failure(ErrorCode::usage, "one appendix at a time");
  if (letters.empty()) {
    console.write_out(json ? list_json(all) : list_text(all));
    return 0;
  }
  const auto wanted = std::ranges::find(all, in_upper_case(letters.front()), &Appendix::letter);
  if (wanted == all.end()) {
    return failure(ErrorCode::usage, "no appendix " + letters.front() + "; there are A to N");
  }
  console.write_out(json ? list_json({&*wanted, 1}) : std::string(wanted->text));
  return 0;
}

}  // namespace kastell::cli

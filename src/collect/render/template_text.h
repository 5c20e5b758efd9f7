// A Go template read as lines of literal text and actions: enough to see which line wrote what, not to run it.
#pragma once

#include <cstdint>
#include <map>
#include <string>
#include <string_view>
#include <vector>

namespace kastell::collect {

// What stands on one line of a template.
struct TemplateLine {
  std::uint32_t file = 0;    // number of the template, as the caller counts
  std::uint32_t line = 0;    // 1-based
  std::uint32_t indent = 0;  // of the line itself
  std::vector<std::string> literals =
      {};  // texts in order, trimmed at both ends of the line; actions stand between them
  bool begins_with_action = false;
  bool ends_with_action = false;
  bool writes = false;         // an action of it may write text, also several lines
  std::int32_t moved_to = -1;  // indentation that it gives its text (nindent, indent); -1: not said
  std::string included = {};   // the named template whose lines it writes; empty: none

  bool is_separator() const { return literals.size() == 1 && !writes && literals.front() == "---"; }
};

// Lines in order, and the blocks around them.
struct TemplateEvent {
  enum class Type : std::uint8_t { line, open_loop, open_branch, close } type;
  TemplateLine line = {};
};
using TemplateEvents = std::vector<TemplateEvent>;

struct TemplateText {
  TemplateEvents events;                          // of the file itself
  std::map<std::string, TemplateEvents> defines;  // of {{ define "name" }}
};

// Never fails: what is no template is lines of literals. Blocks left open at the end are closed there.
TemplateText read_template(std::string_view text, std::uint32_t file);

}  // namespace kastell::collect

#include <algorithm>
#include <array>

#include "base/text.h"
#include "cli/commands/commands.h"
#include "cli/terminal/console.h"
#include "policy/control.h"

namespace kastell::cli {

namespace {

constexpr std::array<std::string_view, 2> formats = {"human", "json"};

void append_text(std::string& out, std::string_view text) {
  out += '"';
  append_json_escaped(out, text);
  out += '"';
}

void append_references(std::string& out, const policy::Control& control) {
  out += '{';
  for (const auto& [framework, rows] : control.references) {
    if (out.back() != '{') out += ',';
    append_text(out, framework);
    out += ":[";
    for (const std::string_view row : rows) {
      if (out.back() != '[') out += ',';
      append_text(out, row);
    }
    out += ']';
  }
  out += '}';
}

void append_member(std::string& out, std::string_view key, std::string_view value) {
  out.append("\"").append(key).append("\":");
  append_text(out, value);
  out += ',';
}

// {"controls": [{"id","title","severity","scope","references"}]}, a control per line.
std::string as_json(std::span<const policy::Control> controls) {
  std::string out = "{\"controls\":[";
  for (const policy::Control& control : controls) {
    out += out.back() == '[' ? "\n{" : ",\n{";
    append_member(out, "id", control.id);
    append_member(out, "title", control.title);
    append_member(out, "severity", name_of(control.severity));
    append_member(out, "scope", name_of(control.scope));
    out += "\"references\":";
    append_references(out, control);
    out += '}';
  }
  return out += "\n]}\n";
}

void append_padded(std::string& out, std::string_view text, std::size_t width) {
  out.append(text).append(std::max(width, text.size()) - text.size() + 2, ' ');
}

std::string as_table(std::span<const policy::Control> controls) {
  std::size_t width = 0;
  for (const policy::Control& control : controls) width = std::max(width, control.id.size());
  std::string out;
  for (const policy::Control& control : controls) {
    append_padded(out, control.id, width);
    append_padded(out, name_of(control.severity), std::string_view("critical").size());
    out.append(control.title).append("\n");
  }
  return out;
}

Result<int> run(const Arguments& arguments, Console& console) {
  const auto catalog = policy::Catalog::embedded(std::make_shared<SymbolTable>(), policy::Catalog::Examples::left_out);
  if (!catalog) return std::unexpected(catalog.error());
  const bool json = arguments.value("format") == "json";
  console.write_out(json ? as_json(catalog->controls()) : as_table(catalog->controls()));
  return 0;
}

constexpr auto flags = std::to_array<Flag>({
    {.name = "format", .value = "FORMAT", .help = "Format of the list", .choices = formats, .letter = 'f'},
});

}  // namespace

constinit const Command controls_command{.name = "controls",
                                         .arguments = "",
                                         .summary = "List every control with its severity",
                                         .details = "",
                                         .flags = flags,
                                         .run = run};

}  // namespace kastell::cli

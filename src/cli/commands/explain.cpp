#include <algorithm>

#include "cli/commands/commands.h"
#include "cli/terminal/console.h"
#include "policy/control.h"
#include "report/wrap.h"

namespace kastell::cli {

namespace {

void append_paragraph(std::string& out, std::string_view title, std::string_view text, std::size_t width) {
  if (text.empty()) return;
  out.append("\n").append(title).append("\n");
  report::append_wrapped(out, text, {.indent = 2, .width = width});
}

std::string written_references(const policy::Control& control) {
  std::string out;
  for (const auto& [framework, rows] : control.references) {
    out.append("  ").append(framework).append(": ");
    for (const std::string_view& row : rows) out.append(&row == &rows.front() ? "" : ", ").append(row);
    out += '\n';
  }
  return out;
}

void append_indented(std::string& out, std::string_view text) {
  out += "  ";
  for (const char c : text) {
    out += c;
    if (c == '\n') out += "  ";
  }
  while (out.ends_with(' ') || out.ends_with('\n')) out.pop_back();
  out += '\n';
}

std::string written_rules(const policy::Control& control) {
  std::string out;
  for (const policy::Rule& rule : control.rules) {
    if (!out.empty()) out += '\n';
    if (!rule.when_text.empty()) append_indented(out, "when  " + std::string(rule.when_text));
    append_indented(out, rule.expression_text);
  }
  return out;
}

std::string written_examples(const policy::Control& control) {
  std::string out;
  for (const policy::Example& example : control.examples) {
    out.append("  ").append(example.verdict).append(": ").append(example.name).append("\n");
  }
  return out;
}

std::string explanation(const policy::Control& control, std::size_t width) {
  std::string out = std::string(control.id) + "  " + std::string(name_of(control.severity)) + ", asked of each " +
                    std::string(name_of(control.scope)) + "\n" + std::string(control.title) + "\n";
  append_paragraph(out, "Why", control.why, width);
  append_paragraph(out, "How to fix", control.remediation, width);
  if (!control.references.empty()) out += "\nReferences\n" + written_references(control);
  out += "\nRules (CEL; true when in order)\n" + written_rules(control);
  if (!control.examples.empty()) out += "\nTried examples\n" + written_examples(control);
  return out;
}

Result<int> run(const Arguments& arguments, Console& console) {
  const auto catalog = policy::Catalog::embedded(std::make_shared<SymbolTable>());
  if (!catalog) return std::unexpected(catalog.error());
  const std::string& id = arguments.positional().front();
  const policy::Control* control = catalog->find(id);
  if (control == nullptr) return failure(ErrorCode::usage, unknown("control", id, catalog->ids()));
  console.write_out(explanation(*control, console.width));
  return 0;
}

}  // namespace

constinit const Command explain_command{.name = "explain",
                                        .arguments = "CONTROL",
                                        .summary = "Explain a control: why, how to fix, references, its rules",
                                        .details = "",
                                        .flags = {},
                                        .least_arguments = 1,
                                        .most_arguments = 1,
                                        .completes = Completes::controls,
                                        .run = run};

}  // namespace kastell::cli

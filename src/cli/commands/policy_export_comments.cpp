#include "cli/commands/policy_export_comments.h"

#include <algorithm>
#include <map>
#include <set>

#include "report/wrap.h"

namespace kastell::cli {

namespace {

// Names come from files: one that breaks a line would end the comment.
std::string in_one_line(std::string text) {
  std::ranges::replace_if(text, [](char c) { return c < ' ' || c > '~'; }, '?');
  return text;
}

void append_comment(std::string& out, const std::string& text) {
  std::string lines;
  report::append_wrapped(lines, in_one_line(text), {.indent = 4, .width = 108, .first_indent = 2, .hanging = true});
  for (std::size_t begin = 0; begin < lines.size(); begin = lines.find('\n', begin) + 1) {
    out.append("#").append(lines, begin, lines.find('\n', begin) + 1 - begin);
  }
}

// By reason: one often leaves many controls out.
std::string left_out_text(const std::vector<policy::NotExported>& left_out) {
  std::map<std::string_view, std::string> by_reason;
  for (const policy::NotExported& one : left_out) {
    std::string& controls = by_reason[one.reason];
    controls.append(controls.empty() ? "" : ", ").append(one.control->id).append(one.in_part ? " (in part)" : "");
  }
  std::string out = left_out.empty() ? "" : "# Left out, since no policy can say it:\n";
  for (const auto& [reason, controls] : by_reason) append_comment(out, std::string(reason) + ": " + controls);
  return out;
}

// "line 4, pod.host-path of apps/DaemonSet agent in logging, container agent"
std::string text_of(const policy::Exception& exception, const document::Source& source) {
  std::string text = "line " + std::to_string(source.place_of(exception.offset).line) + ", " + exception.control;
  const std::string name = exception.kind + (exception.kind.empty() ? "" : " ") + exception.name;
  if (!name.empty()) text.append(" of ").append(name);
  if (!exception.name_space.empty()) text.append(" in ").append(exception.name_space);
  if (!exception.container.empty()) text.append(", container ").append(exception.container);
  return text.ends_with(' ') ? text.substr(0, text.size() - 1) : text;
}

std::string until_text(const policy::Exception& exception) {
  return exception.until ? "until " + policy::day_text(*exception.until) : "for ever";
}

std::string exceptions_text(const policy::PolicyExport& exported, const document::Source& source) {
  std::string accepted, left_out;
  for (const policy::ExportedException& one : exported.exceptions) {
    const std::string text = text_of(*one.exception, source);
    if (one.policies != 0) {
      append_comment(accepted, text + ": " + until_text(*one.exception) +
                                   " (policies: " + std::to_string(one.policies) + "), by " + one.exception->owner);
    }
    if (!one.left_out.empty()) append_comment(left_out, text + ": " + one.left_out);
  }
  std::string out;
  if (!accepted.empty()) out += "# Accepted, as " + in_one_line(source.name()) + " says:\n" + accepted;
  if (!left_out.empty()) out += "# Exceptions left out; what they are about is denied:\n" + left_out;
  return out;
}

std::string exceptions_summary(const policy::PolicyExport& exported) {
  if (exported.exceptions.empty()) return {};
  const auto accepting = std::ranges::count_if(exported.exceptions, [](const auto& one) { return one.policies != 0; });
  const auto left_out =
      std::ranges::count_if(exported.exceptions, [](const auto& one) { return !one.left_out.empty(); });
  std::string text = "; " + std::to_string(accepting) + " exceptions";
  if (left_out != 0) text += ", " + std::to_string(left_out) + " left out";
  return text;
}

}  // namespace

std::string comments_of(const policy::PolicyExport& exported, const policy::ExportOptions& options) {
  std::string text = left_out_text(exported.left_out);
  if (options.exceptions) text += exceptions_text(exported, *options.exceptions->source());
  return text;
}

std::string summary_of(const policy::PolicyExport& exported) {
  std::set<const policy::Control*> whole, part;
  for (const policy::NotExported& one : exported.left_out) (one.in_part ? part : whole).insert(one.control);
  std::string text = std::to_string(exported.policies.size()) + " policies";
  if (!whole.empty()) text += "; " + std::to_string(whole.size()) + " controls left out";
  if (!part.empty()) text += "; " + std::to_string(part.size()) + " exported in part";
  text += exceptions_summary(exported);
  const bool all = exported.left_out.empty() &&
                   std::ranges::all_of(exported.exceptions, &std::string::empty, &policy::ExportedException::left_out);
  return text + (all ? "" : ": the comments say why");
}

}  // namespace kastell::cli

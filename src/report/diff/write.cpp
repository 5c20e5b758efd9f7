// A diff for people and for programs.

#include <algorithm>
#include <array>
#include <utility>

#include "report/diff.h"
#include "report/text/writer.h"

namespace kastell::report {

using snapshot::Change;
using snapshot::FieldChange;
using snapshot::ObjectChange;

namespace {

constexpr std::size_t most_shown_fields = 8;  // of one object, for people

// `before`, `after`: whether there was an object to judge.
struct Part {
  std::string_view name;
  std::vector<JudgementChange> Diff::* changes;
  bool before, after;
};
constexpr Part parts[] = {{"worse", &Diff::worse, true, true},
                          {"new", &Diff::added, false, true},
                          {"better", &Diff::better, true, true},
                          {"gone", &Diff::gone, true, false}};

std::string identity_of(const ResourceName& resource) {
  std::string text(resource.kind);
  text += ' ';
  if (!resource.name_space.empty()) text.append(resource.name_space).append("/");
  return text.append(resource.name.empty() ? "(unnamed)" : resource.name);
}

void append_verdict(std::string& out, policy::Verdict verdict, std::uint64_t count) {
  out += name_of(verdict);
  if (count > 1) out.append(" (").append(std::to_string(count)).append(")");
}

void append_line(std::string& out, const Part& part, const JudgementChange& change) {
  const Judgement& one = *change.subject;
  out.append("  ").append(name_of(one.severity)).append("  ").append(one.control).append("  ");
  out.append(identity_of(one.resource));
  if (!one.container.empty()) out.append(" container ").append(one.container);
  out += ": ";
  if (part.before) append_verdict(out, change.before, change.count_before);
  if (part.before && part.after) out += " -> ";
  if (part.after) append_verdict(out, change.after, change.count_after);
  out.append(one.message.empty() ? "" : "; ").append(one.message).append("\n");
}

void append_fields(std::string& out, const ObjectChange& change) {
  constexpr std::array<std::string_view, 3> marks = {"+", "-", ""};
  const std::size_t shown = std::min(change.fields.size(), most_shown_fields);
  for (std::size_t i = 0; i < shown; ++i) {
    const FieldChange& field = change.fields[i];
    out.append(i == 0 ? ": " : ", ").append(marks[static_cast<std::size_t>(field.change)]).append(field.path);
  }
  const std::size_t more = change.fields.size() - shown + change.more_fields;
  if (more > 0) out.append(" and ").append(std::to_string(more)).append(" more");
}

void append_objects(Writer& writer, const Diff& diff) {
  constexpr std::array<std::string_view, 3> marks = {"  + ", "  - ", "  ~ "};
  std::string& out = writer.text();
  out.append("objects (").append(std::to_string(diff.objects.size())).append(")\n");
  for (const ObjectChange& change : diff.objects) {
    out.append(marks[static_cast<std::size_t>(change.change)]).append(identity_of(name_of_resource(*change.object)));
    append_fields(out, change);
    out += '\n';
    writer.leave();
  }
}

void append_member(std::string& out, std::string_view key, std::string_view value) {
  out.append(",\"").append(key).append("\":");
  append_json_string(out, value);
}

void append_resource(std::string& out, const ResourceName& resource) {
  out += "{\"group\":";
  append_json_string(out, resource.group);
  append_member(out, "kind", resource.kind);
  append_member(out, "namespace", resource.name_space);
  append_member(out, "name", resource.name);
  out += '}';
}

void append_side(std::string& out, std::string_view key, policy::Verdict verdict, std::uint64_t count) {
  out.append(",\"").append(key).append("\":{\"verdict\":\"").append(name_of(verdict)).append("\",\"count\":");
  append_number(out, count);
  out += '}';
}

void append_json(std::string& out, const JudgementChange& change) {
  const Judgement& one = *change.subject;
  out += "{\"control\":";
  append_json_string(out, one.control);
  append_member(out, "severity", name_of(one.severity));
  out += ",\"resource\":";
  append_resource(out, one.resource);
  if (!one.container.empty()) append_member(out, "container", one.container);
  append_side(out, "before", change.before, change.count_before);
  append_side(out, "after", change.after, change.count_after);
  append_member(out, "message", one.message);
  out += '}';
}

void append_json(std::string& out, const ObjectChange& change) {
  out.append("{\"change\":\"").append(name_of(change.change)).append("\",\"resource\":");
  append_resource(out, name_of_resource(*change.object));
  out += ",\"fields\":[";
  for (const FieldChange& field : change.fields) {
    out.append(out.back() == '[' ? "" : ",")
        .append("{\"change\":\"")
        .append(name_of(field.change))
        .append("\",\"path\":");
    append_json_string(out, field.path);
    out += '}';
  }
  out += "],\"moreFields\":";
  append_number(out, change.more_fields);
  out += '}';
}

template <typename Items>
void append_list(Writer& writer, std::string_view key, const Items& items) {
  std::string& out = writer.text();
  out.append(",\n\"").append(key).append("\":[");
  bool first = true;
  for (const auto& item : items) {
    out.append(std::exchange(first, false) ? "\n" : ",\n");
    append_json(out, item);
    writer.leave();
  }
  out += ']';
}

}  // namespace

void write_diff_human(const Diff& diff, const Sink& sink) {
  Writer writer(sink);
  std::string& out = writer.text();
  for (const Part& part : parts) {
    const auto& changes = diff.*part.changes;
    out.append(part.name).append(" (").append(std::to_string(changes.size())).append(")\n");
    for (const JudgementChange& change : changes) {
      append_line(out, part, change);
      writer.leave();
    }
  }
  if (diff.knows_objects) append_objects(writer, diff);
  if (diff.not_compared.empty()) return;
  out += "not compared, since they ran on one side only:";
  for (const std::string& control : diff.not_compared) out.append(" ").append(control);
  out += '\n';
}

void write_diff_json(const Diff& diff, const Sink& sink) {
  Writer writer(sink);
  std::string& out = writer.text();
  out += "{\"schema\":\"kastell.diff/v1\"";
  for (const Part& part : parts) append_list(writer, part.name, diff.*part.changes);
  if (diff.knows_objects) append_list(writer, "objects", diff.objects);
  out += ",\n\"notCompared\":[";
  for (const std::string& control : diff.not_compared) {
    if (out.back() != '[') out += ',';
    append_json_string(out, control);
  }
  out += "]}\n";
}

}  // namespace kastell::report

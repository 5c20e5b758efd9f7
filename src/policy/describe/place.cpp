// Where the field of the finding at hand is written.

#include <algorithm>

#include "policy/describe/evidence.h"
#include "policy/describe/scratch.h"

namespace kastell::policy {

using document::Node;
using document::Path;
using document::Step;
using kube::PodProblem;

namespace {

// A field that is unknown or of a wrong type may hold anything, credentials too, where nobody looks for them.
bool is_value_told(kube::FieldProblemType type) {
  return type != kube::FieldProblemType::unknown_field && type != kube::FieldProblemType::wrong_type;
}

Path joined(Path above, std::span<const Step> below) {
  above.insert(above.end(), below.begin(), below.end());
  return above;
}

}  // namespace

cel::FieldRead Describer::Scratch::field() {
  if (rule->field) return {0, *rule->field};
  if (finding->verdict != Verdict::fail && finding->verdict != Verdict::accepted &&
      finding->verdict != Verdict::error) {
    return {0, {}};
  }
  first = deciding_field(*rule->expression, subject(), evaluation);
  return *first;
}

Path Describer::Scratch::component_path() {
  const Path read = field().path;
  if (!read.empty() && read[0] == Step::key(component()->keys->errors))
    refused = document::find(component()->view, read);
  kube::SettingPlace place = kube::origin(*component(), read);
  written = place.written;
  return std::move(place.path);
}

// Where the other items stand that break the rule.
std::vector<Path> Describer::Scratch::further_paths() {
  if (!first || finding->verdict == Verdict::error || rule->scope == Scope::component) return {};
  if (std::ranges::none_of(first->path, &Step::is_index)) return {};
  further_arena.reset();
  std::vector<Path> paths;
  for (const cel::FieldRead& read : further_fields(*rule->expression, subject(), *first, evaluation, further_arena)) {
    paths.push_back(path_of(read));
  }
  return paths;
}

Path Describer::Scratch::path_of(const cel::FieldRead& read) {
  if (is_pod_scope(rule->scope)) return real_path(pods[finding->pod], read);
  if (rule->scope == Scope::object) return read.variable == 0 ? read.path : Path{};
  if (read.variable != 0) return read.path;
  return joined({Step::key(*member_list(rule->scope)), Step::index(finding->member)}, read.path);
}

// The first problem that kept the subject from being judged.
Path Describer::Scratch::problem_path(const PodSubjects& pod) const {
  for (const PodProblem& problem : pod.built.problems) {
    const bool here = rule->scope == Scope::pod || problem.container == PodProblem::whole_pod ||
                      (rule->scope == Scope::container && problem.container == finding->member);
    if (here) return {problem.path.begin(), problem.path.end()};
  }
  return {};
}

// What keeps a subject outside pods from being judged; null if nothing does.
const kube::TypeProblem* Describer::Scratch::type_problem() {
  if (doubts_of != std::pair(finding->object, rule->scope)) {
    doubts_of = {finding->object, rule->scope};
    doubts_arena.reset();
    doubts = {kube::find_type_problems(object->root, object->group(), object->kind, doubts_arena),
              member_list(rule->scope)};
  }
  return finding->member == Finding::no_member ? doubts.of_object() : doubts.of_member(finding->member);
}

Path Describer::Scratch::real_path(const PodSubjects& pod, const cel::FieldRead& read) const {
  const kube::PodView& view = pod.built.view;
  const bool member_variable = read.variable == 0 && rule->scope != Scope::pod;
  if (read.variable == 0 && rule->scope == Scope::pod) return kube::origin(view, {}, read.path);
  if (!member_variable)
    return read.variable == 1 && rule->scope != Scope::pod ? kube::origin(view, {}, read.path) : read.path;
  if (rule->scope == Scope::container) return kube::origin(view, finding->member, read.path);
  const Path volume{Step::key(symbols::spec), Step::key(symbols::volumes), Step::index(finding->member)};
  return kube::origin(view, {}, joined(volume, read.path));
}

Path Describer::Scratch::pod_path(const PodSubjects& pod) {
  if (finding->verdict == Verdict::not_evaluated && !pod.built.problems.empty()) {
    Path problem = problem_path(pod);
    if (!problem.empty()) return problem;
  }
  if (finding->member == Finding::no_member && rule->scope != Scope::pod) return kube::origin(pod.built.view, {}, {});
  return real_path(pod, field());
}

Path Describer::Scratch::path() {
  if (is_pod_scope(rule->scope)) return pod_path(pods[finding->pod]);
  if (rule->scope == Scope::component) return component_path();
  if (rule->scope == Scope::field) {
    const kube::FieldProblem* problem = field_problem();
    return problem == nullptr ? Path{} : Path{problem->path.begin(), problem->path.end()};
  }
  if (finding->verdict == Verdict::not_evaluated) {
    if (const kube::TypeProblem* problem = type_problem()) return {problem->path.begin(), problem->path.end()};
  }
  const cel::FieldRead read = field();
  const bool is_of_all = rule->scope != Scope::object && finding->member == Finding::no_member;
  return is_of_all ? Path{Step::key(*member_list(rule->scope))} : path_of(read);
}

// Where the path leads in the text of a ConfigMap's key; nothing if that keeps no lines.
std::optional<std::uint32_t> Describer::Scratch::embedded_offset(std::span<const Step> path) {
  const Node* data = path.size() < 2 ? nullptr : document::find(object->root, path.first(1));
  const std::int64_t at = data == nullptr ? -1 : data->find_index(path[1].symbol());
  if (at < 0 || data->value_offsets().empty()) return std::nullopt;
  if (embedded_of != finding->object || embedded_key != path[1]) {
    embedded_of = finding->object;
    embedded_key = path[1];
    const auto number = static_cast<std::size_t>(at);
    embedded.emplace(snapshot.source_of(*object), data->items[number].as_string(), data->value_offsets()[number],
                     *snapshot.shared_symbols());
  }
  return embedded->offset_of(path.subspan(2));
}

// Where the path leads: in the text of a ConfigMap's key too, if that keeps its lines.
void Describer::Scratch::place(FindingDetail& detail, const Path& path) {
  const auto located = document::locate(object->root, object->offset, path);
  const kube::FieldProblem* problem = field_problem();
  const bool is_told = rule->scope != Scope::field || (problem != nullptr && is_value_told(problem->type));
  const bool is_embedded = rule->scope == Scope::component && object->kind == "ConfigMap";
  const auto in_text = is_embedded ? embedded_offset(path) : std::nullopt;
  is_at_key = is_embedded && !in_text;
  detail.field = document::to_string(path, snapshot.symbols());
  detail.value = written && is_told ? located.node : nullptr;
  detail.offset = in_text.value_or(located.offset);
  detail.place = detail.source->place_of(detail.offset);
  detail.written.reset();
  if (const snapshot::Provenance* provenance = snapshot.provenance_of(*object)) {
    detail.written = provenance->written_at(*object, path, detail.place);
  }
}

}  // namespace kastell::policy

// What a report shows of a finding: the subject is made again, and its field followed to where it was written.

#include <algorithm>

#include "kube/shown_value.h"
#include "policy/describe/embedded_text.h"
#include "policy/describe/evidence.h"
#include "policy/describe/message.h"
#include "policy/describe/undecided.h"
#include "policy/scan/doubt.h"

namespace kastell::policy {

using document::Node;
using document::Path;
using document::Step;
using kube::PodProblem;

namespace {

constexpr std::size_t longest_value = 80;  // bytes shown in a message

std::string_view name_in(const Node* node) {
  const Node* name = node == nullptr ? nullptr : node->find(symbols::name);
  return name == nullptr ? std::string_view{} : name->as_string();
}

std::size_t cut_at_code_point(std::string_view text, std::size_t size) {
  while (size > 0 && (static_cast<unsigned char>(text[size]) & 0xC0) == 0x80) --size;
  return size;
}

std::string value_text(const Node* value, const SymbolTable& symbols) {
  if (value == nullptr) return "(not set)";
  std::string text;
  if (value->is_string()) {
    text = value->as_string();
  } else {
    kube::append_shown_json(text, *value, symbols, longest_value);
  }
  if (text.size() > longest_value) text = text.substr(0, cut_at_code_point(text, longest_value)) + "…";
  return text;
}

// A field that is unknown or of a wrong type may hold anything, credentials too, where nobody looks for them.
bool is_value_told(kube::FieldProblemType type) {
  return type != kube::FieldProblemType::unknown_field && type != kube::FieldProblemType::wrong_type;
}

// A schema may speak of the object as a whole.
std::string_view field_text(const Rule& rule, std::string_view field) {
  return rule.scope == Scope::field && field.empty() ? "the object" : field;
}

bool is_pod_scope(Scope scope) {
  return scope == Scope::pod || scope == Scope::container || scope == Scope::volume;
}

Path joined(Path above, std::span<const Step> below) {
  above.insert(above.end(), below.begin(), below.end());
  return above;
}

}  // namespace

struct Describer::Scratch {
  explicit Scratch(const ScanResult& scanned)
      : result(scanned),
        snapshot(*scanned.snapshot),
        maker(snapshot, *scanned.facts),
        evaluation(snapshot.symbols()),
        field_check(scanned.facts->fields().make_check()) {}

  void find(const Finding& finding);
  Path path();
  std::string_view subject_name() const;
  std::string container_name() const;
  const kube::ContainerView* container() const;
  const kube::ComponentView* component() const;

  const ScanResult& result;
  const snapshot::Snapshot& snapshot;
  SubjectMaker maker;
  cel::Evaluation evaluation;

  // The finding at hand. Pods of one object are kept for its other findings.
  const Finding* finding = nullptr;
  const snapshot::Object* object = nullptr;
  const Rule* rule = nullptr;
  snapshot::ObjectId pods_of = 0xFFFFFFFF;
  std::vector<PodSubjects> pods;
  std::string container_text;
  // Of the finding's object, by pod (those of a configuration as of pod 0).
  snapshot::ObjectId components_of = 0xFFFFFFFF;
  std::vector<std::span<const kube::ComponentView>> components;
  const Node* refused = nullptr;  // what the component refuses, as a text
  bool written = true;            // whether anything is written where path() leads
  // The type problems of one object and scope.
  std::optional<std::pair<snapshot::ObjectId, Scope>> doubts_of;
  Arena doubts_arena;
  std::optional<cel::FieldRead> first;  // what field() found of the finding
  Arena further_arena;                  // for what is found behind it
  ObjectDoubts doubts;
  // A file within a ConfigMap.
  snapshot::ObjectId embedded_of = 0xFFFFFFFF;
  Step embedded_key{};
  std::optional<EmbeddedText> embedded;
  bool is_at_key = false;  // all that is known of a place in it
  std::optional<std::uint32_t> embedded_offset(std::span<const Step> path);
  std::vector<Path> further_paths();
  void place(FindingDetail& detail, const Path& path);
  void tell(FindingDetail& detail);

  // The field problems of one object.
  snapshot::ObjectId fields_of = 0xFFFFFFFF;
  Arena fields_arena;
  FieldChecker field_check;
  kube::FieldReport fields;
  const kube::FieldProblem* field_problem() const;

 private:
  void make_fields();
  void make_pods();
  void make_components();
  Path component_path();
  Subject subject();
  Path pod_path(const PodSubjects& pod);
  Path problem_path(const PodSubjects& pod) const;
  const kube::TypeProblem* type_problem();
  // The field in question below variable `variable` of the subject.
  cel::FieldRead field();
  Path real_path(const PodSubjects& pod, const cel::FieldRead& read) const;
  Path path_of(const cel::FieldRead& read);
};

void Describer::Scratch::find(const Finding& wanted) {
  finding = &wanted;
  object = &snapshot.object(wanted.object);
  rule = &result.controls[wanted.control]->rules[wanted.rule];
  if (is_pod_scope(rule->scope)) make_pods();
  if (rule->scope == Scope::component) make_components();
  if (rule->scope == Scope::field) make_fields();
  written = true;
  first.reset();
  refused = nullptr;
  container_text = container_name();
}

void Describer::Scratch::make_pods() {
  if (pods_of == finding->object) return;
  pods_of = finding->object;
  pods.clear();
  components_of = 0xFFFFFFFF;
  maker.arena().reset();
  for (const auto& location : kube::find_pods(object->root, snapshot.symbols(), maker.arena())) {
    pods.push_back(maker.pod_of(object->root, location));
  }
}

const kube::ContainerView* Describer::Scratch::container() const {
  if (rule->scope != Scope::container || finding->member == Finding::no_member) return nullptr;
  return &pods[finding->pod].built.view.containers[finding->member];
}

void Describer::Scratch::make_components() {
  make_pods();
  if (components_of == finding->object) return;
  components_of = finding->object;
  components.clear();
  const ComponentFacts& facts = result.facts->components();
  for (const PodSubjects& pod : pods) components.push_back(facts.of_pod(pod.built.view, maker.arena()));
  if (pods.empty()) components.push_back(facts.of_configuration(*object, maker.arena()));
}

const kube::ComponentView* Describer::Scratch::component() const {
  return rule->scope == Scope::component ? &components[finding->pod][finding->member] : nullptr;
}

void Describer::Scratch::make_fields() {
  if (fields_of == finding->object) return;
  fields_of = finding->object;
  fields_arena.reset();
  fields = field_check.check(*object, fields_arena);
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

const kube::FieldProblem* Describer::Scratch::field_problem() const {
  const bool is_one = rule->scope == Scope::field && finding->member < fields.problems.size();
  return is_one ? &fields.problems[finding->member] : nullptr;
}

Path Describer::Scratch::component_path() {
  const Path read = field().path;
  if (!read.empty() && read[0] == Step::key(component()->keys->errors))
    refused = document::find(component()->view, read);
  kube::SettingPlace place = kube::origin(*component(), read);
  written = place.written;
  return std::move(place.path);
}

// By name; by place where it has none.
std::string Describer::Scratch::container_name() const {
  if (const kube::ComponentView* run = component()) return std::string(run->container);
  const kube::ContainerView* view = container();
  if (view == nullptr) return {};
  const std::string_view name = name_in(view->raw);
  return name.empty() ? document::to_string(view->path_in_spec, snapshot.symbols()) : std::string(name);
}

std::string_view Describer::Scratch::subject_name() const {
  if (const kube::ComponentView* named = component()) return named->name;
  if (rule->scope != Scope::volume || finding->member == Finding::no_member) return object->name;
  return name_in(&pods[finding->pod].volumes[finding->member]);
}

Subject Describer::Scratch::subject() {
  const Node& root = object->root;
  const bool one = finding->member != Finding::no_member;
  if (rule->scope == Scope::component) {
    return maker.component_subject(*component(), finding->pod, finding->member, root);
  }
  if (rule->scope == Scope::object || (!one && !is_pod_scope(rule->scope))) return maker.object_subject(*object);
  if (rule->scope == Scope::role_rule || rule->scope == Scope::subject) {
    const Node& list = *root.find(*member_list(rule->scope));
    return maker.rbac_subject(rule->scope, list.items[finding->member], finding->member, root);
  }
  const PodSubjects& pod = pods[finding->pod];
  if (rule->scope == Scope::pod || !one) return SubjectMaker::pod_subject(pod, finding->pod, root);
  const Node& value = rule->scope == Scope::container ? container()->view : pod.volumes[finding->member];
  return SubjectMaker::pod_member_subject(rule->scope, value, finding->member, pod, finding->pod, root);
}

cel::FieldRead Describer::Scratch::field() {
  if (rule->field) return {0, *rule->field};
  if (finding->verdict != Verdict::fail && finding->verdict != Verdict::accepted &&
      finding->verdict != Verdict::error) {
    return {0, {}};
  }
  first = deciding_field(*rule->expression, subject(), evaluation);
  return *first;
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

Describer::Describer(const ScanResult& result)
    : result_(result), scratch_(std::make_unique<Scratch>(result)), detail_{} {}
Describer::~Describer() = default;

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

void Describer::Scratch::tell(FindingDetail& detail) {
  const Control& control = *result.controls[finding->control];
  const kube::FieldProblem* problem = field_problem();
  detail.message.clear();
  if (finding->verdict == Verdict::not_evaluated || finding->verdict == Verdict::error) {
    return append_undecided(detail, finding->verdict, control);
  }
  // What is known of no schema has no field of which to say anything.
  if (rule->scope == Scope::field && (problem == nullptr || problem->explanation.empty())) {
    detail.message = control.title;
    return;
  }
  const std::string value = value_text(refused != nullptr ? refused : detail.value, snapshot.symbols());
  append_message(detail.message, rule->message,
                 {detail.container, field_text(*rule, detail.field), value, subject_name(), object->kind,
                  object->effective_namespace(), problem == nullptr ? std::string_view{} : problem->explanation});
  append_also(detail.message, detail.also);
  if (is_at_key) {
    detail.message += "; it stands in the text of that key, whose lines are not known, for it is no literal block";
  }
}

const FindingDetail& Describer::describe(const Finding& finding) {
  if (const UnseenResource* unseen = result_.unseen_of(finding)) return describe_unseen(finding, *unseen);
  if (const ExceptionUse* use = result_.exception_of(finding)) return describe_exception(finding, *use);
  Scratch& scratch = *scratch_;
  scratch.find(finding);
  const Path path = scratch.path();
  const kube::ContainerView* container = scratch.container();
  detail_.object = scratch.object;
  detail_.source = &result_.snapshot->source_of(*scratch.object);
  detail_.container = scratch.container_text;
  detail_.container_type = container == nullptr ? std::string_view{} : kube::name_of(container->type);
  detail_.reason = result_.reasons[finding.reason];
  scratch.place(detail_, path);
  detail_.also.clear();
  for (const Path& one : scratch.further_paths()) {
    detail_.also.push_back(document::to_string(one, result_.snapshot->symbols()));
  }
  scratch.tell(detail_);
  return detail_;
}

}  // namespace kastell::policy

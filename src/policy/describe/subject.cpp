// The subject of the finding at hand, made again.

#include "policy/describe/scratch.h"

namespace kastell::policy {

using document::Node;

namespace {

std::string_view name_in(const Node* node) {
  const Node* name = node == nullptr ? nullptr : node->find(symbols::name);
  return name == nullptr ? std::string_view{} : name->as_string();
}

}  // namespace

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

const kube::FieldProblem* Describer::Scratch::field_problem() const {
  const bool is_one = rule->scope == Scope::field && finding->member < fields.problems.size();
  return is_one ? &fields.problems[finding->member] : nullptr;
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

}  // namespace kastell::policy

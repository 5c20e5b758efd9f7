#include "policy/scan/subject.h"

#include <algorithm>

namespace kastell::policy {

using document::make_object;
using document::Member;
using document::Node;

namespace {

std::string_view text_or(const Node* node, std::string_view otherwise) {
  const std::string_view text = node == nullptr ? std::string_view{} : node->as_string();
  return text.empty() ? otherwise : text;
}

std::string_view service_account_name(const Node& spec) {
  const Node* name = spec.find(symbols::serviceAccountName);
  return text_or(name != nullptr ? name : spec.find(symbols::serviceAccount), "default");
}

// A PodSpec as Kubernetes reads it; the `spec` of a custom resource that resembles one has fields of its own.
bool has_own_resources(const Node& object, const kube::PodLocation& location) {
  return location.shape == kube::PodShape::pod_spec &&
         (location.spec_path.size() > 1 || text_or(object.find(symbols::kind), {}) == "Pod");
}

}  // namespace

PodSubjects SubjectMaker::pod_of(const Node& object, const kube::PodLocation& location) {
  PodSubjects pod{kube::build_pod_view(object, location, snapshot_.symbols(), arena_), {}, {}, {}};
  const Node& view = pod.built.view.view;
  const std::string_view name_space = text_or(view.find(symbols::namespace_), "default");
  const Node* metadata = pod.built.view.metadata;
  const Node* labels = metadata == nullptr ? nullptr : metadata->find(symbols::labels);

  Member* members = arena_.allocate_array<Member>(view.size + 3 + ObjectFacts::pod_member_count);
  std::size_t count = 0;
  for (; count < view.size; ++count) members[count] = {view.member_keys()[count], view.items[count]};
  members[count++] = {symbols::networkPolicies, facts_.network_policies(name_space, labels, arena_)};
  const Node& spec = *view.find(symbols::spec);
  const Node* resources = has_own_resources(object, location) ? spec.find(symbols::resources) : nullptr;
  members[count++] = {symbols::bounds, facts_.bounds(name_space, resources, arena_)};
  pod.volumes = volumes_of(spec);
  const std::string_view account_name = service_account_name(spec);
  facts_.objects().append_pod_members(view, name_space, account_name, members + count, arena_);
  count += ObjectFacts::pod_member_count;
  if (joins_service_accounts_) {
    const Node account = facts_.service_account(name_space, account_name, arena_);
    if (!account.is_null()) members[count++] = {symbols::serviceAccount, account};
    pod.service_account_problem = facts_.service_account_problem(name_space, account_name);
  }
  pod.pod = make_object(arena_, {members, count}, false);
  return pod;
}

Subject SubjectMaker::object_subject(const snapshot::Object& object) {
  const Node space = facts_.namespace_facts(namespace_of(object), arena_);
  return {Scope::object, 0, Finding::no_member, {object.root, space, facts_.objects().of_object(object, arena_)}, 3};
}

std::string_view SubjectMaker::namespace_of(const snapshot::Object& object) {
  const bool is_namespace = object.kind == "Namespace" && object.group().empty();
  return is_namespace ? object.name : object.effective_namespace();
}

Subject SubjectMaker::member_subject(Scope scope, const Node& value, std::uint32_t member, const Node& object) {
  return {scope, 0, member, {value, object}, 2};
}

Subject SubjectMaker::component_subject(const kube::ComponentView& component, std::uint16_t pod, std::uint32_t number,
                                        const Node& object) {
  return {Scope::component, pod, number, {facts_.components().with_cluster(component, arena_), object}, 2};
}

Subject SubjectMaker::rbac_subject(Scope scope, const Node& value, std::uint32_t member, const Node& object) {
  if (scope != Scope::role_rule) return member_subject(scope, value, member, object);
  return {scope, 0, member, {value, object, facts_.objects().of_rule(value, object, arena_)}, 3};
}

Subject SubjectMaker::pod_subject(const PodSubjects& pod, std::uint16_t number, const Node& object) {
  return {Scope::pod, number, Finding::no_member, {pod.pod, object}, 2};
}

Subject SubjectMaker::pod_member_subject(Scope scope, const Node& value, std::uint32_t member, const PodSubjects& pod,
                                         std::uint16_t number, const Node& object) {
  return {scope, number, member, {value, pod.pod, object}, 3};
}

// Only those of images look otherwise than they are written.
std::span<const Node> SubjectMaker::volumes_of(const Node& spec) {
  const Node* list = spec.find(symbols::volumes);
  const auto written = list == nullptr ? std::span<const Node>{} : list->as_list();
  const auto is_image = [](const Node& volume) { return volume.find(symbols::image) != nullptr; };
  if (std::ranges::none_of(written, is_image)) return written;
  Node* views = arena_.allocate_array<Node>(written.size());
  std::ranges::transform(written, views, [this](const Node& volume) { return kube::volume_view(volume, arena_); });
  return {views, written.size()};
}

}  // namespace kastell::policy

// Building a pod's view.

#include <algorithm>
#include <array>

#include "kube/credential_names.h"
#include "kube/image_reference.h"
#include "kube/pod/effective.h"
#include "kube/pod/member.h"
#include "kube/pod_view.h"
#include "kube/schema/schema.h"

namespace kastell::kube {

using document::make_object;
using document::Member;
using document::Node;
using document::Step;

namespace {

const Node empty_object = Node::make_empty_object();

// A place in the spec that holds containers.
struct ContainerSource {
  PodShape shape;
  ContainerType type;
  Symbol outer, inner;  // `outer` alone, or outer.inner
  bool is_list;
};
constexpr Symbol none{~0U};
constexpr ContainerSource container_sources[] = {
    {PodShape::pod_spec, ContainerType::init, symbols::initContainers, none, true},
    {PodShape::pod_spec, ContainerType::container, symbols::containers, none, true},
    {PodShape::pod_spec, ContainerType::ephemeral, symbols::ephemeralContainers, none, true},
    {PodShape::argo_template, ContainerType::init, symbols::initContainers, none, true},
    {PodShape::argo_template, ContainerType::container, symbols::container, none, false},
    {PodShape::argo_template, ContainerType::container, symbols::script, none, false},
    {PodShape::argo_template, ContainerType::container, symbols::containerSet, symbols::containers, true},
    {PodShape::argo_template, ContainerType::container, symbols::sidecars, none, true},
    // What stepTemplate sets holds for every step, so it is judged like one.
    {PodShape::tekton_task, ContainerType::container, symbols::stepTemplate, none, false},
    {PodShape::tekton_task, ContainerType::container, symbols::steps, none, true},
    {PodShape::tekton_task, ContainerType::container, symbols::sidecars, none, true},
};

// What an Argo template takes from its workflow's spec.
constexpr Symbol inherited_members[] = {
    symbols::hostNetwork,
    symbols::securityContext,
    symbols::serviceAccountName,
    symbols::volumes,
    symbols::automountServiceAccountToken,
    symbols::nodeSelector,
};

class PodViewBuilder final : private SchemaReporter {
 public:
  PodViewBuilder(const Node& object, const PodLocation& location, const SymbolTable& symbols, Arena& arena)
      : location_(location), symbols_(symbols), arena_(arena) {
    view_.spec_path = location.spec_path;
    view_.metadata_path = location.metadata_path;
    view_.inherited_path = location.inherited_path;
    view_.object = &object;
  }

  BuiltPodView build() {
    find_parts();
    const Node spec_view = view_.inherited == nullptr ? *view_.spec : inherit();
    security_context_owner_ = spec_view;
    check_schema(spec_view, Schema::pod_spec, *this);
    check_metadata();
    build_containers();
    view_.view = make_view(spec_view);
    return {view_, {problems_, problem_count_}};
  }

 private:
  void find_parts() {
    view_.spec = document::find(*view_.object, view_.spec_path);
    view_.metadata = document::find(*view_.object, view_.metadata_path);
    view_.inherited = nullptr;
    if (!view_.inherited_path.empty()) view_.inherited = document::find(*view_.object, view_.inherited_path);
    if (view_.metadata != nullptr && view_.metadata->is_null()) view_.metadata = nullptr;
    if (view_.spec != nullptr && view_.spec->is_object()) return;
    add_mismatch(view_.spec_path, "an object", view_.spec);
    view_.spec = &empty_object;
  }

  Node inherit() {
    Member* members = arena_.allocate_array<Member>(view_.spec->size + std::size(inherited_members));
    std::size_t count = 0;
    for (std::uint32_t i = 0; i < view_.spec->size; ++i) {
      members[count++] = {view_.spec->member_keys()[i], view_.spec->items[i]};
    }
    for (const Symbol name : inherited_members) {
      const Node* value = member(*view_.inherited, name);
      if (value == nullptr) continue;
      if (view_.spec->find(name) == nullptr) {
        members[count++] = {name, *value};
      } else if (name == symbols::volumes) {
        add_problem(joined(view_.inherited_path, Step::key(name)), "not judged beside the template's own volumes");
      }
    }
    return make_object(arena_, {members, count}, false);
  }

  // The pod's own, and that of the object that makes it: pods are in its namespace.
  void check_metadata() {
    static constexpr Step of_object[] = {Step::key(symbols::metadata)};
    if (view_.metadata != nullptr) check_metadata_at(view_.metadata_path, *view_.metadata);
    if (std::ranges::equal(view_.metadata_path, of_object)) return;
    if (const Node* metadata = object_metadata()) check_metadata_at(of_object, *metadata);
  }

  void check_metadata_at(PathView path, const Node& metadata) {
    base_ = path;
    check_schema(metadata, Schema::metadata, *this);
  }

  // The container lists.

  static const Node* find_source(const Node& spec, const ContainerSource& source) {
    const Node* outer = member(spec, source.outer);
    return source.inner == none ? outer : member(outer, source.inner);
  }

  PathView path_of(const ContainerSource& source, std::optional<std::uint32_t> index) {
    Step* steps = arena_.allocate_array<Step>(3);
    std::size_t count = 0;
    steps[count++] = Step::key(source.outer);
    if (source.inner != none) steps[count++] = Step::key(source.inner);
    if (index) steps[count++] = Step::index(*index);
    return {steps, count};
  }

  std::size_t count_containers() const {
    std::size_t count = 0;
    for (const ContainerSource& source : container_sources) {
      const Node* node = source.shape == location_.shape ? find_source(*view_.spec, source) : nullptr;
      if (node != nullptr) count += source.is_list ? node->as_list().size() : 1;
    }
    return count;
  }

  void build_containers() {
    containers_ = arena_.allocate_array<ContainerView>(count_containers());
    bool has_ordinary = false;
    for (const ContainerSource& source : container_sources) {
      if (source.shape != location_.shape) continue;
      const std::size_t before = container_count_;
      if (const Node* node = find_source(*view_.spec, source)) build_source(source, *node);
      has_ordinary = has_ordinary || (source.type == ContainerType::container && container_count_ > before);
    }
    view_.containers = {containers_, container_count_};
    // The API server refuses a pod without containers; judging nothing must not look like passing.
    if (!has_ordinary && problem_count_ == 0) {
      add_problem(joined(view_.spec_path, Step::key(symbols::containers)), "holds no container");
    }
    if (member(*view_.spec, symbols::podSpecPatch) != nullptr) {
      add_problem(joined(view_.spec_path, Step::key(symbols::podSpecPatch)), "a text that is not judged");
    }
  }

  void build_source(const ContainerSource& source, const Node& node) {
    if (!source.is_list) return build_container(source, node, 0, path_of(source, {}));
    if (!node.is_list()) return add_mismatch(joined(view_.spec_path, path_of(source, {})), "a list", &node);
    for (std::uint32_t i = 0; i < node.size; ++i) build_container(source, node.items[i], i, path_of(source, i));
  }

  void build_container(const ContainerSource& source, const Node& raw, std::uint32_t index, PathView path) {
    if (!raw.is_object()) return add_mismatch(joined(view_.spec_path, path), "an object", &raw);
    base_ = joined(view_.spec_path, path);
    current_container_ = static_cast<std::uint32_t>(container_count_);
    check_schema(raw, Schema::container, *this);
    current_container_ = PodProblem::whole_pod;
    const auto sources = find_security_context(security_context_owner_, view_.metadata, raw, symbols_);
    containers_[container_count_++] = {source.type, index,   path,
                                       &raw,        sources, make_container_view(source.type, raw, sources)};
  }

  Node make_container_view(ContainerType type, const Node& raw, const SecurityContextSources& sources) {
    Member* members = arena_.allocate_array<Member>(raw.size + 4);
    std::size_t count = 0;
    const auto keys = raw.member_keys();
    for (std::uint32_t i = 0; i < raw.size; ++i) {
      if (!is_view_member(keys[i])) members[count++] = {keys[i], raw.items[i]};
    }
    members[count++] = {symbols::containerType, Node::make_string(name_of(type))};
    members[count++] = {symbols::effective, make_effective(sources, arena_)};
    members[count++] = {symbols::imageReference, image_reference_view(member(raw, symbols::image), arena_)};
    const Node names = credential_names(member(raw, symbols::env));
    if (names.size > 0) members[count++] = {symbols::credentialNames, names};
    return make_object(arena_, {members, count}, false);
  }

  // A document cannot pretend to be the view.
  static bool is_view_member(Symbol key) {
    return key == symbols::containerType || key == symbols::effective || key == symbols::imageReference ||
           key == symbols::credentialNames;
  }

  Node credential_names(const Node* variables) {
    Node list;
    list.kind = document::Kind::list;
    if (variables == nullptr || !variables->is_list()) return list;
    Node* names = nullptr;
    for (const Node& variable : variables->as_list()) {
      const Node* name = member(variable, symbols::name);
      const Node* value = member(variable, symbols::value);
      if (name == nullptr || value == nullptr || !is_named_credential(name->as_string(), value->as_string())) continue;
      if (names == nullptr) names = arena_.allocate_array<Node>(variables->size);
      names[list.size++] = *name;
    }
    list.items = names;
    return list;
  }

  // The pod itself.

  Node make_view(const Node& spec_view) {
    Node* items = arena_.allocate_array<Node>(container_count_);
    for (std::size_t i = 0; i < container_count_; ++i) items[i] = containers_[i].view;
    Node list;
    list.kind = document::Kind::list;
    list.size = static_cast<std::uint32_t>(container_count_);
    list.items = items;
    const std::array<Member, 6> members{{
        {symbols::spec, spec_view},
        {symbols::metadata, view_.metadata == nullptr ? empty_object : *view_.metadata},
        {symbols::containers, list},
        {symbols::kind, text_or(member(*view_.object, symbols::kind), "")},
        {symbols::name, object_name()},
        {symbols::namespace_, text_or(member(object_metadata(), symbols::namespace_), "default")},
    }};
    return make_object(arena_, members, false);
  }

  const Node* object_metadata() const { return member(*view_.object, symbols::metadata); }

  Node object_name() const {
    const Node* name = member(object_metadata(), symbols::name);
    return text_or(name != nullptr ? name : member(object_metadata(), symbols::generateName), "");
  }

  static Node text_or(const Node* node, std::string_view otherwise) {
    const std::string_view text = node == nullptr ? std::string_view{} : node->as_string();
    return Node::make_string(text.empty() ? otherwise : text);
  }

  // Problems.

  void report(PathView path, std::string_view expected, const Node* found) override {
    // Below the spec, a field may be the inherited one: origin() knows.
    if (!base_.empty()) return add_mismatch(joined(base_, path), expected, found);
    const bool inherited = view_.inherited != nullptr && !path.empty() && !path[0].is_index &&
                           view_.spec->find(path[0].symbol()) == nullptr;
    add_mismatch(joined(inherited ? view_.inherited_path : view_.spec_path, path), expected, found);
  }

  void add_mismatch(PathView path, std::string_view expected, const Node* found) {
    add_problem(path, mismatch_text(expected, found, arena_));
  }

  void add_problem(PathView path, std::string_view message) {
    if (problem_count_ == problem_capacity_) {
      problem_capacity_ = std::max<std::size_t>(4, problem_capacity_ * 2);
      auto* larger = arena_.allocate_array<PodProblem>(problem_capacity_);
      std::copy_n(problems_, problem_count_, larger);
      problems_ = larger;
    }
    problems_[problem_count_++] = {path, message, current_container_};
  }

  PathView joined(PathView above, PathView below) {
    Step* steps = arena_.allocate_array<Step>(above.size() + below.size());
    std::ranges::copy(below, std::ranges::copy(above, steps).out);
    return {steps, above.size() + below.size()};
  }
  PathView joined(PathView above, const Step& below) { return joined(above, PathView(&below, 1)); }

  const PodLocation& location_;
  const SymbolTable& symbols_;
  Arena& arena_;
  PodView view_{};
  Node security_context_owner_;  // the spec with what it inherits
  ContainerView* containers_ = nullptr;
  std::size_t container_count_ = 0;
  PodProblem* problems_ = nullptr;
  std::size_t problem_count_ = 0, problem_capacity_ = 0;
  PathView base_ = {};  // of what is being checked; empty: the spec
  std::uint32_t current_container_ = PodProblem::whole_pod;
};

}  // namespace

std::string_view name_of(ContainerType type) {
  switch (type) {
    case ContainerType::container: return "container";
    case ContainerType::init: return "init";
    case ContainerType::ephemeral: return "ephemeral";
  }
  return "container";
}

Node image_reference_view(const Node* name, Arena& arena) {
  const auto reference = name == nullptr ? std::nullopt : parse_image_reference(name->as_string());
  if (!reference) return empty_object;
  std::array<Member, 4> members;
  std::size_t count = 0;
  const auto add_part = [&members, &count](Symbol part, std::string_view text) {
    if (!text.empty()) members[count++] = {part, Node::make_string(text)};
  };
  add_part(symbols::registry, reference->registry);
  add_part(symbols::repository, reference->repository);
  add_part(symbols::tag, reference->tag);
  add_part(symbols::digest, reference->digest);
  return make_object(arena, {members.data(), count}, false);
}

Node volume_view(const Node& volume, Arena& arena) {
  const Node* name = member(member(volume, symbols::image), symbols::reference);
  if (name == nullptr) return volume;
  Member* members = arena.allocate_array<Member>(volume.size + 1);
  std::size_t count = 0;
  for (std::uint32_t i = 0; i < volume.size; ++i) {
    const Symbol key = volume.member_keys()[i];
    if (key != symbols::imageReference) members[count++] = {key, volume.items[i]};
  }
  members[count++] = {symbols::imageReference, image_reference_view(name, arena)};
  return make_object(arena, {members, count}, false);
}

BuiltPodView build_pod_view(const Node& object, const PodLocation& location, const SymbolTable& symbols, Arena& arena) {
  return PodViewBuilder(object, location, symbols, arena).build();
}

}  // namespace kastell::kube

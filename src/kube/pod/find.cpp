// Where pods are in an object: by kind for what Kubernetes ships, by shape for everything else (a Deployment
// with a mistyped apiVersion included).

#include <algorithm>
#include <array>
#include <vector>

#include "kube/api_resource.h"
#include "kube/pod_view.h"

namespace kastell::kube {

using document::Node;
using document::Path;
using document::Step;

namespace {

constexpr std::size_t deepest = 64;

// Paths of built-in kinds.
constexpr std::array pod_spec{Step::key(symbols::spec)};
constexpr std::array pod_metadata{Step::key(symbols::metadata)};
constexpr std::array template_spec{Step::key(symbols::template_), Step::key(symbols::spec)};
constexpr std::array template_metadata{Step::key(symbols::template_), Step::key(symbols::metadata)};
constexpr std::array workload_spec{Step::key(symbols::spec), Step::key(symbols::template_), Step::key(symbols::spec)};
constexpr std::array workload_metadata{Step::key(symbols::spec), Step::key(symbols::template_),
                                       Step::key(symbols::metadata)};
constexpr std::array cron_job_spec{Step::key(symbols::spec), Step::key(symbols::jobTemplate), Step::key(symbols::spec),
                                   Step::key(symbols::template_), Step::key(symbols::spec)};
constexpr std::array cron_job_metadata{Step::key(symbols::spec), Step::key(symbols::jobTemplate),
                                       Step::key(symbols::spec), Step::key(symbols::template_),
                                       Step::key(symbols::metadata)};

constexpr PodLocation pod{pod_spec, pod_metadata};
constexpr PodLocation pod_template{template_spec, template_metadata};
constexpr PodLocation workload{workload_spec, workload_metadata};
constexpr PodLocation cron_job{cron_job_spec, cron_job_metadata};

struct BuiltInKind {
  std::string_view group, kind;
  const PodLocation* location;
};
constexpr BuiltInKind built_in_kinds[] = {
    {"", "Pod", &pod},
    {"", "PodTemplate", &pod_template},
    {"", "ReplicationController", &workload},
    {"apps", "Deployment", &workload},
    {"apps", "DaemonSet", &workload},
    {"apps", "StatefulSet", &workload},
    {"apps", "ReplicaSet", &workload},
    {"extensions", "Deployment", &workload},
    {"extensions", "DaemonSet", &workload},
    {"extensions", "ReplicaSet", &workload},
    {"batch", "Job", &workload},
    {"batch", "CronJob", &cron_job},
};

std::string_view text_of(const Node& object, Symbol key) {
  const Node* value = object.find(key);
  return value == nullptr ? std::string_view{} : value->as_string();
}

// An object inside another; a reference to one (scaleTargetRef, targetRef…) has apiVersion and kind too, but no more
// than a name.
bool is_whole_object(const Node& node) {
  const bool holds_one = node.find(symbols::spec) != nullptr || node.find(symbols::metadata) != nullptr;
  return holds_one && !text_of(node, symbols::apiVersion).empty() && !text_of(node, symbols::kind).empty();
}

const PodLocation* find_built_in(const Node& object) {
  const std::string_view group = api_group(text_of(object, symbols::apiVersion));
  const std::string_view kind = text_of(object, symbols::kind);
  const auto* found = std::ranges::find_if(
      built_in_kinds, [group, kind](const BuiltInKind& entry) { return entry.group == group && entry.kind == kind; });
  return found == std::end(built_in_kinds) ? nullptr : found->location;
}

bool is_container_like(const Node& node) {
  const auto has_text = [&node](Symbol key) { return !text_of(node, key).empty(); };
  return has_text(symbols::image) || has_text(symbols::name);
}

bool holds_list_of(const Node& node, Symbol key, bool (*is_item)(const Node&)) {
  const Node* list = node.find(key);
  return list != nullptr && std::ranges::any_of(list->as_list(), is_item);
}

bool has_image(const Node& node) {
  return !text_of(node, symbols::image).empty();
}

bool holds_image(const Node& node, Symbol key) {
  const Node* child = node.find(key);
  return child != nullptr && has_image(*child);
}

bool is_pod_spec(const Node& node) {
  return holds_list_of(node, symbols::containers, is_container_like);
}
bool is_tekton_task(const Node& node) {
  return holds_list_of(node, symbols::steps, has_image);
}
bool is_argo_template(const Node& node) {
  const Node* set = node.find(symbols::containerSet);
  return holds_image(node, symbols::container) || holds_image(node, symbols::script) ||
         (set != nullptr && is_pod_spec(*set));
}

bool names_template(std::string_view key) {
  return key == "template" || key.ends_with("Template") || key.ends_with("TemplateSpec") || key == "podSpec";
}

// Walks an object whose kind is not built in. The path walked so far has a fixed size, so that an object
// without pods costs no memory.
class ShapeSearch {
 public:
  ShapeSearch(const SymbolTable& symbols, Arena& arena) : symbols_(symbols), arena_(arena) {}

  void visit_object(const Node& object) {
    if (const PodLocation* built_in = find_built_in(object)) {
      add(built_in->spec_path, built_in->metadata_path, PodShape::pod_spec);
      return;
    }
    const Node* spec = object.find(symbols::spec);
    if (spec != nullptr && is_pod_spec(*spec)) add(pod_spec, pod_metadata, PodShape::pod_spec);
    visit_members(object);
  }

  std::span<const PodLocation> finish() { return arena_.copy(std::span<const PodLocation>(found_)); }

 private:
  PathView walked() const { return {steps_.data(), depth_}; }

  PathView joined(PathView below) {
    Step* steps = arena_.allocate_array<Step>(depth_ + below.size());
    std::ranges::copy(below, std::ranges::copy(walked(), steps).out);
    return {steps, depth_ + below.size()};
  }

  void add(PathView spec, PathView metadata, PodShape shape) {
    PodLocation location{joined(spec), joined(metadata), shape, {}};
    if (shape == PodShape::argo_template) location.inherited_path = workflow_spec(location.spec_path);
    found_.push_back(location);
  }

  // What holds the `templates` or `templateDefaults` that a template belongs to.
  static PathView workflow_spec(PathView path) {
    const auto holder = std::ranges::find_if(path, [](const Step& step) {
      return step == Step::key(symbols::templates) || step == Step::key(symbols::templateDefaults);
    });
    return holder == path.end() ? PathView{} : PathView(path.begin(), holder);
  }

  void visit(const Node& node) {
    if (node.is_list()) return visit_items(node);
    if (!node.is_object()) return;
    if (is_whole_object(node)) return visit_object(node);
    visit_shape(node);
    visit_members(node);
  }

  void visit_shape(const Node& node) {
    if (is_tekton_task(node)) return add({}, pod_metadata, PodShape::tekton_task);
    if (is_argo_template(node)) return add({}, pod_metadata, PodShape::argo_template);
    const Step& last = walked().back();
    if (last.is_index || !names_template(symbols_.text(last.symbol()))) return;
    const Node* spec = node.find(symbols::spec);
    if (spec != nullptr && is_pod_spec(*spec)) return add(pod_spec, pod_metadata, PodShape::pod_spec);
    if (is_pod_spec(node)) add({}, pod_metadata, PodShape::pod_spec);
  }

  void visit_below(const Step& step, const Node& node) {
    if (depth_ == deepest) return;
    steps_[depth_++] = step;
    visit(node);
    --depth_;
  }

  void visit_items(const Node& list) {
    for (std::uint32_t i = 0; i < list.size; ++i) visit_below(Step::index(i), list.items[i]);
  }

  void visit_members(const Node& object) {
    for (std::uint32_t i = 0; i < object.size; ++i) {
      const Symbol key = object.member_keys()[i];
      if (key != symbols::status && key != symbols::metadata) visit_below(Step::key(key), object.items[i]);
    }
  }

  const SymbolTable& symbols_;
  Arena& arena_;
  std::array<Step, deepest> steps_;
  std::size_t depth_ = 0;
  std::vector<PodLocation> found_;
};

}  // namespace

std::span<const PodLocation> find_pods(const Node& object, const SymbolTable& symbols, Arena& arena) {
  if (const PodLocation* built_in = find_built_in(object)) return {built_in, 1};
  ShapeSearch search(symbols, arena);
  search.visit_object(object);
  return search.finish();
}

}  // namespace kastell::kube

#include "kube/component/kubeadm.h"

#include <algorithm>

#include "kube/pod/member.h"

namespace kastell::kube {

using document::Node;
using document::Path;
using document::Step;

namespace {

// Beside the folder of certificates; it does not matter here that not each of them is mounted into each pod.
constexpr std::string_view mounted_by_kubeadm[] = {"/etc/ssl/certs",
                                                   "/etc/ca-certificates",
                                                   "/usr/share/ca-certificates",
                                                   "/usr/local/share/ca-certificates",
                                                   "/etc/pki",
                                                   "/etc/kubernetes/controller-manager.conf",
                                                   "/etc/kubernetes/scheduler.conf"};

// As kubeadm declares it; it refuses any other.
bool is_volume(const Node& volume) {
  for (const Symbol key : {symbols::name, symbols::hostPath, symbols::mountPath}) {
    const Node* text = member(volume, key);
    if (text == nullptr || !text->is_string()) return false;
  }
  const Node* read_only = member(volume, symbols::readOnly);
  const Node* type = member(volume, symbols::pathType);
  return (read_only == nullptr || read_only->kind == document::Kind::boolean) && (type == nullptr || type->is_string());
}

constexpr std::string_view versions_with_maps[] = {"/v1alpha1", "/v1alpha2", "/v1alpha3",
                                                   "/v1beta1",  "/v1beta2",  "/v1beta3"};

constexpr std::string_view kubelet_file =
    "it stands in the kubelet's configuration file that kubeadm writes, which is not in the input";

// kubeadm refuses the whole configuration, so that what it would write into the component is not known.
constexpr std::string_view malformed_arguments = "the arguments are not as kubeadm takes them";
constexpr std::string_view malformed_value = "its value is no text, which kubeadm refuses";

class KubeadmReader {
 public:
  KubeadmReader(const Node& object, const ComponentFlags& flags, SymbolTable& symbols, Arena& arena,
                const Node* kubelet)
      : object_(object), flags_(flags), symbols_(symbols), arena_(arena), kubelet_(kubelet) {}

  std::vector<ComponentDraft> read(std::string_view kind) && {
    if (kind == "ClusterConfiguration") read_control_plane();
    // kubeadm join takes the kubelet's configuration from the cluster.
    if (kind == "JoinConfiguration" || document::find(object_, path({"patches", "directory"})) != nullptr) {
      kubelet_ = nullptr;
    }
    if (kind == "InitConfiguration" || kind == "JoinConfiguration") read_kubelet();
    return std::move(drafts_);
  }

 private:
  PathView path(std::initializer_list<std::string_view> keys) {
    Path steps;
    for (const std::string_view key : keys) steps.push_back(Step::key(symbols_.intern(key)));
    return arena_.copy(std::span<const Step>(steps));
  }

  void read_control_plane() {
    const Node* version = document::find(object_, path({"kubernetesVersion"}));
    if (version != nullptr) version_ = parse_component_version(version->as_string());
    add("kube-apiserver", path({"apiServer", "extraArgs"}), "apiServer");
    add("kube-controller-manager", path({"controllerManager", "extraArgs"}), "controllerManager");
    add("kube-scheduler", path({"scheduler", "extraArgs"}), "scheduler");
    version_.reset();  // etcd has versions of its own
    if (document::find(object_, path({"etcd", "external"})) == nullptr)
      add("etcd", path({"etcd", "local", "extraArgs"}));
  }

  // What kubeadm mounts into its static pods, and what it is told to mount beside that.
  void add_mounts(ComponentDraft& draft, std::string_view section) {
    draft.in_container = true;
    const Node* folder = document::find(object_, path({"certificatesDir"}));
    const bool own = folder != nullptr && !folder->as_string().empty();
    const std::string_view certificates = own ? folder->as_string() : "/etc/kubernetes/pki";
    draft.mounts.push_back({certificates, certificates});
    for (const std::string_view mounted : mounted_by_kubeadm) draft.mounts.push_back({mounted, mounted});
    const Node* extra = document::find(object_, path({section, "extraVolumes"}));
    if (extra == nullptr) return;
    for (const Node& volume : extra->as_list()) {
      if (!is_volume(volume)) continue;
      const std::string_view inside = member(volume, symbols::mountPath)->as_string();
      draft.mounts.push_back({without_slash(inside), without_slash(member(volume, symbols::hostPath)->as_string())});
    }
  }

  void read_kubelet() {
    const PathView arguments = path({"nodeRegistration", "kubeletExtraArgs"});
    if (document::find(object_, arguments) == nullptr) return;
    add("kubelet", arguments);
  }

  // `section`: of the configuration, for what runs in a pod that may be given more volumes.
  void add(std::string_view component, PathView arguments, std::string_view section = {}) {
    ComponentDraft draft;
    draft.spec = flags_.find(component);
    draft.version = version_;
    draft.defaults = DefaultSource::kubeadm;
    draft.carrier_kind = "kubeadm";
    draft.carrier = arguments;
    draft.version_place = path({"kubernetesVersion"});
    draft.add_place = arguments;
    if (!section.empty()) add_mounts(draft, section);
    if (const Node* node = document::find(object_, arguments)) add_arguments(draft, *node);
    if (component == "kubelet") add_kubelet_file(draft);
    if (malformed_) draft.unknown_rest = malformed_arguments;
    add_defaults(draft, symbols_, arena_);
    drafts_.push_back(std::move(draft));
  }

  // Whether something on the way to any arguments, or in them, has a type that kubeadm refuses.
  bool is_malformed() {
    const PathView all[] = {path({"apiServer", "extraArgs"}), path({"controllerManager", "extraArgs"}),
                            path({"scheduler", "extraArgs"}), path({"etcd", "local", "extraArgs"}),
                            path({"nodeRegistration", "kubeletExtraArgs"})};
    return std::ranges::any_of(all, [this](PathView arguments) { return !takes(arguments); });
  }

  // Null is absent.
  bool takes(PathView arguments) const {
    const Node* node = &object_;
    for (const Step& step : arguments) {
      if (!node->is_object()) return false;
      node = member(*node, step.symbol());
      if (node == nullptr) return true;
    }
    const auto is_text = [](const Node* value) { return value == nullptr || value->is_null() || value->is_string(); };
    if (has_maps()) {
      return node->is_object() && std::ranges::all_of(std::span(node->items, node->size),
                                                      [&is_text](const Node& value) { return is_text(&value); });
    }
    return node->is_list() && std::ranges::all_of(node->as_list(), [&is_text](const Node& argument) {
             const Node* name = argument.is_object() ? member(argument, symbols::name) : nullptr;
             return name != nullptr && name->is_string() && is_text(member(argument, symbols::value));
           });
  }

  // v1beta3 and before.
  bool has_maps() const {
    const Node* version = member(object_, symbols::apiVersion);
    const std::string_view text = version == nullptr ? std::string_view{} : version->as_string();
    return std::ranges::any_of(versions_with_maps, [text](std::string_view one) { return text.ends_with(one); });
  }

  // Flags of the command line go before the file.
  void add_kubelet_file(ComponentDraft& draft) {
    if (kubelet_ == nullptr) {
      draft.unknown_rest = kubelet_file;
      return;
    }
    ComponentDraft file;
    file.spec = draft.spec;
    file.defaults = DefaultSource::kubeadm_file;
    add_fields(file, *kubelet_, symbols_, arena_);
    add_defaults(file, symbols_, arena_);
    const auto is_here = [&draft](Symbol name) {
      return std::ranges::find(draft.settings, name, &Setting::name) != draft.settings.end();
    };
    for (Setting& setting : file.settings) {
      const bool in_file = !draft.spec->find(setting.name).back().field.empty();
      if (!in_file || is_here(setting.name)) continue;
      setting.place = draft.add_place;
      setting.written = false;
      draft.settings.push_back(setting);
    }
    draft.is_overlay = true;
  }

  // v1beta3 and before: {name: value}; from v1beta4: [{name, value}].
  void add_arguments(ComponentDraft& draft, const Node& node) {
    ParsedFlags parsed;
    for (std::uint32_t i = 0; i < node.member_keys().size(); ++i) {
      const Symbol name = node.member_keys()[i];
      add_argument(draft, parsed, name, node.items[i], join_path(arena_, draft.carrier, {Step::key(name)}));
    }
    for (std::uint32_t i = 0; i < node.as_list().size(); ++i) {
      const Node* name = member(node.items[i], symbols::name);
      const Node* value = member(node.items[i], symbols::value);
      if (name == nullptr) continue;
      const PathView place = join_path(arena_, draft.carrier, {Step::index(i), Step::key(symbols::value)});
      add_argument(draft, parsed, symbols_.intern(name->as_string()), value == nullptr ? Node::make_null() : *value,
                   place);
      if (member(node.items[i], merge_method_) != nullptr) {
        parsed.flags.back().missing = "it is merged with what kubeadm writes";
      }
    }
    add_flags(draft, parsed, symbols_, arena_);
  }

  void add_argument(ComponentDraft& draft, ParsedFlags& parsed, Symbol name, const Node& value, PathView place) {
    const auto same_name = draft.spec->find(name);
    const FlagSpec* spec = spec_for(same_name, draft.version);
    if (spec == nullptr && !same_name.empty()) spec = &same_name.back();
    std::string_view problem = version_problem(same_name, draft.version);
    if (same_name.empty() && draft.spec->knows_all_flags_of(draft.version))
      problem = "is a flag that the component does not know";
    if (!problem.empty()) {
      const std::string text = "'--" + std::string(symbols_.text(name)) + "' " + std::string(problem);
      parsed.errors.push_back({place, arena_.copy(text)});
    }
    const bool is_text = value.is_string() || value.is_null();
    parsed.flags.push_back({name, spec, value.as_string(), place, is_text ? std::string_view{} : malformed_value});
  }

  const Node& object_;
  const ComponentFlags& flags_;
  SymbolTable& symbols_;
  Arena& arena_;
  const Node* kubelet_;
  const Symbol merge_method_ = symbols_.intern("mergeMethod");
  const bool malformed_ = is_malformed();
  std::optional<ComponentVersion> version_;
  std::vector<ComponentDraft> drafts_;
};

}  // namespace

std::vector<ComponentDraft> kubeadm_components(const Node& object, std::string_view kind, const ComponentFlags& flags,
                                               SymbolTable& symbols, Arena& arena, const Node* kubelet) {
  return KubeadmReader(object, flags, symbols, arena, kubelet).read(kind);
}

}  // namespace kastell::kube

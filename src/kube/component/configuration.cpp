// Components that configuration objects describe.

#include <algorithm>
#include <memory>

#include "document/document.h"
#include "kube/api_resource.h"
#include "kube/component/copy.h"
#include "kube/component/draft.h"
#include "kube/component/flag_value.h"
#include "kube/component/kubeadm.h"
#include "kube/pod/member.h"

namespace kastell::kube {

using document::Node;
using document::Step;

namespace {

struct ConfigurationKind {
  std::string_view group, kind, component;
};
constexpr ConfigurationKind configuration_kinds[] = {
    {"kubelet.config.k8s.io", "KubeletConfiguration", "kubelet"},
    {"kubeproxy.config.k8s.io", "KubeProxyConfiguration", "kube-proxy"},
    {"kubescheduler.config.k8s.io", "KubeSchedulerConfiguration", "kube-scheduler"},
};
constexpr std::string_view kubeadm_group = "kubeadm.k8s.io";
constexpr std::size_t longest_embedded = 1U << 20;  // what a ConfigMap can hold at most
constexpr std::uint32_t deepest_embedded = 64;

std::string_view text_of(const Node& object, Symbol key) {
  const Node* value = member(object, key);
  return value == nullptr ? std::string_view{} : value->as_string();
}

std::string_view group_of(const Node& object) {
  return api_group(text_of(object, symbols::apiVersion));
}

bool mentions_configuration(std::string_view text) {
  return text.size() <= longest_embedded && text.find("k8s.io/") != std::string_view::npos &&
         (text.find(".config.k8s.io/") != std::string_view::npos ||
          text.find("kubeadm.k8s.io/") != std::string_view::npos);
}

class ConfigurationReader {
 public:
  ConfigurationReader(const ComponentFlags& flags, SymbolTable& symbols, Arena& arena,
                      const ConfigurationCompany& company)
      : flags_(flags), symbols_(symbols), arena_(arena), company_(company) {}

  // `at`: where the object stands, for one that is not the document's root: the key of a text, and the number of its
  // document if it has several.
  void read(const Node& object, PathView at) {
    const std::string_view group = group_of(object), kind = text_of(object, symbols::kind);
    if (group == kubeadm_group) {
      for (ComponentDraft& draft : kubeadm_components(object, kind, flags_, symbols_, arena_, company_.kubelet)) {
        finish(std::move(draft), at);
      }
      return;
    }
    for (const ConfigurationKind& known : configuration_kinds) {
      if (known.group == group && known.kind == kind) read_fields(object, *flags_.find(known.component), at);
    }
  }

  void read_config_map(const Node& object) {
    const Node* data = member(object, symbols::data);
    if (data == nullptr || !data->is_object()) return;
    for (std::uint32_t i = 0; i < data->size; ++i) {
      const std::string_view text = data->items[i].as_string();
      if (!mentions_configuration(text)) continue;
      const PathView at = join_path(arena_, {}, {Step::key(symbols::data), Step::key(data->member_keys()[i])});
      const auto source = std::make_shared<document::Source>("", text);
      const auto stream = document::parse(source, symbols_, {.limits = {.depth = deepest_embedded}});
      for (std::uint32_t number = 0; number < stream.documents.size(); ++number) {
        const Node whole = copy(stream.documents[number].root, arena_);
        const bool is_one = stream.documents.size() == 1;
        read(document::without_null_members(whole, arena_), is_one ? at : join_path(arena_, at, {Step::index(number)}));
      }
    }
  }

  std::span<const ComponentView> components() { return arena_.copy(std::span<const ComponentView>(components_)); }

 private:
  // Places go on below the key of the embedded text, as if it were no text.
  PathView placed(PathView path, PathView at) {
    if (at.empty()) return path;
    document::Path whole(at.begin(), at.end());
    whole.insert(whole.end(), path.begin(), path.end());
    return arena_.copy(PathView(whole));
  }

  void finish(ComponentDraft&& draft, PathView at) {
    for (Setting& setting : draft.settings) setting.place = placed(setting.place, at);
    for (SettingError& error : draft.errors) error.place = placed(error.place, at);
    draft.carrier = placed(draft.carrier, at);
    draft.version_place = placed(draft.version_place, at);
    draft.add_place = placed(draft.add_place, at);
    components_.push_back(make_view(std::move(draft), symbols_, arena_));
  }

  void read_fields(const Node& object, const ComponentSpec& spec, PathView at) {
    ComponentDraft draft;
    draft.spec = &spec;
    const bool by_kubeadm = company_.kubeadm && spec.name == "kubelet";
    draft.defaults = by_kubeadm ? DefaultSource::kubeadm_file : DefaultSource::file;
    draft.carrier_kind = "configuration";
    add_fields(draft, object, symbols_, arena_);
    add_defaults(draft, symbols_, arena_);
    for (Setting& setting : draft.settings) {
      if (!setting.written) setting.place = field_place(spec, setting.name);
    }
    finish(std::move(draft), at);
  }

  PathView field_place(const ComponentSpec& spec, Symbol flag) {
    const auto same_name = spec.find(flag);
    return same_name.empty() ? PathView{} : PathView(same_name.back().field);
  }

  const ComponentFlags& flags_;
  SymbolTable& symbols_;
  Arena& arena_;
  const ConfigurationCompany& company_;
  std::vector<ComponentView> components_;
};

void add_field(ComponentDraft& draft, const Node& file, const FlagSpec& flag, const SymbolTable& symbols,
               Arena& arena) {
  const Node* field = flag.field.empty() ? nullptr : document::find(file, flag.field);
  if (field == nullptr) return;
  const auto value = field_value(flag.type, *field, arena);
  Setting setting{.name = flag.name, .place = flag.field, .written = true};
  if (value) {
    setting.value = *value;
  } else {
    setting.unknown = arena.copy(document::to_string(flag.field, symbols) + " " + std::string(value.error()));
    draft.errors.push_back({setting.place, setting.unknown});
  }
  draft.settings.push_back(setting);
}

}  // namespace

void add_fields(ComponentDraft& draft, const Node& file, const SymbolTable& symbols, Arena& arena) {
  for (const FlagSpec& flag : draft.spec->flags) add_field(draft, file, flag, symbols, arena);
}

bool may_hold_components(const Node& object) {
  const std::string_view version = text_of(object, symbols::apiVersion);
  if (version == "v1") {
    if (text_of(object, symbols::kind) != "ConfigMap") return false;
    const Node* data = member(object, symbols::data);
    return data != nullptr && std::ranges::any_of(data->member_values(), mentions_configuration, &Node::as_string);
  }
  const std::string_view group = api_group(version);
  return group == kubeadm_group ||
         std::ranges::find(configuration_kinds, group, &ConfigurationKind::group) != std::end(configuration_kinds);
}

std::span<const ComponentView> components_of_configuration(const Node& object, const ComponentFlags& flags,
                                                           SymbolTable& symbols, Arena& arena,
                                                           const ConfigurationCompany& company) {
  // A text in a ConfigMap is a file of its own.
  const bool is_config_map = text_of(object, symbols::kind) == "ConfigMap";
  const ConfigurationCompany nobody;
  ConfigurationReader reader(flags, symbols, arena, is_config_map ? nobody : company);
  if (is_config_map) {
    reader.read_config_map(object);
  } else {
    reader.read(object, {});
  }
  return reader.components();
}

}  // namespace kastell::kube

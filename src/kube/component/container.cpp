// Components that containers run.

#include <algorithm>

#include "base/ascii.h"
#include "kube/component/command_line.h"
#include "kube/component/draft.h"
#include "kube/component/environment.h"
#include "kube/image_reference.h"
#include "kube/pod/member.h"

namespace kastell::kube {

using document::Node;
using document::Step;

namespace {

std::string_view text_of(const Node* object, Symbol key) {
  const Node* value = member(object, key);
  return value == nullptr ? std::string_view{} : value->as_string();
}

// The tag of the image is the component's version, as all who build them have it.
std::optional<ComponentVersion> version_of_image(const Node& container) {
  const auto reference = parse_image_reference(text_of(&container, symbols::image));
  return reference ? parse_component_version(reference->tag) : std::nullopt;
}

const Node* find_volume(const Node& spec, std::string_view name) {
  const Node* volumes = member(spec, symbols::volumes);
  if (volumes == nullptr) return nullptr;
  for (const Node& volume : volumes->as_list()) {
    if (text_of(&volume, symbols::name) == name) return &volume;
  }
  return nullptr;
}

std::vector<Mount> mounts_of(const Node& spec, const Node& container, Arena& arena) {
  std::vector<Mount> mounts;
  const Node* list = member(container, symbols::volumeMounts);
  if (list == nullptr) return mounts;
  for (const Node& mount : list->as_list()) {
    const std::string_view name = text_of(&mount, symbols::name);
    const Node* volume = find_volume(spec, name);
    std::string source(text_of(member(volume, symbols::hostPath), symbols::path));
    source = source.empty() ? "volume " + std::string(name) + ":" : std::string(without_slash(source));
    if (const auto below = text_of(&mount, symbols::subPath); !below.empty()) source += "/" + std::string(below);
    mounts.push_back({without_slash(text_of(&mount, symbols::mountPath)), arena.copy(source)});
  }
  return mounts;
}

class ContainerReader {
 public:
  ContainerReader(const PodView& pod, const ContainerView& container, SymbolTable& symbols, Arena& arena)
      : pod_(pod), container_(*container.raw), symbols_(symbols), arena_(arena) {
    path_ = join_path(arena, pod.spec_path, {});
    Step* steps = arena.allocate_array<Step>(pod.spec_path.size() + container.path_in_spec.size());
    std::size_t size = 0;
    for (const Step& step : pod.spec_path) steps[size++] = step;
    for (const Step& step : container.path_in_spec) steps[size++] = step;
    path_ = {steps, size};
  }

  std::optional<ComponentView> read(const ComponentFlags& flags) {
    const CommandLine line = command_line_of(container_, path_, symbols_, arena_);
    if (line.component.empty()) return std::nullopt;
    ComponentDraft draft;
    draft.spec = flags.find(line.component);
    draft.version = version_of_image(container_);
    draft.carrier_kind = "command";
    draft.container = text_of(&container_, symbols::name);
    draft.carrier = path_;
    draft.version_place = join_path(arena_, path_, {Step::key(symbols::image)});
    draft.add_place = line.add_place;
    draft.mounts = mounts_of(*pod_.spec, container_, arena_);
    draft.in_container = true;
    if (line.not_followed.empty()) {
      ParsedFlags parsed = parse_flags(line.arguments, *draft.spec, draft.version, symbols_, arena_);
      add_environment(draft, parsed);
      add_flags(draft, parsed, symbols_, arena_);
    } else {
      draft.unknown_rest = line.not_followed;
      draft.not_followed = true;
      draft.add_place = line.program_place;
    }
    add_defaults(draft, symbols_, arena_);
    return make_view(std::move(draft), symbols_, arena_);
  }

 private:
  // etcd takes ETCD_CERT_FILE for --cert-file, unless the flag is there too.
  void add_environment(ComponentDraft& draft, ParsedFlags& parsed) {
    const std::string_view prefix = draft.spec->environment;
    if (prefix.empty()) return;
    const Environment environment(container_, symbols_, arena_);
    for (const auto& variable : environment.variables()) {
      if (!variable.name.starts_with(prefix)) continue;
      std::string name(variable.name.substr(prefix.size()));
      std::ranges::transform(name, name.begin(), [](char c) { return c == '_' ? '-' : to_lower(c); });
      const Symbol symbol = symbols_.intern(name);
      const auto same_name = draft.spec->find(symbol);
      const bool by_flag = std::ranges::find(parsed.flags, symbol, &WrittenFlag::name) != parsed.flags.end();
      if (same_name.empty() || by_flag) continue;
      const PathView place =
          join_path(arena_, path_, {Step::key(symbols::env), Step::index(variable.index), Step::key(symbols::value)});
      parsed.flags.push_back({symbol, &same_name.back(), variable.value, place, variable.missing});
    }
    if (environment.has_sources()) draft.unknown_rest = "an environment variable of envFrom may set it";
  }

  const PodView& pod_;
  const Node& container_;
  SymbolTable& symbols_;
  Arena& arena_;
  PathView path_;
};

}  // namespace

std::span<const ComponentView> components_of_pod(const PodView& pod, const ComponentFlags& flags, SymbolTable& symbols,
                                                 Arena& arena) {
  std::vector<ComponentView> components;
  for (const ContainerView& container : pod.containers) {
    if (!may_run_component(*container.raw)) continue;
    if (auto component = ContainerReader(pod, container, symbols, arena).read(flags)) components.push_back(*component);
  }
  return arena.copy(std::span<const ComponentView>(components));
}

}  // namespace kastell::kube

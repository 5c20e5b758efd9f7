// The form of a component that CEL sees, and the way back from it.

#include <algorithm>

#include "kube/component/draft.h"

namespace kastell::kube {

using document::make_list;
using document::make_object;
using document::Member;
using document::Node;
using document::Path;
using document::Step;

namespace {

// Flags that name a certificate authority's file, which several components share or must not share.
constexpr std::string_view shared_files[] = {"client-ca-file", "trusted-ca-file", "peer-trusted-ca-file",
                                             "etcd-cafile",    "root-ca-file",    "requestheader-client-ca-file"};

// The mount that holds a file, the innermost one; null if none does. One without a path, which is refused, holds none.
const Mount* mount_of(std::string_view file, std::span<const Mount> mounts) {
  const Mount* nearest = nullptr;
  for (const Mount& mount : mounts) {
    const bool inside = !mount.path.empty() && file.starts_with(mount.path) &&
                        (file.size() == mount.path.size() || file[mount.path.size()] == '/' || mount.path == "/");
    if (inside && (nearest == nullptr || nearest->path.size() < mount.path.size())) nearest = &mount;
  }
  return nearest;
}

std::string_view on_node(std::string_view file, std::span<const Mount> mounts, Arena& arena) {
  const Mount* nearest = mount_of(file, mounts);
  if (nearest == nullptr) return file;
  return arena.copy(std::string(nearest->source) + std::string(file.substr(nearest->path.size())));
}

Node flags_node(std::span<const Setting> settings, bool written_only, Arena& arena) {
  std::vector<Member> members;
  for (const Setting& setting : settings) {
    if (setting.unknown.empty() && (setting.written || !written_only)) members.push_back({setting.name, setting.value});
  }
  return make_object(arena, members, false);
}

Node host_files_node(const ComponentDraft& draft, const SymbolTable& symbols, Arena& arena) {
  std::vector<Member> members;
  for (const Setting& setting : draft.settings) {
    const bool shared = std::ranges::find(shared_files, symbols.text(setting.name)) != std::end(shared_files);
    if (!shared || setting.value.as_string().empty()) continue;
    const std::string_view file = on_node(setting.value.as_string(), draft.mounts, arena);
    members.push_back({setting.name, Node::make_string(file)});
  }
  return make_object(arena, members, false);
}

// By the ends of their names: flags whose value is the path of one file, or of several.
constexpr std::string_view file_endings[] = {"file",   "kubeconfig", "certificate-authority", "client-certificate",
                                             "config", "client-key", "audit-log-path"};

bool names_file(std::string_view flag) {
  return std::ranges::any_of(file_endings, [flag](std::string_view ending) { return flag.ends_with(ending); });
}

std::string_view kind_of_mount(std::string_view file, std::span<const Mount> mounts) {
  const Mount* mount = mount_of(file, mounts);
  if (mount == nullptr) return "none";
  return mount->path == file ? "file" : "folder";
}

// The worst of a flag's files; empty for what is no path ("-", "https://…").
std::string_view kind_of_mounts(const Node& value, std::span<const Mount> mounts) {
  if (value.is_string()) return value.as_string().starts_with('/') ? kind_of_mount(value.as_string(), mounts) : "";
  std::string_view worst;
  for (const Node& item : value.as_list()) {
    const std::string_view kind = kind_of_mounts(item, mounts);
    if (worst.empty() || kind == "none" || (kind == "file" && worst != "none")) worst = kind;
  }
  return worst;
}

Node file_mounts_node(const ComponentDraft& draft, const SymbolTable& symbols, Arena& arena) {
  std::vector<Member> members;
  for (const Setting& setting : draft.settings) {
    if (!draft.in_container || !setting.written || !names_file(symbols.text(setting.name))) continue;
    const std::string_view kind = kind_of_mounts(setting.value, draft.mounts);
    if (!kind.empty()) members.push_back({setting.name, Node::make_string(kind)});
  }
  return make_object(arena, members, false);
}

// A default names no file that must be there, so only what is written out of sight matters.
std::string_view why_mounts_unknown(const ComponentDraft& draft, const SymbolTable& symbols) {
  if (!draft.in_container) return {};
  if (draft.not_followed) return draft.unknown_rest;
  for (const Setting& setting : draft.settings) {
    const bool hidden = setting.written && !setting.unknown.empty() && setting.value.is_null();
    if (hidden && names_file(symbols.text(setting.name))) return setting.unknown;
  }
  return {};
}

Node errors_node(std::span<const SettingError> errors, Arena& arena) {
  std::vector<Node> items;
  for (const SettingError& error : errors) items.push_back(Node::make_string(error.message));
  return make_list(arena, items);
}

bool is_key(const Step& step, Symbol key) {
  return !step.is_index && step.symbol() == key;
}

const Setting* setting_at(const ComponentView& component, PathView path) {
  if (path.size() < 2 || path[1].is_index) return nullptr;
  const auto at = std::ranges::lower_bound(component.settings, path[1].symbol(), {}, &Setting::name);
  return at != component.settings.end() && at->name == path[1].symbol() ? &*at : nullptr;
}

Path to_path(PathView path) {
  return {path.begin(), path.end()};
}

}  // namespace

PathView join_path(Arena& arena, PathView path, std::initializer_list<Step> more) {
  Step* steps = arena.allocate_array<Step>(path.size() + more.size());
  std::size_t size = 0;
  for (const Step& step : path) steps[size++] = step;
  for (const Step& step : more) steps[size++] = step;
  return {steps, size};
}

ComponentView make_view(ComponentDraft&& draft, SymbolTable& symbols, Arena& arena) {
  std::ranges::sort(draft.settings, {}, &Setting::name);
  ComponentView component;
  const ComponentKeys& keys = *draft.spec->keys;
  component.keys = &keys;
  component.name = draft.spec->name;
  component.container = draft.container;
  component.carrier = draft.carrier;
  component.version_place = draft.version_place;
  component.add_place = draft.add_place;
  component.settings = arena.copy(std::span<const Setting>(draft.settings));
  component.errors = arena.copy(std::span<const SettingError>(draft.errors));
  component.unknown_rest = draft.unknown_rest;
  component.errors_unknown = draft.unknown_rest.empty() ? draft.errors_unknown : draft.unknown_rest;
  component.mounts_unknown = why_mounts_unknown(draft, symbols);
  component.version_known = draft.version.has_value();
  component.not_followed = draft.not_followed;
  component.is_overlay = draft.is_overlay;
  std::vector<Member> members{
      {symbols::name, Node::make_string(component.name)},
      {keys.carrier, Node::make_string(draft.carrier_kind)},
      {keys.flags, flags_node(component.settings, false, arena)},
      {keys.written, flags_node(component.settings, true, arena)},
      {keys.host_files, host_files_node(draft, symbols, arena)},
      {keys.file_mounts, file_mounts_node(draft, symbols, arena)},
      {keys.errors, errors_node(component.errors, arena)},
  };
  if (draft.version) {
    const std::string text = std::to_string(draft.version->major) + "." + std::to_string(draft.version->minor);
    members.push_back({symbols::version, Node::make_string(arena.copy(text))});
  }
  component.view = make_object(arena, members, false);
  return component;
}

bool ComponentView::has_unknowns() const {
  return !version_known || !unknown_rest.empty() || !errors_unknown.empty() || !mounts_unknown.empty() ||
         std::ranges::any_of(settings, [](const Setting& setting) { return !setting.unknown.empty(); });
}

std::string_view unknown_reason(const ComponentView& component, PathView read) {
  const ComponentKeys& keys = *component.keys;
  if (read.empty()) return {};
  if (is_key(read[0], symbols::version)) {
    return component.version_known ? std::string_view{} : "neither an image's tag nor the configuration says it";
  }
  if (is_key(read[0], keys.errors)) return component.errors_unknown;
  if (is_key(read[0], keys.file_mounts) && read.size() == 1) return component.mounts_unknown;
  const bool of_flag = is_key(read[0], keys.flags) || is_key(read[0], keys.written) ||
                       is_key(read[0], keys.host_files) || is_key(read[0], keys.file_mounts);
  if (!of_flag) return {};
  if (const Setting* setting = setting_at(component, read)) {
    const bool known_unwritten = is_key(read[0], keys.written) && !setting->written;
    return known_unwritten ? component.unknown_rest : setting->unknown;
  }
  if (read.size() > 1) return component.unknown_rest;
  // All flags at once.
  for (const Setting& setting : component.settings) {
    if (!setting.unknown.empty()) return setting.unknown;
  }
  return component.unknown_rest;
}

bool is_written(const ComponentView& component, PathView read) {
  if (read.empty()) return false;
  if (is_key(read[0], component.keys->errors)) return true;
  const Setting* setting = setting_at(component, read);
  return setting != nullptr && setting->written;
}

SettingPlace origin(const ComponentView& component, PathView in_view) {
  const ComponentKeys& keys = *component.keys;
  if (in_view.empty()) return {to_path(component.carrier)};
  if (is_key(in_view[0], symbols::version)) return {to_path(component.version_place)};
  if (is_key(in_view[0], keys.errors)) {
    const bool one = in_view.size() > 1 && in_view[1].is_index && in_view[1].number < component.errors.size();
    return {to_path(one ? component.errors[in_view[1].number].place : component.carrier), one};
  }
  if (const Setting* setting = setting_at(component, in_view)) return {to_path(setting->place), setting->written};
  return {to_path(component.add_place), false};
}

}  // namespace kastell::kube

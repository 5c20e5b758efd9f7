// What a component works with: written flags, then defaults.

#include <algorithm>

#include "kube/component/draft.h"
#include "kube/component/flag_value.h"

namespace kastell::kube {

using document::Node;

namespace {

constexpr std::string_view refused_by_version =
    "some versions refuse a flag that is given, and the input does not say which version this is";
constexpr std::string_view strange_flag =
    "a flag is given that the table does not have, which does not hold all flags of this version";
constexpr std::string_view default_by_version = "its default depends on the version, which the input does not say";

Setting& setting_of(ComponentDraft& draft, Symbol name) {
  const auto known = std::ranges::find(draft.settings, name, &Setting::name);
  return known != draft.settings.end() ? *known : draft.settings.emplace_back(Setting{.name = name});
}

bool adds_up(FlagType type) {
  return type == FlagType::list || type == FlagType::repeated || type == FlagType::map;
}

class FlagAdder {
 public:
  FlagAdder(ComponentDraft& draft, SymbolTable& symbols, Arena& arena)
      : draft_(draft), symbols_(symbols), arena_(arena) {}

  void add(const WrittenFlag& flag) {
    const FlagType type = flag.spec == nullptr ? FlagType::string : flag.spec->type;
    Setting& setting = setting_of(draft_, flag.name);
    const bool again = setting.written && adds_up(type);
    setting.place = flag.place;
    setting.written = true;
    if (again && !setting.unknown.empty()) return;
    setting.unknown = flag.missing;
    if (!flag.missing.empty()) {
      setting.value = Node::make_null();
      return;
    }
    const auto value = read_value(type, flag.text, again ? &setting.value : nullptr, symbols_, arena_);
    if (value) {
      setting.value = *value;
      return;
    }
    const std::string text = "'" + std::string(flag.text) + "' of --" + std::string(symbols_.text(flag.name)) + " " +
                             std::string(value.error());
    setting.value = Node::make_null();
    setting.unknown = arena_.copy(text);
    draft_.errors.push_back({flag.place, setting.unknown});
  }

 private:
  ComponentDraft& draft_;
  SymbolTable& symbols_;
  Arena& arena_;
};

class DefaultAdder {
 public:
  DefaultAdder(ComponentDraft& draft, const SymbolTable& symbols, Arena& arena)
      : draft_(draft), symbols_(symbols), arena_(arena), written_count_(draft.settings.size()) {}

  void add() {
    const std::span<const FlagSpec> all(draft_.spec->flags);
    for (std::size_t first = 0; first < all.size();) {
      const auto same_name = draft_.spec->find(all[first].name);
      add(same_name);
      first += same_name.size();
    }
  }

 private:
  void add(std::span<const FlagSpec> same_name) {
    const FlagSpec* spec = spec_for(same_name, draft_.version);
    if (spec == nullptr) return;
    Setting* setting = find_written(spec->name);
    if (setting != nullptr) {
      if (draft_.spec->files_override && setting->unknown.empty()) hide(*setting, file_reason(*spec));
      return;
    }
    const std::string_view reason = why_unknown(*spec, same_name);
    draft_.settings.push_back({.name = spec->name,
                               .value = reason.empty() ? default_of(*spec) : Node::make_null(),
                               .place = draft_.add_place,
                               .unknown = reason});
  }

  Setting* find_written(Symbol name) {
    const auto end = draft_.settings.begin() + static_cast<std::ptrdiff_t>(written_count_);
    const auto at = std::find_if(draft_.settings.begin(), end, [name](const Setting& s) { return s.name == name; });
    return at == end ? nullptr : &*at;
  }

  static void hide(Setting& setting, std::string_view reason) {
    if (reason.empty()) return;
    setting.value = Node::make_null();
    setting.unknown = reason;
  }

  bool is_file() const {
    return draft_.defaults == DefaultSource::file || draft_.defaults == DefaultSource::kubeadm_file;
  }

  Node default_of(const FlagSpec& spec) const {
    const bool by_kubeadm = draft_.defaults == DefaultSource::kubeadm || draft_.defaults == DefaultSource::kubeadm_file;
    if (by_kubeadm && spec.kubeadm) return *spec.kubeadm;
    if (is_file() && spec.file_default) return *spec.file_default;
    return spec.default_value;
  }

  std::string_view why_unknown(const FlagSpec& spec, std::span<const FlagSpec> same_name) {
    if (!draft_.unknown_rest.empty()) return draft_.unknown_rest;
    if (is_file()) {
      return spec.field.empty() ? "it is a flag of the command line, and only the configuration file is in the input"
                                : std::string_view{};
    }
    if (const auto reason = file_reason(spec); !reason.empty()) return reason;
    const bool varies = std::ranges::any_of(same_name, [&spec](const FlagSpec& other) {
      return !document::equal(other.default_value, spec.default_value);
    });
    return !draft_.version && varies ? default_by_version : std::string_view{};
  }

  // "--config names /etc/a.yaml, which is not in the input"
  std::string_view file_reason(const FlagSpec& spec) {
    for (std::size_t i = 0; i < spec.file_count; ++i) {
      const Setting* file = find_written(spec.files[i]);
      if (file == nullptr || (file->unknown.empty() && file->value.as_string().empty())) continue;
      const std::string name(file->unknown.empty() ? file->value.as_string() : "a file");
      return arena_.copy("--" + std::string(symbols_.text(file->name)) + " names " + name +
                         ", which is not in the input");
    }
    return {};
  }

  ComponentDraft& draft_;
  const SymbolTable& symbols_;
  Arena& arena_;
  std::size_t written_count_;
};

}  // namespace

void add_flags(ComponentDraft& draft, const ParsedFlags& parsed, SymbolTable& symbols, Arena& arena) {
  FlagAdder adder(draft, symbols, arena);
  for (const WrittenFlag& flag : parsed.flags) {
    adder.add(flag);
    const bool open = flag.spec != nullptr && !draft.version && depends_on_version(draft.spec->find(flag.name));
    if (open) draft.errors_unknown = refused_by_version;
    const bool strange = flag.spec == nullptr && !draft.spec->knows_all_flags_of(draft.version);
    if (strange) draft.errors_unknown = strange_flag;
  }
  draft.errors.insert(draft.errors.begin(), parsed.errors.begin(), parsed.errors.end());
  if (!parsed.unknown_rest.empty()) {
    draft.unknown_rest = parsed.unknown_rest;
    // It may set again what is written before it, and the order does not matter enough to find out.
    for (Setting& setting : draft.settings) {
      setting.value = Node::make_null();
      setting.unknown = parsed.unknown_rest;
    }
  }
}

void add_defaults(ComponentDraft& draft, const SymbolTable& symbols, Arena& arena) {
  DefaultAdder(draft, symbols, arena).add();
}

}  // namespace kastell::kube

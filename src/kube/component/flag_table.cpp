#include "kube/component/flag_table.h"

#include <algorithm>
#include <charconv>
#include <memory>
#include <mutex>

#include "document/document.h"
#include "kube/component/copy.h"
#include "kube/component/flag_value.h"

namespace kastell::kube {

using document::Node;

namespace {

struct TypeName {
  std::string_view name;
  FlagType type;
};
constexpr TypeName type_names[] = {
    {"bool", FlagType::boolean},      {"int", FlagType::integer},       {"float", FlagType::floating},
    {"duration", FlagType::duration}, {"string", FlagType::string},     {"ip", FlagType::address},
    {"list", FlagType::list},         {"repeated", FlagType::repeated}, {"map", FlagType::map},
};

FlagType type_of(std::string_view name) {
  const auto at = std::ranges::find(type_names, name, &TypeName::name);
  return at == std::end(type_names) ? FlagType::string : at->type;
}

// Reads the embedded table, which is our own: its form is checked by tests, not here.
class TableReader {
 public:
  TableReader(SymbolTable& symbols, Arena& arena) : symbols_(symbols), arena_(arena) {}

  ComponentSpec read(const Node& document) {
    ComponentSpec spec;
    spec.name = arena_.copy(text(document, component_));
    spec.parser = text(document, parser_) == "go" ? FlagParser::go : FlagParser::pflag;
    spec.files_override = document.find(files_override_) != nullptr;
    spec.environment = arena_.copy(text(document, environment_));
    spec.known_from = parse_component_version(text(document, known_from_)).value_or(spec.known_from);
    spec.known_until = parse_component_version(text(document, known_until_)).value_or(spec.known_until);
    const Node* flags = document.find(flags_);
    spec.flags.reserve(flags->size);
    for (const Node& flag : flags->as_list()) spec.flags.push_back(read_flag(flag));
    std::ranges::stable_sort(spec.flags, {}, &FlagSpec::name);
    return spec;
  }

 private:
  static std::string_view text(const Node& object, Symbol key) {
    const Node* value = object.find(key);
    return value == nullptr ? std::string_view{} : value->as_string();
  }

  FlagSpec read_flag(const Node& flag) {
    FlagSpec spec{.name = symbols_.intern(text(flag, symbols::name)), .type = type_of(text(flag, type_))};
    spec.default_value = value_of(flag, default_).value_or(zero_value(spec.type));
    // "5.0" is an integer to Kubernetes' YAML.
    if (spec.type == FlagType::floating && spec.default_value.kind == document::Kind::integer) {
      spec.default_value = Node::make_floating(static_cast<double>(spec.default_value.integer));
    }
    spec.file_default = value_of(flag, file_default_);
    spec.kubeadm = value_of(flag, kubeadm_);
    if (const std::string_view field = text(flag, field_); !field.empty()) {
      spec.field = document::parse_path(field, symbols_).value_or(document::Path{});
    }
    if (const Node* files = flag.find(files_)) {
      for (const Node& file : files->as_list()) spec.files[spec.file_count++] = symbols_.intern(file.as_string());
    }
    spec.from = parse_component_version(text(flag, from_)).value_or(spec.from);
    spec.before = parse_component_version(text(flag, before_)).value_or(spec.before);
    return spec;
  }

  std::optional<Node> value_of(const Node& flag, Symbol key) {
    const Node* value = flag.find(key);
    if (value == nullptr) return std::nullopt;
    return copy(*value, arena_);
  }

  SymbolTable& symbols_;
  Arena& arena_;
  const Symbol known_from_ = symbols_.intern("knownFrom"), known_until_ = symbols_.intern("knownUntil"),
               flags_ = symbols_.intern("flags"), default_ = symbols_.intern("default"),
               component_ = symbols_.intern("component"), parser_ = symbols_.intern("parser"),
               files_override_ = symbols_.intern("filesOverride"), environment_ = symbols_.intern("environment"),
               type_ = symbols_.intern("type"), file_default_ = symbols_.intern("fileDefault"),
               kubeadm_ = symbols_.intern("kubeadm"), field_ = symbols_.intern("field"),
               files_ = symbols_.intern("files"), from_ = symbols_.intern("from"), before_ = symbols_.intern("before");
};

}  // namespace

ComponentKeys::ComponentKeys(SymbolTable& symbols)
    : flags(symbols.intern("flags")),
      written(symbols.intern("written")),
      errors(symbols.intern("errors")),
      carrier(symbols.intern("carrier")),
      host_files(symbols.intern("hostFiles")),
      file_mounts(symbols.intern("fileMounts")) {}

struct ComponentFlags::Entry {
  std::string_view name, text;
  std::once_flag read;
  ComponentSpec spec;
  Arena arena;
};

namespace {

// Of "component: etcd\n…", behind comments.
std::string_view component_of(std::string_view text) {
  constexpr std::string_view key = "component: ";
  const std::size_t at = text.find(key) + key.size();
  return text.substr(at, text.find('\n', at) - at);
}

}  // namespace

ComponentFlags::ComponentFlags(SymbolTable& symbols) : symbols_(symbols), keys_(symbols) {
  for (const std::string_view text : embedded_component_flags()) {
    entries_.push_back(std::make_unique<Entry>());
    entries_.back()->name = component_of(text);
    entries_.back()->text = text;
  }
}
ComponentFlags::~ComponentFlags() = default;

const ComponentSpec* ComponentFlags::find(std::string_view component) const {
  const auto at = std::ranges::find(entries_, component, [](const auto& entry) { return entry->name; });
  if (at == entries_.end()) return nullptr;
  Entry& entry = **at;
  std::call_once(entry.read, [&] {
    const auto source = std::make_shared<document::Source>("component-flags.yaml", entry.text);
    const document::DocumentStream stream = document::parse(source, symbols_);
    entry.spec = TableReader(symbols_, entry.arena).read(stream.documents.at(0).root);
    entry.spec.keys = &keys_;
  });
  return &entry.spec;
}

std::span<const FlagSpec> ComponentSpec::find(Symbol flag) const {
  const auto range = std::ranges::equal_range(flags, flag, {}, &FlagSpec::name);
  return {range.begin(), range.end()};
}

const FlagSpec* spec_for(std::span<const FlagSpec> same_name, std::optional<ComponentVersion> version) {
  const FlagSpec* newest = nullptr;
  for (const FlagSpec& spec : same_name) {
    if (version && spec.exists_in(*version)) return &spec;
    if (newest == nullptr || newest->before < spec.before) newest = &spec;
  }
  return version ? nullptr : newest;
}

std::optional<ComponentVersion> parse_component_version(std::string_view text) {
  if (text.starts_with('v')) text.remove_prefix(1);
  ComponentVersion version;
  const char* end = text.data() + text.size();
  const auto major = std::from_chars(text.data(), end, version.major);
  if (major.ec != std::errc{} || major.ptr == end || *major.ptr != '.') return std::nullopt;
  const auto minor = std::from_chars(major.ptr + 1, end, version.minor);
  if (minor.ec != std::errc{} || version.major > 9 || version.minor > 999) return std::nullopt;
  if (minor.ptr != end && *minor.ptr != '.' && *minor.ptr != '-' && *minor.ptr != '+' && *minor.ptr != '_') {
    return std::nullopt;
  }
  return version;
}

}  // namespace kastell::kube

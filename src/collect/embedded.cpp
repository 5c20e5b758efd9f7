#include "collect/embedded.h"

#include <algorithm>

#include "base/symbol.h"

namespace kastell::collect {

using document::Document;
using document::DocumentStream;
using document::Node;

namespace {

struct ConfigurationKind {
  std::string_view group, kind;  // "" for the kubeconfig's v1
};
constexpr ConfigurationKind configuration_kinds[] = {
    {"audit.k8s.io/", "Policy"},
    {"apiserver.config.k8s.io/", "EncryptionConfiguration"},
    {"apiserver.config.k8s.io/", "AdmissionConfiguration"},
    {"apiserver.config.k8s.io/", "AuthenticationConfiguration"},
    {"apiserver.config.k8s.io/", "AuthorizationConfiguration"},
    {"pod-security.admission.config.k8s.io/", "PodSecurityConfiguration"},
    {"v1", "Config"},
};

// Takes the first line off `text`, without its end.
std::string_view take_line(std::string_view& text) {
  const std::size_t end = text.find('\n');
  std::string_view line = text.substr(0, end);
  text.remove_prefix(end == std::string_view::npos ? text.size() : end + 1);
  if (line.ends_with('\r')) line.remove_suffix(1);
  return line;
}

// The value of a line `key: value`, for a value without quotes.
std::string_view value_of(std::string_view line, std::string_view key) {
  if (!line.starts_with(key)) return {};
  line.remove_prefix(key.size());
  line.remove_prefix(std::min(line.find_first_not_of(' '), line.size()));
  return line.substr(0, line.find(' '));
}

bool is_configuration(std::string_view text) {
  std::string_view api_version, kind;
  for (std::string_view rest = text; !rest.empty();) {
    const std::string_view line = take_line(rest);
    if (const auto value = value_of(line, "apiVersion:"); !value.empty()) api_version = value;
    if (const auto value = value_of(line, "kind:"); !value.empty()) kind = value;
  }
  return std::ranges::any_of(configuration_kinds, [&](const ConfigurationKind& known) {
    return kind == known.kind && api_version.starts_with(known.group);
  });
}

bool is_marker(std::string_view line) {
  return line == "---" || line.starts_with("--- ");
}

// The text of the embedded documents, each on the lines where it stands.
class LineKeeper {
 public:
  explicit LineKeeper(std::string_view source) : source_(source) {}

  // `value` is a literal block scalar whose '|' stands at `offset`; any other form is left out.
  void add(std::string_view value, std::size_t offset) {
    if (offset < done_ || offset >= source_.size() || source_[offset] != '|') return;
    std::string_view rest = source_.substr(offset);
    take_line(rest);
    std::string block;
    for (std::string_view wanted = value; !wanted.empty();) {
      const std::string_view line = take_line(wanted), raw = take_line(rest);
      const bool same = raw.ends_with(line) &&
                        raw.substr(0, raw.size() - line.size()).find_first_not_of(' ') == std::string_view::npos;
      if (!same) return;
      // A marker must stand at the beginning of its line.
      block.append(is_marker(line) ? line : raw).append("\n");
    }
    skip_to(source_.rfind('\n', offset) + 1);
    text_.append("---\n").append(block);
    done_ = source_.size() - rest.size();
  }

  std::string take() && { return std::move(text_); }

 private:
  void skip_to(std::size_t offset) {
    const auto skipped = source_.substr(done_, offset - done_);
    text_.append(static_cast<std::size_t>(std::ranges::count(skipped, '\n')), '\n');
  }

  std::string_view source_;
  std::string text_;
  std::size_t done_ = 0;  // of the source
};

const Node* data_of_config_map(const Node& root) {
  const Node* kind = root.is_object() ? root.find(symbols::kind) : nullptr;
  if (kind == nullptr || kind->as_string() != "ConfigMap") return nullptr;
  const Node* data = root.find(symbols::data);
  return data != nullptr && data->is_object() && data->value_offsets().size() == data->size ? data : nullptr;
}

}  // namespace

std::optional<DocumentStream> read_embedded(const DocumentStream& stream, SymbolTable& symbols,
                                            const document::ParseLimits& limits) {
  LineKeeper keeper(stream.source->text());
  for (const Document& document : stream.documents) {
    const Node* data = data_of_config_map(document.root);
    if (data == nullptr) continue;
    for (std::uint32_t i = 0; i < data->size; ++i) {
      const std::string_view value = data->items[i].as_string();
      if (is_configuration(value)) keeper.add(value, data->value_offsets()[i]);
    }
  }
  const std::string text = std::move(keeper).take();
  if (text.empty()) return std::nullopt;
  return document::parse(std::make_shared<const document::Source>(stream.source->name(), text), symbols,
                         {.limits = limits});
}

}  // namespace kastell::collect

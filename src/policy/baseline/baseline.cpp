#include "policy/baseline.h"

#include <algorithm>

#include "base/text.h"
#include "document/document.h"
#include "policy/fingerprint.h"

namespace kastell::policy {

using document::Node;

namespace {

constexpr std::string_view schema = "kastell.baseline/v1";
constexpr document::ParseLimits limits{.depth = 16, .source_bytes = std::uint64_t{256} << 20};

std::string resource_of(const snapshot::Object& object) {
  std::string text(object.kind);
  text += ' ';
  if (!snapshot::is_cluster_scoped(object.group(), object.kind)) text.append(object.effective_namespace()) += '/';
  return text.append(object.name);
}

// Calls visit(finding number, fingerprint, detail) for every failure.
template <typename Visit>
void visit_failures(const ScanResult& result, const Visit& visit) {
  Describer describer(result);
  Fingerprinter fingerprinter;
  for (std::size_t i = 0; i < result.findings.size(); ++i) {
    const Finding& finding = result.findings[i];
    if (finding.verdict != Verdict::fail) continue;
    const FindingDetail& detail = describer.describe(finding);
    visit(i, fingerprinter.next(*result.controls[finding.control], detail), detail);
  }
}

void append_member(std::string& out, std::string_view key, std::string_view value) {
  out.append("\"").append(key).append("\":\"");
  append_json_escaped(out, value);
  out += '"';
}

std::string line_of(const std::string& fingerprint, const BaselineEntry& entry) {
  std::string text = "{";
  append_member(text, "fingerprint", fingerprint);
  text += ",\"count\":" + std::to_string(entry.count) + ",";
  append_member(text, "control", entry.control);
  append_member(text += ',', "resource", entry.resource);
  if (!entry.container.empty()) append_member(text += ',', "container", entry.container);
  append_member(text += ',', "field", entry.field);
  return text += '}';
}

// "pod.privileged: Deployment shop/web, container app, spec.containers[].x (2)"
std::string text_of(const BaselineEntry& entry, std::uint64_t count) {
  std::string text = entry.control + ": " + entry.resource;
  if (!entry.container.empty()) text += ", container " + entry.container;
  text += ", " + entry.field;
  if (count > 1) text += " (" + std::to_string(count) + ")";
  return text;
}

// Reads a baseline's members.
class Reader {
 public:
  Reader(const document::Source& source, const SymbolTable& symbols) : source_(source), symbols_(symbols) {}

  const Node* member(const Node& object, std::string_view key) const {
    const auto symbol = symbols_.find(key);
    return symbol ? object.find(*symbol) : nullptr;
  }
  std::string text(const Node& object, std::string_view key) const {
    const Node* value = member(object, key);
    return value == nullptr ? std::string{} : std::string(value->as_string());
  }
  std::unexpected<Error> failure_at(std::uint32_t offset, std::string message) const {
    return failure(ErrorCode::syntax, std::move(message), source_.place_of(offset));
  }

  Result<std::pair<std::string, BaselineEntry>> entry(const Node& node, std::uint32_t offset) const {
    const std::string fingerprint = text(node, "fingerprint");
    const Node* count = member(node, "count");
    const bool hexadecimal =
        fingerprint.size() == 16 && fingerprint.find_first_not_of("0123456789abcdef") == std::string::npos;
    if (!hexadecimal || count == nullptr || count->kind != document::Kind::integer || count->integer < 1) {
      return failure_at(offset, "an entry needs a fingerprint of 16 hexadecimal digits and a count from 1 up");
    }
    return std::pair{fingerprint, BaselineEntry{static_cast<std::uint64_t>(count->integer), text(node, "control"),
                                                text(node, "resource"), text(node, "container"), text(node, "field")}};
  }

 private:
  const document::Source& source_;
  const SymbolTable& symbols_;
};

bool ran(const ScanResult& result, std::string_view control) {
  return std::ranges::binary_search(result.controls, control, {},
                                    [](const Control* one) -> std::string_view { return one->id; });
}

void hide_known(ScanResult& result) {
  BaselineResult& baseline = *result.baseline;
  std::size_t kept = 0;
  for (std::size_t i = 0; i < result.findings.size(); ++i) {
    if (result.findings[i].verdict == Verdict::fail && !baseline.is_new[i]) continue;
    result.findings[kept] = result.findings[i];
    baseline.is_new[kept++] = baseline.is_new[i];
  }
  result.findings.resize(kept);
  baseline.is_new.resize(kept);
  baseline.hides_known = true;
}

}  // namespace

Result<Baseline> Baseline::read(std::shared_ptr<const document::Source> source) {
  SymbolTable symbols;
  const auto stream = document::parse(source, symbols, {.format = document::Format::json, .limits = limits});
  const Reader reader(*source, symbols);
  if (!stream.errors.empty()) return std::unexpected(stream.errors.front());
  if (stream.documents.size() != 1) return reader.failure_at(0, "a baseline is one JSON object");
  const Node& root = stream.documents.front().root;
  if (const std::string found = reader.text(root, "schema"); found != schema) {
    return failure(ErrorCode::unsupported, "not a baseline of schema " + std::string(schema) + ", but '" + found + "'",
                   source->place_of(0));
  }
  const Node* findings = reader.member(root, "findings");
  if (findings == nullptr || !findings->is_list())
    return reader.failure_at(0, "a baseline without its list of findings");
  Baseline baseline;
  for (std::uint32_t i = 0; i < findings->size; ++i) {
    auto entry = reader.entry(findings->items[i], findings->value_offsets()[i]);
    if (!entry) return std::unexpected(entry.error());
    const auto [at, is_new] = baseline.entries_.insert(std::move(*entry));
    if (!is_new) return reader.failure_at(findings->value_offsets()[i], "a fingerprint that is there already");
  }
  return baseline;
}

std::string baseline_text(const ScanResult& result) {
  std::map<std::string, BaselineEntry> entries;
  visit_failures(result, [&](std::size_t number, const Fingerprint& print, const FindingDetail& detail) {
    BaselineEntry& entry = entries[print.hash_text()];
    entry.count += 1 + detail.also.size();
    if (!entry.control.empty()) return;
    entry.control = result.controls[result.findings[number].control]->id;
    entry.resource = resource_of(*detail.object);
    entry.container = detail.container;
    entry.field = field_without_indexes(detail.field);
  });
  std::string text = "{\"schema\":\"" + std::string(schema) + "\",\"findings\":[";
  std::string_view between = "\n";
  for (const auto& [fingerprint, entry] : entries) {
    text.append(between).append(line_of(fingerprint, entry));
    between = ",\n";
  }
  return text += "\n]}\n";
}

void apply_baseline(const Baseline& baseline, BaselineUse use, ScanResult& result) {
  BaselineResult& said = result.baseline.emplace();
  said.known.resize(result.controls.size());
  said.is_new.resize(result.findings.size());
  std::map<std::string_view, std::uint64_t> used, failing;
  visit_failures(result, [&](std::size_t number, const Fingerprint& print, const FindingDetail& detail) {
    const auto at = baseline.entries().find(print.hash_text());
    const std::uint64_t items = 1 + detail.also.size();
    if (at != baseline.entries().end()) failing[at->first] += items;
    const bool known = at != baseline.entries().end() && used[at->first] + items <= at->second.count;
    if (known) used[at->first] += items, ++said.known[result.findings[number].control];
    said.is_new[number] = !known;
    ++(known ? said.all_known : said.all_new);
  });
  for (const auto& [fingerprint, entry] : baseline.entries()) {
    const std::uint64_t left = entry.count - std::min(entry.count, failing[fingerprint]);
    if (left != 0 && ran(result, entry.control)) said.gone.push_back(text_of(entry, left));
  }
  if (use == BaselineUse::hide_known) hide_known(result);
}

}  // namespace kastell::policy

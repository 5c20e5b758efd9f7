#include "snapshot/snapshot.h"

#include <algorithm>
#include <array>
#include <utility>

#include "kube/api_resource.h"
#include "snapshot/object_reader.h"

namespace kastell::snapshot {

std::string_view name_of(CoverageStatus status) {
  constexpr std::array<std::string_view, coverage_statuses> names = {"read", "partial", "unreadable", "skipped",
                                                                     "absent"};
  return names[static_cast<std::size_t>(status)];
}

std::string_view Object::group() const {
  return kube::api_group(api_version);
}

std::span<const ObjectId> Snapshot::of_kind(std::string_view group, std::string_view kind) const {
  return by_kind_.find(group, kind);
}

std::optional<ObjectId> Snapshot::find(std::string_view group, std::string_view kind, std::string_view name_space,
                                       std::string_view name) const {
  return by_identity_.find(objects_, group, kind, name_space, name);
}

const std::string* Snapshot::find_fact(std::string_view name) const {
  const auto at = std::ranges::find(facts_, name, &Fact::name);
  return at == facts_.end() ? nullptr : &at->value;
}

Place Snapshot::place_of(const Object& object, std::span<const document::Step> path) const {
  return source_of(object).place_of(document::locate(object.root, object.offset, path).offset);
}

SnapshotBuilder::SnapshotBuilder(std::shared_ptr<SymbolTable> symbols) {
  snapshot_.symbols_ = std::move(symbols);
}

void SnapshotBuilder::set_world(World world) {
  snapshot_.world_ = world;
}

void SnapshotBuilder::add_coverage(Coverage coverage) {
  if (is_unread(coverage)) snapshot_.complete_ = false;
  snapshot_.coverage_.push_back(std::move(coverage));
}

namespace {

bool is_stranger(const Coverage& trouble) {
  return trouble.status == CoverageStatus::skipped;
}

std::string why_empty(const document::DocumentStream& stream) {
  if (!stream.documents.empty()) return "";
  return stream.source->text().empty() ? "empty: no Kubernetes object"
                                       : "no document: nothing but white space or comments";
}

// A source without any object whose documents are all strangers says so once.
std::vector<Coverage> said_once(const document::DocumentStream& stream, std::vector<Coverage> strangers) {
  const std::string& input = stream.source->name();
  if (strangers.empty()) return {{input, CoverageStatus::skipped, why_empty(stream), {}}};
  if (strangers.size() > 1) {
    strangers.front().reason = "no Kubernetes object among its " + std::to_string(strangers.size()) + " documents";
    strangers.resize(1);
  }
  return strangers;
}

std::vector<Coverage> errors_of(const document::DocumentStream& stream) {
  const CoverageStatus status = stream.documents.empty() ? CoverageStatus::unreadable : CoverageStatus::partial;
  std::vector<Coverage> result;
  for (const Error& error : stream.errors) {
    result.push_back({stream.source->name(), status, error.message, error.place});
  }
  return result;
}

bool by_line(const Coverage& a, const Coverage& b) {
  return std::pair(a.place.line, a.place.column) < std::pair(b.place.line, b.place.column);
}

std::vector<Coverage> coverage_of(const document::DocumentStream& stream, ObjectReader& reader) {
  const bool no_object = reader.objects().empty();
  std::vector<Coverage> coverage = std::move(reader.troubles());
  if (no_object && stream.errors.empty() && std::ranges::all_of(coverage, is_stranger)) {
    // An empty List is read, though nothing is in it.
    if (!coverage.empty() || stream.documents.empty()) return said_once(stream, std::move(coverage));
  }
  std::ranges::move(errors_of(stream), std::back_inserter(coverage));
  std::ranges::stable_sort(coverage, by_line);
  if (std::ranges::all_of(coverage, is_stranger)) {
    coverage.insert(coverage.begin(), {stream.source->name(), CoverageStatus::read, "", {}});
  }
  return coverage;
}

}  // namespace

void SnapshotBuilder::add(document::DocumentStream stream) {
  ObjectReader reader(*stream.source, *stream.arena);
  for (const document::Document& document : stream.documents) reader.read(document);
  for (Coverage& entry : coverage_of(stream, reader)) add_coverage(std::move(entry));

  keep_alive(std::move(stream.arena));
  add(std::move(stream.source), std::move(reader.objects()));
}

void SnapshotBuilder::add(document::DocumentStream stream, std::shared_ptr<const Provenance> provenance) {
  const auto document = static_cast<std::uint32_t>(snapshot_.sources_.size());
  add(std::move(stream));
  if (provenance != nullptr) snapshot_.provenances_.emplace(document, std::move(provenance));
}

void SnapshotBuilder::add(std::shared_ptr<const document::Source> source, std::vector<Object> objects) {
  for (Object& object : objects) {
    object.document = static_cast<std::uint32_t>(snapshot_.sources_.size());
    add_object(std::move(object));
  }
  snapshot_.sources_.push_back(std::move(source));
}

void SnapshotBuilder::add_object(Object object) {
  snapshot_.by_kind_.add(static_cast<ObjectId>(snapshot_.objects_.size()), object.group(), object.kind);
  snapshot_.objects_.push_back(std::move(object));
}

void SnapshotBuilder::add(Snapshot other) {
  const auto base = static_cast<std::uint32_t>(snapshot_.sources_.size());
  for (Object& object : other.objects_) {
    object.document += base;
    add_object(std::move(object));
  }
  for (auto& [document, provenance] : other.provenances_) {
    snapshot_.provenances_.emplace(document + base, std::move(provenance));
  }
  std::ranges::move(other.sources_, std::back_inserter(snapshot_.sources_));
  std::ranges::move(other.keep_alive_, std::back_inserter(snapshot_.keep_alive_));
  for (Coverage& entry : other.coverage_) add_coverage(std::move(entry));
  for (Fact& fact : other.facts_) set_fact(std::move(fact.name), std::move(fact.value));
}

void SnapshotBuilder::set_fact(std::string name, std::string value) {
  auto& facts = snapshot_.facts_;
  const auto at = std::ranges::lower_bound(facts, name, {}, &Fact::name);
  if (at == facts.end() || at->name != name) facts.insert(at, {std::move(name), std::move(value)});
}

void SnapshotBuilder::keep_alive(std::shared_ptr<const void> memory) {
  snapshot_.keep_alive_.push_back(std::move(memory));
}

Snapshot SnapshotBuilder::finish() && {
  snapshot_.by_identity_.build(snapshot_.objects_);
  return std::move(snapshot_);
}

}  // namespace kastell::snapshot

// The exceptions of a scan: of a file and of annotations.

#include <algorithm>
#include <array>

#include "base/text.h"
#include "kube/pod_view.h"
#include "policy/describe/embedded_text.h"
#include "policy/exception/accept.h"
#include "policy/scan/owners.h"

namespace kastell::policy {

using document::Node;
using document::Path;
using document::Step;

namespace {

// What objects made here point into.
struct Kept {
  Arena arena{1024};
  std::shared_ptr<const ExceptionList> list;
};

constexpr std::uint32_t document_of_file = 0xFFFE'0000;  // behind those of the snapshot and of unseen kinds

snapshot::Object stand_in(const ExceptionList& list, Arena& arena) {
  snapshot::Object object;
  object.api_version = "kastell.dev/v1alpha1";
  object.kind = "ExceptionList";
  object.name = arena.copy(list.source()->name());
  object.document = document_of_file;
  const std::array<document::Member, 2> members = {
      {{symbols::apiVersion, Node::make_string(object.api_version)}, {symbols::kind, Node::make_string(object.kind)}}};
  object.root = make_object(arena, members, false);
  return object;
}

void add_file(const std::shared_ptr<const ExceptionList>& list, ScanResult& result) {
  auto kept = std::make_shared<Kept>();
  kept->list = list;
  const snapshot::Object object = stand_in(*list, kept->arena);
  for (std::size_t i = 0; i < list->exceptions().size(); ++i) {
    const Exception& exception = list->exceptions()[i];
    result.exceptions.push_back({.exception = exception,
                                 .object = object,
                                 .source = list->source().get(),
                                 .field = "exceptions[" + std::to_string(i) + "]",
                                 .offset = exception.offset,
                                 .annotated = {}});
  }
  result.keep_alive = std::move(kept);
}

// Every annotation that speaks to this program: one that is misspelt must not be ignored in silence.
std::vector<Symbol> annotation_keys(const SymbolTable& symbols) {
  std::vector<Symbol> keys;
  for (std::uint32_t i = symbols::well_known_count; i < symbols.size(); ++i) {
    if (symbols.text(Symbol{i}).starts_with(annotation_prefix)) keys.push_back(Symbol{i});
  }
  return keys;
}

// Of an exported policy; on anything else these keys are a mistake.
bool is_of_export(const snapshot::Object& object, std::string_view key) {
  return object.group() == "admissionregistration.k8s.io" &&
         (key == control_annotation || key == accepts_annotation || key == accepts_until_annotation);
}

class AnnotationFinder {
 public:
  AnnotationFinder(const Catalog& catalog, bool ignored, ScanResult& result)
      : catalog_(catalog),
        ignored_(ignored),
        result_(result),
        snapshot_(*result.snapshot),
        keys_(annotation_keys(snapshot_.symbols())) {}

  void run() {
    if (keys_.empty()) return;
    for (std::size_t id = 0; id < snapshot_.objects().size(); ++id) look_at(static_cast<snapshot::ObjectId>(id));
  }

 private:
  // Of the object and of its pod templates. What a ReplicaSet has is its Deployment's.
  void look_at(snapshot::ObjectId id) {
    arena_.reset();
    const snapshot::Object& object = snapshot_.object(id);
    if (is_judged_by_owner(snapshot_, object, arena_)) return;
    const std::size_t before = found_;
    const Path own = {Step::key(symbols::metadata)};
    look_at_metadata(id, own);
    for (const kube::PodLocation& pod : kube::find_pods(object.root, snapshot_.symbols(), arena_)) {
      const Path path(pod.metadata_path.begin(), pod.metadata_path.end());
      if (path != own && !path.empty()) look_at_metadata(id, path);
    }
    if (ignored_ && found_ != before) ++result_.ignored_annotations;
  }

  void look_at_metadata(snapshot::ObjectId id, Path path) {
    path.push_back(Step::key(symbols::annotations));
    const Node* annotations = document::find(snapshot_.object(id).root, path);
    if (annotations == nullptr) return;
    for (const Symbol key : keys_) {
      const Node* value = annotations->find(key);
      if (value == nullptr || is_of_export(snapshot_.object(id), snapshot_.symbols().text(key))) continue;
      ++found_;
      if (ignored_) continue;
      Path full = path;
      full.push_back(Step::key(key));
      const std::size_t first = result_.exceptions.size();
      add(id, full, read(snapshot_.symbols().text(key), *value));
      if (result_.exceptions.size() > first) place_entries(id, *annotations, key, first);
    }
  }

  std::vector<Exception> read(std::string_view key, const Node& value) const {
    if (key == exceptions_annotation) return ExceptionList::of_annotation(value.as_string(), catalog_);
    Exception unknown;
    unknown.problem = "unknown annotation '" + std::string(key) + "'; exceptions stand in '" +
                      std::string(exceptions_annotation) + "'";
    return {std::move(unknown)};
  }

  void add(snapshot::ObjectId id, const Path& path, std::vector<Exception> exceptions) {
    const snapshot::Object& object = snapshot_.object(id);
    for (Exception& exception : exceptions) {
      result_.exceptions.push_back({.exception = std::move(exception),
                                    .object = object,
                                    .source = &snapshot_.source_of(object),
                                    .field = document::to_string(path, snapshot_.symbols()),
                                    .offset = document::locate(object.root, object.offset, path).offset,
                                    .annotated = id,
                                    .has_target = true});
    }
  }

  // Each entry at its own line, where the annotation's text keeps its lines.
  void place_entries(snapshot::ObjectId id, const Node& annotations, Symbol key, std::size_t first) {
    const std::int64_t at = annotations.find_index(key);
    if (at < 0 || annotations.value_offsets().empty()) return;
    const auto number = static_cast<std::size_t>(at);
    const EmbeddedText text(snapshot_.source_of(snapshot_.object(id)), annotations.items[number].as_string(),
                            annotations.value_offsets()[number], *snapshot_.shared_symbols());
    for (std::size_t i = first; i < result_.exceptions.size(); ++i) {
      const Path entry = {Step::index(static_cast<std::uint32_t>(i - first))};
      if (const auto offset = text.offset_of(entry)) result_.exceptions[i].offset = *offset;
    }
  }

  const Catalog& catalog_;
  const bool ignored_;
  ScanResult& result_;
  const snapshot::Snapshot& snapshot_;
  const std::vector<Symbol> keys_;
  Arena arena_;
  std::size_t found_ = 0;
};

}  // namespace

void find_exceptions(const Catalog& catalog, const ScanOptions& options, ScanResult& result) {
  if (options.exceptions) add_file(options.exceptions, result);
  AnnotationFinder(catalog, options.ignore_annotations, result).run();
}

void add_exception_controls(const Catalog& catalog, Selection& selection) {
  for (const Control& control : catalog.controls()) {
    if (control.scope == Scope::exception) selection.controls.push_back(&control);
  }
  std::ranges::sort(selection.controls, {}, &Control::id);
  const auto twice = std::ranges::unique(selection.controls);
  selection.controls.erase(twice.begin(), twice.end());
}

}  // namespace kastell::policy

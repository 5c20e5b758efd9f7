#include "collect/render/overlay_provenance.h"

#include <algorithm>

namespace kastell::collect {

using document::Node;
using document::Step;
using snapshot::Nearness;
using snapshot::WrittenPlace;

namespace {

constexpr std::uint64_t most_bytes = std::uint64_t{16} << 20;  // of one file

std::string_view text_in(const Node& root, Symbol key) {
  const Node* value = root.find(key);
  return value == nullptr ? std::string_view{} : value->as_string();
}

std::string_view name_of_object(const Node& root) {
  const Node* metadata = root.find(symbols::metadata);
  return metadata == nullptr ? std::string_view{} : text_in(*metadata, symbols::name);
}

// The item that `index` means in a list that a patch may have written shorter: the one of the same name.
std::int64_t item_in(const Node& list, const Node* rendered, std::uint32_t index) {
  const auto items = list.as_list();
  const bool known = rendered != nullptr && index < rendered->as_list().size();
  const std::string_view name = known ? text_in(rendered->items[index], symbols::name) : std::string_view{};
  for (std::size_t i = 0; i < items.size() && !name.empty(); ++i) {
    if (text_in(items[i], symbols::name) == name) return static_cast<std::int64_t>(i);
  }
  return name.empty() && index < items.size() ? index : -1;
}

// The path of the same field in a manifest, as far as that goes.
document::Path path_in(const Node& manifest, const Node& rendered, std::span<const Step> path) {
  document::Path own;
  const Node *at = &manifest, *beside = &rendered;
  for (const Step& step : path) {
    if (at == nullptr) break;
    Step next = step;
    if (step.is_index) {
      const std::int64_t item = item_in(*at, beside, step.number);
      if (item < 0) break;
      next = Step::index(static_cast<std::uint32_t>(item));
    }
    own.push_back(next);
    at = document::find(*at, std::span(&next, 1));
    beside = beside == nullptr ? nullptr : document::find(*beside, std::span(&step, 1));
  }
  return own;
}

}  // namespace

OverlayProvenance::OverlayProvenance(const FileSystem& files, const KustomizationParts& parts,
                                     std::string kustomization, SymbolTable& symbols)
    : kustomization_(std::move(kustomization)) {
  for (const std::string& path : parts.files) {
    auto content = files.read(path, {.padding = document::Source::padding, .most_bytes = most_bytes});
    if (!content) continue;
    auto source = std::make_shared<const document::Source>(path, std::move(content->buffer), content->size);
    streams_.push_back(document::parse(std::move(source), symbols));
  }
  for (const document::DocumentStream& stream : streams_) {
    for (const document::Document& one : stream.documents) {
      const std::string_view kind = text_in(one.root, symbols::kind), name = name_of_object(one.root);
      if (!kind.empty() && !name.empty()) manifests_.push_back({&one, stream.source.get(), kind, name});
    }
  }
}

// Those of the longest name that is part of the object's.
std::vector<const OverlayProvenance::Manifest*> OverlayProvenance::manifests_of(const snapshot::Object& object) const {
  std::vector<const Manifest*> found;
  for (const Manifest& manifest : manifests_) {
    if (manifest.kind != object.kind || object.name.find(manifest.name) == std::string_view::npos) continue;
    if (!found.empty() && manifest.name.size() > found.front()->name.size()) found.clear();
    if (found.empty() || manifest.name.size() == found.front()->name.size()) found.push_back(&manifest);
  }
  return found;
}

std::optional<WrittenPlace> OverlayProvenance::written_at(const snapshot::Object& object, std::span<const Step> path,
                                                          const Place&) const {
  const Node* wanted = document::find(object.root, path);
  std::optional<WrittenPlace> nearest;
  std::size_t depth = 0;
  for (const Manifest* manifest : manifests_of(object)) {
    const Node& root = manifest->document->root;
    const document::Path own = path_in(root, object.root, path);
    const auto located = document::locate(root, manifest->document->offset, own);
    const bool whole = own.size() == path.size() && located.node != nullptr;
    const bool same = whole && wanted != nullptr && (path.empty() || document::equal(*located.node, *wanted));
    WrittenPlace place{manifest->source->place_of(located.offset), Nearness::enclosing};
    if (same) return WrittenPlace{place.place, Nearness::exact};
    if (!nearest || own.size() > depth) nearest = place, depth = own.size();
  }
  // What no file says as it was rendered, the kustomization itself has written.
  if (nearest && wanted == nullptr) return nearest;
  return WrittenPlace{{.source = kustomization_}, Nearness::file};
}

}  // namespace kastell::collect

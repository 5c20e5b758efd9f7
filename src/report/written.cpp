#include "report/written.h"

namespace kastell::report {

const snapshot::ValuesKey* values_key_of(const policy::Finding& finding, const policy::FindingDetail& detail,
                                         const ReportOptions& options) {
  if (options.values_keys == nullptr) return nullptr;
  const auto found = options.values_keys->find({finding.object, detail.field});
  return found == options.values_keys->end() ? nullptr : &found->second;
}

Place mending_place(const policy::FindingDetail& detail) {
  if (detail.written) return detail.written->place;
  Place place = detail.place;
  place.source = detail.source->name();
  return place;
}

std::string rendered_text(const policy::FindingDetail& detail) {
  if (!detail.written) return {};
  return "line " + std::to_string(detail.place.line) + " of " + detail.place.source + " as rendered";
}

std::string written_text(const snapshot::WrittenPlace& written) {
  const Place& place = written.place;
  std::string text = written.nearness == snapshot::Nearness::enclosing ? "near " : "";
  text += place.source;
  if (place.line != 0) text += ":" + std::to_string(place.line) + ":" + std::to_string(place.column);
  return text;
}

std::string values_key_text(const snapshot::ValuesKey& key) {
  const Place& place = key.place;
  if (place.source.empty()) return key.key;
  if (place.line == 0) return key.key + " (not in " + place.source + " yet)";
  return key.key + " (" + place.source + ":" + std::to_string(place.line) + ":" + std::to_string(place.column) + ")";
}

}  // namespace kastell::report

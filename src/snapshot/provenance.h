// Provenance: where the text of a rendered source was written, for sources that a program made out of others.
//
// A source that was rendered (a Helm chart, a Kustomize overlay) holds text that stands in no file. Its Provenance
// leads back to the files: the template and its line, the manifest of a base.
//
// Thread-safety: const members may be called from several threads at once.
#pragma once

#include <cstdint>
#include <map>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "base/result.h"
#include "document/path.h"
#include "snapshot/index.h"

namespace kastell::snapshot {

struct Object;

// How near a written place is to what was asked for.
enum class Nearness : std::uint8_t {
  exact,      // that very line writes it
  enclosing,  // the nearest line or action around it does
  file,       // the file only
};

struct WrittenPlace {
  Place place;  // line 0: the file only
  Nearness nearness = Nearness::exact;
};

std::string_view name_of(Nearness nearness);  // "exact", "enclosing", "file"

// A key of a chart's values that decides a field.
struct ValuesKey {
  std::string key;                  // "image.tag", "workers[1].privileged"
  Place place;                      // in which values file it is set; line 0: it would have to be added there
  std::vector<std::string> others;  // keys that decide it as well
};
// By object and field, as reports write it.
using ValuesKeys = std::map<std::pair<ObjectId, std::string>, ValuesKey>;

class Provenance {
 public:
  virtual ~Provenance() = default;
  // Where the field at `path` of `object` was written, which stands at `rendered` in the rendered source. Nothing if
  // that cannot be told.
  virtual std::optional<WrittenPlace> written_at(const Object& object, std::span<const document::Step> path,
                                                 const Place& rendered) const = 0;
};

}  // namespace kastell::snapshot

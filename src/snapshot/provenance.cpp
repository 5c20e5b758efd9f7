#include "snapshot/provenance.h"

namespace kastell::snapshot {

std::string_view name_of(Nearness nearness) {
  constexpr std::string_view names[] = {"exact", "enclosing", "file"};
  return names[static_cast<std::size_t>(nearness)];
}

}  // namespace kastell::snapshot

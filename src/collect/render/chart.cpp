#include "collect/render/chart.h"

#include "collect/render/bundle_files.h"

namespace kastell::collect {

std::optional<Chart> read_chart(const FileSystem& files, const std::string& folder) {
  const auto file = BundleFile::read(files, join_path(folder, "Chart.yaml"));
  if (!file) return std::nullopt;
  return Chart{.folder = folder, .name = (*file)["name"].string(), .is_library = (*file)["type"].text() == "library"};
}

}  // namespace kastell::collect

// The files that a chart's templates are in, by the names that Helm gives them in its output.
#pragma once

#include <map>
#include <string>
#include <vector>

#include "base/file_system.h"
#include "collect/render/chart.h"

namespace kastell::collect {

struct ChartFile {
  std::string path;  // on disk
  std::string text;  // of a template; empty for a package, and for CRDs
};

struct ChartFiles {
  std::vector<ChartFile> templates;
  // "web/charts/redis/templates/x.yaml" → number into `templates`. A subchart is known by its name and by its aliases.
  std::map<std::string, std::size_t> by_source;
  // "web/charts/redis" → the package (*.tgz) that may hold it: its templates are in no file of their own.
  std::vector<std::pair<std::string, std::string>> packages;
  // "" for the chart itself, "redis." for a subchart: where its values are, in the values of the whole.
  std::vector<std::pair<std::string, std::string>> values_files;
};

// Bounded: subcharts nested deeper than 8, and more than 64 MiB of templates, are left out.
ChartFiles read_chart_files(const FileSystem& files, const Chart& chart);

}  // namespace kastell::collect

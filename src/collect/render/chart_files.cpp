#include "collect/render/chart_files.h"

#include <algorithm>

#include "collect/render/bundle_files.h"

namespace kastell::collect {

namespace {

constexpr unsigned deepest_subchart = 8;
constexpr unsigned deepest_folder = 16;
constexpr std::size_t most_text = std::size_t{64} << 20;

std::vector<FolderEntry> sorted_entries(const FileSystem& files, const std::string& folder) {
  auto entries = files.list(folder).value_or(std::vector<FolderEntry>{});
  std::ranges::sort(entries, {}, &FolderEntry::name);
  return entries;
}

class ChartReader {
 public:
  explicit ChartReader(const FileSystem& files) : files_(files) {}

  // Recursion is bounded by deepest_subchart. `prefixes`: the names under which Helm may know the chart.
  void add_chart(const std::string& folder, const std::vector<std::string>& prefixes,
                 const std::vector<std::string>& values_prefixes, unsigned depth) {
    add_templates(join_path(folder, "templates"), appended(prefixes, "/templates"), 0);
    add_templates(join_path(folder, "crds"), appended(prefixes, "/crds"), 0);
    for (const std::string& prefix : values_prefixes) {
      result_.values_files.emplace_back(prefix, join_path(folder, "values.yaml"));
    }
    if (depth == deepest_subchart) return;
    const std::string charts = join_path(folder, "charts");
    const auto aliases = aliases_of(folder);
    for (const FolderEntry& entry : sorted_entries(files_, charts)) {
      const std::string path = join_path(charts, entry.name);
      if (entry.status.kind == FileKind::folder) add_subchart(path, prefixes, values_prefixes, aliases, depth);
      if (entry.name.ends_with(".tgz")) add_package(path, entry.name, prefixes);
    }
  }

  ChartFiles take() && { return std::move(result_); }

 private:
  using Aliases = std::vector<std::pair<std::string, std::string>>;  // name → alias

  static std::vector<std::string> appended(std::vector<std::string> texts, std::string_view tail) {
    for (std::string& text : texts) text += tail;
    return texts;
  }

  Aliases aliases_of(const std::string& folder) const {
    Aliases aliases;
    const auto file = BundleFile::read(files_, join_path(folder, "Chart.yaml"));
    if (!file) return aliases;
    const client::Field dependencies = (*file)["dependencies"];
    for (std::size_t i = 0; i < dependencies.size(); ++i) {
      const client::Field one = dependencies.at(i);
      if (!one["alias"].text().empty()) aliases.emplace_back(one["name"].string(), one["alias"].string());
    }
    return aliases;
  }

  void add_subchart(const std::string& folder, const std::vector<std::string>& prefixes,
                    const std::vector<std::string>& values_prefixes, const Aliases& aliases, unsigned depth) {
    const auto chart = read_chart(files_, folder);
    if (!chart) return;
    std::vector<std::string> names;
    for (const auto& [name, alias] : aliases) {
      if (name == chart->name) names.push_back(alias);
    }
    names.push_back(chart->name);
    std::vector<std::string> below, values_below;
    for (const std::string& name : names) {
      for (const std::string& prefix : prefixes) below.push_back(prefix + "/charts/" + name);
      for (const std::string& prefix : values_prefixes) values_below.push_back(prefix + name + ".");
    }
    add_chart(folder, below, values_below, depth + 1);
  }

  void add_package(const std::string& path, std::string_view name, const std::vector<std::string>& prefixes) {
    const std::size_t version = name.find_last_of('-');  // redis-1.2.3.tgz
    for (const std::string& prefix : prefixes) {
      result_.packages.emplace_back(prefix + "/charts/" + std::string(name.substr(0, version)), path);
    }
  }

  // Recursion is bounded by deepest_folder.
  void add_templates(const std::string& folder, const std::vector<std::string>& prefixes, unsigned depth) {
    for (const FolderEntry& entry : sorted_entries(files_, folder)) {
      const std::string path = join_path(folder, entry.name);
      const auto below = appended(prefixes, "/" + entry.name);
      if (entry.status.kind == FileKind::folder && depth < deepest_folder) add_templates(path, below, depth + 1);
      if (entry.status.kind == FileKind::regular) add_template(path, below);
    }
  }

  void add_template(const std::string& path, const std::vector<std::string>& names) {
    const auto content = files_.read(path, {.most_bytes = most_text - text_});
    if (!content) return;
    text_ += content->size;
    for (const std::string& name : names) result_.by_source.emplace(name, result_.templates.size());
    result_.templates.push_back({path, std::string(content->buffer.get(), content->size)});
  }

  const FileSystem& files_;
  ChartFiles result_;
  std::size_t text_ = 0;
};

}  // namespace

ChartFiles read_chart_files(const FileSystem& files, const Chart& chart) {
  ChartReader reader(files);
  reader.add_chart(chart.folder, {chart.name}, {""}, 0);
  return std::move(reader).take();
}

}  // namespace kastell::collect

#include "collect/render/chart_provenance.h"

#include <algorithm>

namespace kastell::collect {

using snapshot::Nearness;
using snapshot::WrittenPlace;

namespace {

constexpr std::string_view source_comment = "# Source: ";

}  // namespace

ChartProvenance::ChartProvenance(Chart chart, ChartFiles files, RenderOptions options,
                                 std::shared_ptr<const document::Source> rendered)
    : chart_(std::move(chart)), files_(std::move(files)), options_(std::move(options)), rendered_(std::move(rendered)) {
  const std::string_view text = rendered_->text();
  std::uint32_t line = 0;
  for (std::size_t begin = 0; begin < text.size();) {
    const std::size_t end = std::min(text.find('\n', begin), text.size());
    const std::string_view one = text.substr(begin, end - begin);
    ++line;
    begin = std::min(end + 1, text.size());
    if (!one.starts_with(source_comment)) {
      if (!parts_.empty() && one != "---") {
        Part& part = *parts_.back();
        part.text = {part.text.data(), static_cast<std::size_t>(text.data() + end - part.text.data())};
      }
      continue;
    }
    parts_.push_back(std::make_unique<Part>());
    parts_.back()->first_line = line + 1;
    parts_.back()->source = one.substr(source_comment.size());
    parts_.back()->text = text.substr(begin, 0);
  }
}

const ChartProvenance::Part* ChartProvenance::part_at(std::uint32_t line) const {
  const auto after = std::ranges::upper_bound(parts_, line, {}, [](const auto& part) { return part->first_line; });
  return after == parts_.begin() ? nullptr : std::prev(after)->get();
}

std::string_view ChartProvenance::source_at(std::uint32_t line) const {
  const Part* part = part_at(line);
  return part == nullptr ? std::string_view{} : part->source;
}

void ChartProvenance::read_templates() const {
  for (std::size_t i = 0; i < files_.templates.size(); ++i) {
    templates_.push_back(read_template(files_.templates[i].text, static_cast<std::uint32_t>(i)));
  }
  for (const TemplateText& text : templates_) {
    for (const auto& [name, events] : text.defines) defines_.emplace(name, &events);
  }
}

void ChartProvenance::align_part(const Part& part, std::size_t number) const {
  std::call_once(read_, [this] { read_templates(); });
  part.flow = flow_of(templates_[number].events, defines_);
  part.lines = align(part.flow, part.text);
}

std::optional<WrittenPlace> ChartProvenance::place_in(const Part& part, std::size_t number, std::uint32_t line) const {
  std::call_once(part.asked, [&] { align_part(part, number); });
  const std::size_t at = line - part.first_line;
  if (at >= part.lines.size()) return WrittenPlace{{.source = files_.templates[number].path}, Nearness::file};
  const AlignedLine& aligned = part.lines[at];
  const TemplateLine& written = part.flow.lines[aligned.flow].line;
  return WrittenPlace{
      {.source = files_.templates[written.file].path, .line = written.line, .column = written.indent + 1},
      aligned.exact ? Nearness::exact : Nearness::enclosing};
}

std::optional<WrittenPlace> ChartProvenance::written_at(const snapshot::Object&, std::span<const document::Step>,
                                                        const Place& rendered) const {
  const Part* part = part_at(rendered.line);
  if (part == nullptr) return std::nullopt;
  const auto found = files_.by_source.find(std::string(part->source));
  if (found != files_.by_source.end()) return place_in(*part, found->second, rendered.line);
  for (const auto& [prefix, package] : files_.packages) {
    if (part->source.starts_with(prefix + "/")) return WrittenPlace{{.source = package}, Nearness::file};
  }
  return std::nullopt;
}

}  // namespace kastell::collect

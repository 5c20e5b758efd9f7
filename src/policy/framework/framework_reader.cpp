// policies/frameworks/*.yaml → Framework.

#include <algorithm>

#include "base/text.h"
#include "policy/catalog/embedded.h"
#include "policy/catalog/fields.h"
#include "policy/framework.h"

namespace kastell::policy {

namespace {

constexpr std::array<std::string_view, row_coverage_count> coverage_names{
    "full", "partial", "needs-cluster", "needs-node", "needs-image", "needs-logs", "attestation", "obsolete"};

class FrameworkReader {
 public:
  explicit FrameworkReader(Complaints& complaints) : complaints_(complaints) {}

  Framework read(const Placed& document) {
    using Field = FormField<FrameworkReader, Framework>;
    static constexpr Field form[] = {
        {"id", &FrameworkReader::read_id, true},           {"title", &FrameworkReader::read_title, true},
        {"version", &FrameworkReader::read_version, true}, {"note", &FrameworkReader::read_note},
        {"rows", &FrameworkReader::read_rows, true},
    };
    Framework framework;
    read_form(*this, complaints_, document, form, framework);
    return framework;
  }

 private:
  void read_id(Framework& framework, const Placed& value) { framework.id = read_text(complaints_, value); }
  void read_title(Framework& framework, const Placed& value) { framework.title = read_text(complaints_, value); }
  void read_version(Framework& framework, const Placed& value) { framework.version = read_text(complaints_, value); }
  void read_note(Framework& framework, const Placed& value) { framework.note = read_text(complaints_, value); }

  void read_rows(Framework& framework, const Placed& value) {
    using Field = FormField<FrameworkReader, FrameworkRow>;
    static constexpr Field form[] = {
        {"id", &FrameworkReader::read_row_id, true},         {"title", &FrameworkReader::read_row_title, true},
        {"coverage", &FrameworkReader::read_coverage, true}, {"note", &FrameworkReader::read_row_note},
        {"controls", &FrameworkReader::read_controls},
    };
    for (const Placed& item : read_items(complaints_, value)) {
      FrameworkRow row;
      if (!read_form(*this, complaints_, item, form, row)) continue;
      check_row(framework, row, item.offset);
      framework.rows.push_back(std::move(row));
    }
  }

  void read_row_id(FrameworkRow& row, const Placed& value) { row.id = read_text(complaints_, value); }
  void read_row_title(FrameworkRow& row, const Placed& value) { row.title = read_text(complaints_, value); }
  void read_row_note(FrameworkRow& row, const Placed& value) { row.note = read_text(complaints_, value); }
  void read_controls(FrameworkRow& row, const Placed& value) {
    const auto controls = read_texts(complaints_, value);
    row.controls.assign(controls.begin(), controls.end());
  }
  void read_coverage(FrameworkRow& row, const Placed& value) {
    const auto* at = std::ranges::find(coverage_names, read_text(complaints_, value));
    if (at == coverage_names.end()) return complaints_.add(value.offset, "unknown coverage");
    row.coverage = RowCoverage(at - coverage_names.begin());
  }

  void check_row(const Framework& framework, const FrameworkRow& row, std::uint32_t offset) {
    const bool claims = row.coverage == RowCoverage::full || row.coverage == RowCoverage::partial;
    if (claims == row.controls.empty()) {
      complaints_.add(offset,
                      row.id + (claims ? " claims what no control decides" : " has controls, but claims nothing"));
    }
    if (std::ranges::find(framework.rows, row.id, &FrameworkRow::id) != framework.rows.end()) {
      complaints_.add(offset, row.id + " exists already");
    }
  }

  Complaints& complaints_;
};

}  // namespace

std::string_view name_of(RowCoverage coverage) {
  return coverage_names[static_cast<std::size_t>(coverage)];
}

std::expected<Framework, std::vector<Error>> Frameworks::read(std::string name, std::string_view text) {
  SymbolTable symbols;
  const auto stream = document::parse(std::make_shared<document::Source>(std::move(name), text), symbols);
  std::vector<Error> errors = stream.errors;
  Complaints complaints(*stream.source, symbols, errors);
  if (stream.documents.size() != 1) complaints.add(0, "a framework is one document");
  Framework framework;
  for (const document::Document& document : stream.documents) {
    framework = FrameworkReader(complaints).read({document.root, document.offset});
  }
  if (!errors.empty()) return std::unexpected(std::move(errors));
  return framework;
}

Result<Frameworks> Frameworks::embedded() {
  Frameworks frameworks;
  for (const EmbeddedFile& file : embedded_frameworks()) {
    auto framework = read(std::string(file.name), file.text);
    if (!framework) return std::unexpected(std::move(framework.error().front()));
    frameworks.frameworks_.push_back(std::move(*framework));
  }
  std::ranges::sort(frameworks.frameworks_, {}, &Framework::id);
  return frameworks;
}

const Framework* Frameworks::find(std::string_view id) const {
  const auto at = std::ranges::find(frameworks_, id, &Framework::id);
  return at == frameworks_.end() ? nullptr : &*at;
}

std::vector<std::string_view> Frameworks::ids() const {
  std::vector<std::string_view> ids;
  for (const Framework& framework : frameworks_) ids.push_back(framework.id);
  return ids;
}

}  // namespace kastell::policy

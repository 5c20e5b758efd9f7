#include "report/scanned.h"

#include <gtest/gtest.h>

#include "support/sections.h"

namespace kastell::report::tests {

std::string Scanned::report(Format format, const ReportOptions& options) const {
  ReportOptions with_version = options;
  with_version.tool_version = "9.9.9";
  std::string text;
  write(format, result, with_version, [&text](std::string_view block) { text += block; });
  return text;
}

std::unique_ptr<Scanned> scan_texts(const std::vector<NamedText>& inputs, const policy::ScanOptions& options) {
  auto scanned = std::make_unique<Scanned>();
  auto catalog = policy::Catalog::load({KASTELL_SOURCE_DIR "/tests/report/catalogue"}, scanned->symbols);
  if (!catalog) {
    ADD_FAILURE() << to_string(catalog.error().front());
    return scanned;
  }
  scanned->catalog = std::move(*catalog);
  snapshot::SnapshotBuilder builder(scanned->symbols);
  for (const NamedText& input : inputs) {
    builder.add(document::parse(std::make_shared<const document::Source>(input.name, input.text), *scanned->symbols));
  }
  scanned->snapshot = std::move(builder).finish();
  auto result = policy::scan(scanned->snapshot, scanned->catalog, options);
  if (!result) {
    ADD_FAILURE() << to_string(result.error());
    return scanned;
  }
  scanned->result = std::move(*result);
  return scanned;
}

std::unique_ptr<Scanned> scan_input_folder(const policy::ScanOptions& options) {
  std::vector<NamedText> inputs;
  for (const char* name : {"minified.json", "tab.yaml", "values.yaml", "web.yaml"}) {
    const std::string path = std::string(KASTELL_SOURCE_DIR "/tests/report/input/") + name;
    inputs.push_back({std::string("shop/") + name, kastell::tests::read_text(path)});
  }
  return scan_texts(inputs, options);
}

}  // namespace kastell::report::tests

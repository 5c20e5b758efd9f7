// What the catalogue calls a credential, no report shows: every failing example of the controls about credentials.

#include <gtest/gtest.h>

#include "document/write.h"
#include "policy/scan.h"
#include "report/report.h"

namespace kastell::report {
namespace {

snapshot::Snapshot world_of(const document::Node& objects, const std::shared_ptr<SymbolTable>& symbols) {
  std::string text;
  for (const document::Node& object : objects.as_list()) {
    text += "---\n";
    document::append_json(text, object, *symbols);
    text += "\n";
  }
  snapshot::SnapshotBuilder builder(symbols);
  builder.add(document::parse(std::make_shared<document::Source>("example.yaml", std::move(text)), *symbols));
  return std::move(builder).finish();
}

std::vector<std::string> values_of(const policy::ScanResult& result) {
  std::vector<std::string> values;
  policy::Describer describer(result);
  for (const policy::Finding& finding : result.findings) {
    const policy::FindingDetail& detail = describer.describe(finding);
    if (detail.value != nullptr && detail.value->is_string()) values.emplace_back(detail.value->as_string());
  }
  return values;
}

TEST(Credentials, NoReportShowsWhatAControlFound) {
  const auto symbols = std::make_shared<SymbolTable>();
  const auto catalog = policy::Catalog::embedded(symbols).value();
  std::size_t checked = 0;
  for (const char* id : {"secrets.credential-in-environment", "secrets.configmap-credential"}) {
    for (const policy::Example& example : catalog.find(id)->examples) {
      if (example.verdict != "fail") continue;
      const auto world = world_of(example.objects, symbols);
      const auto result = policy::scan(world, catalog, {.controls = {id}, .threads = 1}).value();
      const auto values = values_of(result);
      EXPECT_FALSE(values.empty()) << id << " " << example.name;
      for (const std::string_view name : format_names()) {
        std::string report;
        write(*parse_format(name), result, {.width = 300}, [&](std::string_view text) { report += text; });
        for (const std::string& value : values) {
          EXPECT_EQ(report.find(value), std::string::npos) << id << " " << example.name << "\n" << report;
        }
      }
      checked += values.size();
    }
  }
  EXPECT_GE(checked, 8U);
}

// A line may hold several objects; what one of them keeps secret, the excerpt of another does not show.
TEST(Credentials, NoExcerptShowsASecretOfANeighbour) {
  const auto symbols = std::make_shared<SymbolTable>();
  const auto catalog = policy::Catalog::embedded(symbols).value();
  const std::string pod = "{apiVersion: v1, kind: Pod, metadata: {name: p}, spec: {containers: [{name: c, image: a}]}}";
  const std::string secret = "{apiVersion: v1, kind: Secret, metadata: {name: s}, data: {k: bmV2ZXItc2hvd24=}}";
  for (const std::string& text : {secret + ", " + pod, pod + ", " + secret, secret + ",\n" + pod + ", " + secret}) {
    snapshot::SnapshotBuilder builder(symbols);
    builder.add(document::parse(std::make_shared<document::Source>("a.yaml", "[" + text + "]\n"), *symbols));
    const auto world = std::move(builder).finish();
    const auto result = policy::scan(world, catalog, {.controls = {"image.tag"}, .threads = 1}).value();
    ASSERT_EQ(result.counts[0].fail, 1U);
    for (const Format format : {Format::human, Format::html}) {
      std::string report;
      write(format, result, {.width = 300}, [&](std::string_view block) { report += block; });
      EXPECT_EQ(report.find("bmV2ZXItc2hvd24"), std::string::npos) << report;
    }
  }
}

}  // namespace
}  // namespace kastell::report

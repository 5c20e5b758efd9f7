// Of what was rendered every report names the file that a person opens, and the rendered line beside it.
#include "report/written.h"

#include <gtest/gtest.h>

#include "report/scanned.h"

namespace kastell::report::tests {
namespace {

constexpr std::string_view pod = R"(apiVersion: v1
kind: Pod
metadata: {name: web}
spec:
  containers:
    - {name: web, image: web, securityContext: {privileged: true}}
)";

class Template : public snapshot::Provenance {
 public:
  std::optional<snapshot::WrittenPlace> written_at(const snapshot::Object&, std::span<const document::Step>,
                                                   const Place&) const override {
    return snapshot::WrittenPlace{Place{"chart/templates/pod.yaml", 42, 7}, snapshot::Nearness::exact};
  }
};

std::unique_ptr<Scanned> scan_chart() {
  auto scanned = std::make_unique<Scanned>();
  scanned->catalog = policy::Catalog::embedded(scanned->symbols).value();
  snapshot::SnapshotBuilder builder(scanned->symbols);
  builder.add(document::parse(std::make_shared<document::Source>("chart", pod), *scanned->symbols),
              std::make_shared<const Template>());
  scanned->snapshot = std::move(builder).finish();
  scanned->result = policy::scan(scanned->snapshot, scanned->catalog, {.controls = {"pod.privileged"}}).value();
  return scanned;
}

TEST(Written, EveryReportNamesTheTemplateAndTheRenderedLine) {
  const auto scanned = scan_chart();
  const auto expect = [&](Format format, std::string_view fragment) {
    const std::string report = scanned->report(format);
    EXPECT_NE(report.find(fragment), std::string::npos) << report;
  };
  expect(Format::csv, R"("chart/templates/pod.yaml","42","7",)");
  expect(Format::csv, R"("chart","6")");
  expect(Format::gitlab, "(line 6 of chart as rendered)");
  expect(Format::gitlab, R"("location":{"path":"chart/templates/pod.yaml","lines":{"begin":42}})");
  expect(Format::markdown, "chart/templates/pod.yaml:42<br>line 6 of chart as rendered |");
  expect(Format::html, "chart/templates/pod.yaml:42</span>");
  expect(Format::html, "line 6 of chart as rendered");
  expect(Format::sarif, "line 6 of chart as rendered");
  expect(Format::sarif, "chart/templates/pod.yaml");
}

}  // namespace
}  // namespace kastell::report::tests

// A small world judged by the controls of tests/report/catalogue, for the report tests.
#pragma once

#include <memory>
#include <string>
#include <vector>

#include "policy/scan.h"
#include "report/report.h"
#include "snapshot/snapshot.h"

namespace kastell::report::tests {

struct Scanned {
  std::shared_ptr<SymbolTable> symbols = std::make_shared<SymbolTable>();
  policy::Catalog catalog;
  snapshot::Snapshot snapshot;
  policy::ScanResult result;

  std::string report(Format format, const ReportOptions& options = {}) const;
};

struct NamedText {
  std::string name, text;
};

// Never null; failures are test failures.
std::unique_ptr<Scanned> scan_texts(const std::vector<NamedText>& inputs, const policy::ScanOptions& options = {});
// The files of tests/report/input, under shop/.
std::unique_ptr<Scanned> scan_input_folder(const policy::ScanOptions& options = {});

}  // namespace kastell::report::tests

// Where a finding in something that was rendered is to be mended: the template's line, the key in the values.
#pragma once

#include <string>

#include "policy/scan.h"
#include "report/report.h"

namespace kastell::report {

// The values key that decides the finding's field; null if none is known.
const snapshot::ValuesKey* values_key_of(const policy::Finding& finding, const policy::FindingDetail& detail,
                                         const ReportOptions& options);

// Where a person opens a file to mend the finding: where it was written, if that is known, else where it was read. The
// place has a source; its line is 0 where only the file is known.
Place mending_place(const policy::FindingDetail& detail);

// "line 12 of charts/web as rendered"; empty for what was read as it was written.
std::string rendered_text(const policy::FindingDetail& detail);

// "charts/web/templates/x.yaml:12:9", "near charts/web/templates/x.yaml:12:9", or the file alone.
std::string written_text(const snapshot::WrittenPlace& written);

// "image.tag (charts/web/values.yaml:4:3)", "securityContext.runAsNonRoot (not in charts/web/values.yaml)".
std::string values_key_text(const snapshot::ValuesKey& key);

}  // namespace kastell::report

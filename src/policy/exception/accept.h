// Exceptions in a scan: found before it, applied after it.
#pragma once

#include "policy/scan.h"
#include "policy/scan/selection.h"

namespace kastell::policy {

// Fills result.exceptions: those of the options' file, then those of the snapshot's annotations, or counts the latter
// if they are to be ignored.
void find_exceptions(const Catalog& catalog, const ScanOptions& options, ScanResult& result);

// Where there are exceptions, the controls about them run, whatever else was chosen: none is ignored in silence.
void add_exception_controls(const Catalog& catalog, Selection& selection);

// Turns failures that an exception matches into `accepted`, then judges the exceptions themselves.
void apply_exceptions(const ScanOptions& options, ScanResult& result);

// The second half of that.
void judge_exceptions(const ScanOptions& options, ScanResult& result);

}  // namespace kastell::policy

// Which key of a chart's values decides a field of what it renders to: found by rendering the chart again with keys
// changed, and looking where the change comes out.
#pragma once

#include <span>
#include <string>

#include "base/file_system.h"
#include "snapshot/snapshot.h"

namespace kastell::collect {

struct FieldQuestion {
  snapshot::ObjectId object;
  std::string field;  // as reports write it, also of a field that is missing
  bool operator==(const FieldQuestion&) const = default;
};

// What is not found within these bounds stays unanswered. Beside them: once all together have taken as long as one
// rendering may take (RenderOptions::longest), none begins any more.
struct ValuesKeyLimits {
  unsigned renders = 60;  // of one chart
  unsigned threads = 0;   // charts at a time; 0: one per processor
};

// Questions about objects that no chart rendered have no answer. Keys that --set gives are not found: it goes over
// whatever is tried.
snapshot::ValuesKeys find_values_keys(const snapshot::Snapshot& snapshot, std::span<const FieldQuestion> questions,
                                      const FileSystem& files, const ValuesKeyLimits& limits = {});

}  // namespace kastell::collect

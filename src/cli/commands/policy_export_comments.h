// What an export says of itself, beside its policies.
#pragma once

#include <string>

#include "policy/export.h"

namespace kastell::cli {

// Comments at the head of the policies: what no policy can say, and what became of the exceptions.
std::string comments_of(const policy::PolicyExport& exported, const policy::ExportOptions& options);

// "103 policies; 140 controls left out, 9 exported in part: the comments say why"
std::string summary_of(const policy::PolicyExport& exported);

}  // namespace kastell::cli

// The flags that choose controls, for every command that has them.
#pragma once

#include <array>

#include "base/result.h"
#include "cli/command_line.h"
#include "policy/scan.h"

namespace kastell::cli {

inline constexpr std::array<std::string_view, 5> severities = {"info", "low", "medium", "high", "critical"};

inline constexpr auto selection_flags = std::to_array<Flag>({
    {.name = "pss",
     .value = "LEVEL[:VERSION]",
     .help = "Run exactly the Pod Security checks of that level: privileged, baseline or restricted, with a "
             "Kubernetes version such as v1.30 (default latest)"},
    {.name = "framework",
     .value = "NAME",
     .help = "Only controls that a framework refers to",
     .repeatable = true,
     .comma_separated = true,
     .completes = Completes::frameworks},
    {.name = "control",
     .value = "ID",
     .help = "Only these controls, by id or glob (pod.*)",
     .letter = 'c',
     .repeatable = true,
     .comma_separated = true,
     .completes = Completes::controls},
    {.name = "param",
     .value = "NAME=VALUES",
     .help = "What only you know: imageRegistries=registry.example.com,ghcr.io/acme",
     .repeatable = true},
    {.name = "severity", .value = "SEVERITY", .help = "Only controls of at least this severity", .choices = severities},
});

// The controls that the flags choose. Errors (usage): a Pod Security level that does not exist.
Result<policy::ScanOptions> read_selection(const Arguments& arguments);

}  // namespace kastell::cli

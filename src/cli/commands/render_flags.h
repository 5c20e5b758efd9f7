// The flags about charts and overlays, for every command that reads folders.
#pragma once

#include <array>

#include "cli/command_line.h"
#include "collect/render.h"

namespace kastell::cli {

inline constexpr auto render_flags = std::to_array<Flag>({
    {.name = "no-render", .value = "", .help = "Run no program: charts are not read, overlays file by file"},
    {.name = "helm",
     .value = "PROGRAM",
     .help = "Render Helm charts with that program (default: helm on PATH)",
     .completes = Completes::files},
    {.name = "kustomize",
     .value = "PROGRAM",
     .help = "Render Kustomize overlays with that program (default: kustomize, else kubectl)",
     .completes = Completes::files},
    {.name = "values",
     .value = "FILE",
     .help = "Values for every chart that is scanned, over its own",
     .repeatable = true,
     .completes = Completes::files},
    {.name = "render-timeout", .value = "SECONDS", .help = "End a renderer that takes longer (default 60)"},
    {.name = "set", .value = "KEY=VALUE", .help = "A value for every chart that is scanned", .repeatable = true},
});

// Errors (usage, not_found): a flag that --no-render makes idle, a values file that is not there.
Result<collect::RenderOptions> read_render_options(const Arguments& arguments);

}  // namespace kastell::cli

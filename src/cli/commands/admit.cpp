// `kastell admit`: what Kubernetes' admission policies say of objects.
#include <unistd.h>

#include <array>

#include "admission/batch.h"
#include "cli/commands/commands.h"
#include "cli/terminal/console.h"
#include "cli/terminal/line_reader.h"

namespace kastell::cli {

namespace {

Result<int> run_batch(Console& console) {
  admission::AdmitBatch batch;
  LineReader lines(STDIN_FILENO, batch.limits().line_bytes);
  while (const auto line = lines.next()) {
    if (!console.write_out(batch.answer(line->text) + "\n")) break;
  }
  return 0;
}

Result<int> run(const Arguments& arguments, Console& console) {
  if (arguments.has("batch")) return run_batch(console);
  return failure(ErrorCode::usage, "missing --batch");
}

constexpr auto flags = std::to_array<Flag>({
    {.name = "batch",
     .value = "",
     .help = "Answer JSON lines {\"id\",\"policies\",\"bindings\",\"context\",\"request\"} with the decisions"},
});

}  // namespace

constinit const Command admit_command{.name = "admit",
                                      .arguments = "PATH...",
                                      .summary = "Say what admission policies would decide",
                                      .details = "",
                                      .flags = flags,
                                      .most_arguments = static_cast<std::size_t>(-1),
                                      .completes = Completes::files,
                                      .run = run};

}  // namespace kastell::cli

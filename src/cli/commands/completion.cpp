#include <array>

#include "cli/commands/commands.h"
#include "cli/completion/completion.h"
#include "cli/terminal/console.h"
#include "policy/appendix.h"
#include "policy/control.h"

namespace kastell::cli {

namespace {

constexpr std::array<std::string_view, 3> shells = {"bash", "zsh", "fish"};

completion::Names names_of(const policy::Catalog& catalog) {
  std::vector<std::string_view> appendices{"appendix"};
  for (const policy::Appendix& appendix : policy::guide_appendices()) appendices.push_back(appendix.letter);
  return {catalog.ids(), catalog.frameworks(), std::move(appendices)};
}

Result<int> run(const Arguments& arguments, Console& console) {
  const auto catalog = policy::Catalog::embedded(std::make_shared<SymbolTable>(), policy::Catalog::Examples::left_out);
  if (!catalog) return std::unexpected(catalog.error());
  const completion::Names names = names_of(*catalog);
  const std::string& shell = arguments.positional().front();
  console.write_out(shell == "bash"  ? completion::bash(all_commands(), names)
                    : shell == "zsh" ? completion::zsh(all_commands(), names)
                                     : completion::fish(all_commands(), names));
  return 0;
}

}  // namespace

int run_kubectl_completion(std::span<const std::string_view> words, Console& console) {
  const auto catalog = policy::Catalog::embedded(std::make_shared<SymbolTable>(), policy::Catalog::Examples::left_out);
  if (!catalog) return 1;
  console.write_out(completion::kubectl(all_commands(), names_of(*catalog), words));
  return 0;
}

constinit const Command completion_command{
    .name = "completion",
    .arguments = "SHELL",
    .summary = "Print the completions for bash, zsh or fish",
    .details =
        "bash: source <(kastell completion bash)\n"
        "zsh:  kastell completion zsh > \"${fpath[1]}/_kastell\"\n"
        "fish: kastell completion fish > ~/.config/fish/completions/kastell.fish",
    .flags = {},
    .least_arguments = 1,
    .most_arguments = 1,
    .choices = shells,
    .run = run};

}  // namespace kastell::cli

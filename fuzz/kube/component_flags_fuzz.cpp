// The flag parsers: arguments, one a line, of a component that the first byte chooses. What was understood must stay
// within the arguments' own count, and a view must always come out.

#include <cstdint>
#include <cstdlib>
#include <string_view>
#include <vector>

#include "kube/component/draft.h"

namespace {

using namespace kastell;
using namespace kastell::kube;

constexpr std::string_view components[] = {
    "kube-apiserver", "kube-controller-manager", "kube-scheduler", "kube-proxy", "kubelet", "etcd"};

std::vector<Argument> arguments_of(std::string_view text) {
  std::vector<Argument> arguments;
  while (!text.empty()) {
    const std::size_t end = text.find('\n');
    Argument argument{text.substr(0, end), {}, {}};
    if (argument.text.ends_with('?')) argument.missing = "it is not here";
    arguments.push_back(argument);
    text = end == std::string_view::npos ? std::string_view{} : text.substr(end + 1);
  }
  return arguments;
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  if (size < 2) return 0;
  static SymbolTable symbols;
  static const ComponentFlags flags(symbols);
  Arena arena;
  ComponentDraft draft;
  draft.spec = flags.find(components[data[0] % std::size(components)]);
  if (data[1] != 0) draft.version = ComponentVersion{1, data[1]};
  const auto arguments = arguments_of({reinterpret_cast<const char*>(data) + 2, size - 2});
  const ParsedFlags parsed = parse_flags(arguments, *draft.spec, draft.version, symbols, arena);
  if (parsed.flags.size() > arguments.size()) std::abort();
  add_flags(draft, parsed, symbols, arena);
  add_defaults(draft, symbols, arena);
  const ComponentView view = make_view(std::move(draft), symbols, arena);
  if (view.view.find(view.keys->flags) == nullptr) std::abort();
  return 0;
}

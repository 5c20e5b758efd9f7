// Any text as a template, and as what it wrote: reading and aligning end, and stay within bounds.
#include <cstddef>
#include <cstdint>
#include <cstdlib>
#include <string_view>

#include "collect/render/alignment.h"
#include "collect/render/template_references.h"

using namespace kastell::collect;

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  const std::string_view text(reinterpret_cast<const char*>(data), size);
  const std::string_view whole = text.substr(0, text.find('\1'));
  const std::string_view output = text.substr(whole.size());
  const TemplateText read = read_template(whole, 0);
  Defines defines;
  for (const auto& [name, events] : read.defines) defines.emplace(name, &events);
  const TemplateFlow flow = flow_of(read.events, defines);
  for (const AlignedLine& line : align(flow, output)) {
    if (line.flow >= flow.lines.size()) std::abort();
  }
  references_in(whole);
  nearest_mention(whole, ".name", 3);
  return 0;
}

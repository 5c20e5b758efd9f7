// The lines that can write a template's output, in order, with the lines of included templates in their place.
#pragma once

#include <map>
#include <string>
#include <vector>

#include "collect/render/template_text.h"

namespace kastell::collect {

struct FlowLine {
  TemplateLine line;
  std::int32_t shift = 0;  // how far its text is moved by the action that includes it; -1: not known
  std::int32_t loop = -1;  // the innermost loop around it
  float weight = 0;        // what leaving it out costs: much for what is always written
};

struct FlowLoop {
  std::size_t begin = 0, end = 0;  // lines
  std::int32_t parent = -1;
};

struct TemplateFlow {
  std::vector<FlowLine> lines;
  std::vector<FlowLoop> loops;
};

using Defines = std::map<std::string, const TemplateEvents*>;

// Bounded: includes nested deeper than 8 and flows longer than 20,000 lines are cut.
TemplateFlow flow_of(const TemplateEvents& events, const Defines& defines);

}  // namespace kastell::collect

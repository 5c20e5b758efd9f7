// The names that a template's actions refer to.
#pragma once

#include <cstdint>
#include <set>
#include <string>
#include <string_view>
#include <vector>

namespace kastell::collect {

struct TemplateReferences {
  std::set<std::vector<std::string>> values;  // of .Values.a.b: {"a", "b"}
  std::set<std::string> relative;             // of .name and $x.name, which may be members of what a range goes over
};

TemplateReferences references_in(std::string_view text);

// The line nearest to `line` on which `words` stand in an action; 0 if there is none.
std::uint32_t nearest_mention(std::string_view text, std::string_view words, std::uint32_t line);

}  // namespace kastell::collect

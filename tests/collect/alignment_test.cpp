// Which line of a template wrote which line of its output. Cases: tests/collect/alignment/*.txt, with sections
//   template, output   the two
//   expect             (golden) each line of the output behind the template's line that wrote it; ~ where an action did
#include "collect/render/alignment.h"

#include <gtest/gtest.h>

#include "collect/render/template_references.h"
#include "support/sections.h"

namespace kastell::collect {
namespace {

using tests::Case;

std::string aligned(const std::string& text, const std::string& output) {
  const TemplateText read = read_template(text, 0);
  Defines defines;
  for (const auto& [name, events] : read.defines) defines.emplace(name, &events);
  const TemplateFlow flow = flow_of(read.events, defines);
  const auto lines = align(flow, output);
  std::string result;
  std::size_t begin = 0;
  for (const AlignedLine& line : lines) {
    const std::size_t end = std::min(output.find('\n', begin), output.size());
    std::string number = std::to_string(flow.lines[line.flow].line.line) + (line.exact ? "" : "~");
    number.insert(0, number.size() < 4 ? 4 - number.size() : 0, ' ');
    result += number + " | " + output.substr(begin, end - begin) + "\n";
    begin = end + 1;
  }
  return result;
}

TEST(Alignment, Cases) {
  for (const auto& path : tests::files_in(KASTELL_SOURCE_DIR "/tests/collect/alignment", ".txt")) {
    tests::CaseFile file = tests::load_cases(path);
    ASSERT_FALSE(file.cases.empty()) << path;
    for (Case& one : file.cases) {
      SCOPED_TRACE(one.name);
      tests::check_golden(one, "expect", aligned(one.text("template"), one.text("output")));
    }
    if (tests::updating_goldens()) tests::save_cases(file);
  }
}

TEST(Alignment, TooManyLinesAreNotCompared) {
  std::string text, output;
  for (int i = 0; i < 5000; ++i) text += "a" + std::to_string(i) + ": b\n", output += "a: b\n";
  EXPECT_TRUE(align(flow_of(read_template(text, 0).events, {}), output).empty());
}

TEST(Alignment, TemplatesThatIncludeEachOtherEnd) {
  const TemplateText read = read_template(
      "{{ define \"a\" }}\nx: y\n{{ include \"b\" . }}\n{{ include \"b\" . }}\n{{ end }}"
      "{{ define \"b\" }}\n{{ include \"a\" . }}\n{{ include \"a\" . }}\n{{ end }}{{ include \"a\" . }}\n",
      0);
  Defines defines;
  for (const auto& [name, events] : read.defines) defines.emplace(name, &events);
  EXPECT_LE(flow_of(read.events, defines).lines.size(), 20'000U);
}

TEST(TemplateReferences, ValuesAndNamesOfItems) {
  const auto references = references_in(
      "{{ .Values.a.b | default $.Values.c }} .Values.no {{ range .Values.l }}{{ .x }}{{ $w.y.z }}"
      "{{ \".Values.text\" }}{{ .Release.Name }}{{ end }}");
  EXPECT_EQ(references.values, (std::set<std::vector<std::string>>{{"a", "b"}, {"c"}, {"l"}}));
  EXPECT_EQ(references.relative, (std::set<std::string>{"x", "y"}));
}

}  // namespace
}  // namespace kastell::collect

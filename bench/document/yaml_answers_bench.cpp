// Answers {"id", "text"} lines with {"id", "values", "errors"}: what parse() makes of the text as YAML.
// tests/document/compare_yaml.py asks it and Kubernetes' own packages the same questions.
#include <cstdio>
#include <iostream>
#include <string>

#include "base/text.h"
#include "document/document.h"
#include "document/write.h"

namespace {

using namespace kastell;

void append_text(std::string& out, std::string_view text) {
  out += '"';
  append_json_escaped(out, text);
  out += '"';
}

std::string answer(const std::string& line) {
  SymbolTable symbols;
  const auto asked = document::parse(std::make_shared<document::Source>("line", line), symbols,
                                     {.format = document::Format::json, .limits = {}});
  if (asked.documents.size() != 1) return "{\"id\":null}";
  const document::Node& question = asked.documents[0].root;
  const document::Node* text = question.find(symbols.intern("text"));
  const document::Node* id = question.find(symbols.intern("id"));
  if (text == nullptr || id == nullptr) return "{\"id\":null}";
  const auto stream = document::parse(std::make_shared<document::Source>("", text->as_string()), symbols,
                                      {.format = document::Format::yaml, .limits = {}});
  std::string out = "{\"id\":";
  document::append_json(out, *id, symbols);
  out += ",\"values\":[";
  for (const document::Document& document : stream.documents) {
    if (!out.ends_with('[')) out += ',';
    document::append_json(out, document.root, symbols);
  }
  out += "],\"errors\":[";
  for (const Error& error : stream.errors) {
    if (!out.ends_with('[')) out += ',';
    append_text(out, to_string(error));
  }
  return out + "]}";
}

}  // namespace

int main() {
  std::ios::sync_with_stdio(false);
  for (std::string line; std::getline(std::cin, line);) std::cout << answer(line) << '\n';
}

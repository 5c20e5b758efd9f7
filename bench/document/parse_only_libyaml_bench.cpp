// The limit for YAML: a program that reads a file's events with libyaml and throws them away.
// Usage: parse_only_libyaml_bench FILE. bench/whole.py times it beside `kastell scan`.
#include <yaml.h>

#include <cstdio>

int main(int argc, char** argv) {
  if (argc != 2) {
    std::puts("usage: parse_only_libyaml_bench FILE (run by bench/whole.py)");
    return 0;
  }
  std::FILE* file = std::fopen(argv[1], "rb");
  yaml_parser_t parser;
  if (file == nullptr || yaml_parser_initialize(&parser) == 0) return 1;
  yaml_parser_set_input_file(&parser, file);
  bool good = true;
  for (bool more = true; more && good;) {
    yaml_event_t event;
    good = yaml_parser_parse(&parser, &event) != 0;
    if (!good) break;
    more = event.type != YAML_STREAM_END_EVENT;
    yaml_event_delete(&event);
  }
  yaml_parser_delete(&parser);
  std::fclose(file);
  return good ? 0 : 1;
}

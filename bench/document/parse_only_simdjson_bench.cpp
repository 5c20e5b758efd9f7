// The limit for JSON: a program that parses a file with simdjson's DOM and does nothing else.
// Usage: parse_only_simdjson_bench FILE. bench/whole.py times it beside `kastell scan`.
#include <simdjson.h>

#include <cstdio>

int main(int argc, char** argv) {
  if (argc != 2) {
    std::puts("usage: parse_only_simdjson_bench FILE (run by bench/whole.py)");
    return 0;
  }
  simdjson::dom::parser parser;
  const auto parsed = parser.load(argv[1]);
  if (parsed.error() != simdjson::SUCCESS) return 1;
  return parsed.is_null() ? 1 : 0;
}

// The YAML libraries of Debian beside our parser, on one file: yaml_libraries_bench FILE
//
// Each is timed in its cheapest way of reading everything: events for libyaml and libfyaml, nodes for yaml-cpp (its
// events come with strings all the same), nodes with positions for ours. CPU time, best of three.
#include <libfyaml.h>
#include <yaml-cpp/yaml.h>
#include <yaml.h>

#include <algorithm>
#include <cstdio>
#include <ctime>
#include <fstream>
#include <iterator>
#include <memory>
#include <string>

#include "document/document.h"

namespace {

double cpu_seconds() {
  timespec time{};
  clock_gettime(CLOCK_PROCESS_CPUTIME_ID, &time);
  return static_cast<double>(time.tv_sec) + static_cast<double>(time.tv_nsec) * 1e-9;
}

std::size_t read_with_libyaml(const std::string& text) {
  yaml_parser_t parser;
  yaml_parser_initialize(&parser);
  yaml_parser_set_input_string(&parser, reinterpret_cast<const unsigned char*>(text.data()), text.size());
  std::size_t documents = 0;
  for (bool more = true; more;) {
    yaml_event_t event;
    if (yaml_parser_parse(&parser, &event) == 0) break;
    more = event.type != YAML_STREAM_END_EVENT;
    if (event.type == YAML_DOCUMENT_START_EVENT) ++documents;
    yaml_event_delete(&event);
  }
  yaml_parser_delete(&parser);
  return documents;
}

std::size_t read_with_libfyaml(const std::string& text) {
  fy_parse_cfg config{};
  config.flags = FYPCF_QUIET;
  fy_parser* parser = fy_parser_create(&config);
  fy_parser_set_string(parser, text.data(), text.size());
  std::size_t documents = 0;
  while (fy_event* event = fy_parser_parse(parser)) {
    if (event->type == FYET_DOCUMENT_START) ++documents;
    fy_parser_event_free(parser, event);
  }
  fy_parser_destroy(parser);
  return documents;
}

std::size_t read_with_yaml_cpp(const std::string& text) {
  return YAML::LoadAll(text).size();
}

std::size_t read_with_kastell(const std::string& text) {
  kastell::SymbolTable symbols;
  const auto source = std::make_shared<kastell::document::Source>("bench", text);
  return kastell::document::parse(source, symbols, {kastell::document::Format::yaml, {}}).documents.size();
}

struct Library {
  const char* name;
  std::size_t (*read)(const std::string&);
};
constexpr Library libraries[] = {
    {"kastell (nodes)", read_with_kastell},
    {"libyaml (events)", read_with_libyaml},
    {"libfyaml (events)", read_with_libfyaml},
    {"yaml-cpp (nodes)", read_with_yaml_cpp},
};

}  // namespace

int main(int count, char** arguments) {
  if (count != 2) return std::puts("usage: yaml_libraries_bench FILE"), 0;
  std::ifstream file(arguments[1], std::ios::binary);
  const std::string text{std::istreambuf_iterator<char>(file), {}};
  for (const Library& library : libraries) {
    double best = 1e9;
    std::size_t documents = 0;
    for (int round = 0; round < 3; ++round) {
      const double begin = cpu_seconds();
      documents = library.read(text);
      best = std::min(best, cpu_seconds() - begin);
    }
    std::printf("%-20s %8.3f s  %7.1f MB/s  %zu documents\n", library.name, best,
                static_cast<double>(text.size()) * 1e-6 / best, documents);
  }
}

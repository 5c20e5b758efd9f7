// Times parse() on a file: parse_bench FILE [yaml|json|detect] [ROUNDS]
//
// Prints the best round, what it made and how much memory that took.
#include <sys/resource.h>

#include <charconv>
#include <chrono>
#include <cstdio>
#include <cstdlib>
#include <fstream>
#include <memory>
#include <string>
#include <string_view>

#include "document/document.h"

namespace {

using namespace kastell;

std::shared_ptr<document::Source> read_file(const char* path) {
  std::ifstream file(path, std::ios::binary | std::ios::ate);
  if (!file) return nullptr;
  const auto size = static_cast<std::size_t>(file.tellg());
  auto buffer = std::make_unique_for_overwrite<char[]>(size + document::Source::padding);
  file.seekg(0);
  file.read(buffer.get(), static_cast<std::streamsize>(size));
  return std::make_shared<document::Source>(path, std::move(buffer), size);
}

document::Format format_of(std::string_view name) {
  if (name == "yaml") return document::Format::yaml;
  return name == "json" ? document::Format::json : document::Format::detect;
}

double cpu_seconds() {
  timespec time{};
  clock_gettime(CLOCK_PROCESS_CPUTIME_ID, &time);
  return static_cast<double>(time.tv_sec) + static_cast<double>(time.tv_nsec) * 1e-9;
}

}  // namespace

int main(int count, char** arguments) {
  if (count < 2) return std::fputs("usage: parse_bench FILE [yaml|json|detect] [ROUNDS]\n", stderr), 2;
  const auto source = read_file(arguments[1]);
  if (!source) return std::fprintf(stderr, "cannot read %s\n", arguments[1]), 2;
  document::ParseOptions options;
  if (count > 2) options.format = format_of(arguments[2]);
  int rounds = 3;
  if (const std::string_view text = count > 3 ? arguments[3] : ""; !text.empty()) {
    std::from_chars(text.data(), text.data() + text.size(), rounds);
  }
  double best = 1e9;
  std::size_t documents = 0, errors = 0, arena = 0;
  for (int round = 0; round < rounds; ++round) {
    SymbolTable symbols;
    const double begin = cpu_seconds();
    const auto stream = document::parse(source, symbols, options);
    best = std::min(best, cpu_seconds() - begin);
    documents = stream.documents.size();
    errors = stream.errors.size();
    arena = stream.arena->reserved_bytes();
    if (round == 0 && errors > 0) std::fprintf(stderr, "%s\n", to_string(stream.errors.front()).c_str());
  }
  rusage usage{};
  getrusage(RUSAGE_SELF, &usage);
  std::printf("%.3f s CPU, %zu documents, %zu errors, arena %.1f MB, input %.1f MB, peak %.1f MB\n", best, documents,
              errors, static_cast<double>(arena) * 1e-6, static_cast<double>(source->text().size()) * 1e-6,
              static_cast<double>(usage.ru_maxrss) * 1e-3);
  return errors == 0 ? 0 : 1;
}

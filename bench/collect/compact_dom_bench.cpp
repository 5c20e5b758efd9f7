// The memory that objects take by themselves: compact_dom_bench FILE...
//
// Reads files of one JSON document each and copies the objects of their lists into one arena, as a scan of a cluster
// keeps them: nodes and texts, without the files' text and the places in it. Prints megabytes (2^20 bytes) as the
// allocator counts them.
#include <malloc.h>

#include <cstdio>
#include <fstream>
#include <iterator>
#include <memory>
#include <string>

#include "collect/cluster/compact.h"
#include "document/document.h"

namespace {

using namespace kastell;

std::size_t allocated_bytes() {
  const struct mallinfo2 info = mallinfo2();
  return info.uordblks + info.hblkhd;
}

bool copy_objects(const char* path, collect::Compactor& compactor, SymbolTable& symbols) {
  std::ifstream file(path, std::ios::binary);
  std::string text(std::istreambuf_iterator<char>(file), {});
  const auto stream = document::parse(std::make_shared<const document::Source>(path, std::move(text)), symbols,
                                      {.format = document::Format::json});
  if (!stream.errors.empty() || stream.documents.empty()) return false;
  const document::Node* items = stream.documents.front().root.find(symbols.intern("items"));
  if (items == nullptr) return false;
  for (const document::Node& item : items->as_list()) compactor.object(item, "v1", "Pod");
  return true;
}

}  // namespace

int main(int argc, char** argv) {
  SymbolTable symbols;
  const std::size_t before = allocated_bytes();
  Arena arena;
  collect::Compactor compactor(arena, symbols);
  for (int i = 1; i < argc; ++i) {
    if (copy_objects(argv[i], compactor, symbols)) continue;
    std::fprintf(stderr, "%s: no JSON list\n", argv[i]);
    return 1;
  }
  std::printf("%.1f\n", static_cast<double>(allocated_bytes() - before) / (1 << 20));
  return 0;
}

// Part of the build: reads the catalogue, checks all that there is to check, and writes it as a C++ file.
//
// usage: kastell_catalog_image OUTPUT FILE...
#include <cstdio>
#include <memory>
#include <string>
#include <vector>

#include "policy/catalog/image.h"

namespace {

using namespace kastell;

std::string source_of(std::string_view image) {
  std::string text =
      "// Made by tools/catalog_image.cpp; do not edit.\n#include \"policy/catalog/embedded.h\"\n\n"
      "namespace kastell::policy {\n\nnamespace {\nconstexpr unsigned char bytes[] = {";
  for (std::size_t i = 0; i < image.size(); ++i) {
    text += i % 32 == 0 ? "\n    " : "";
    text += std::to_string(static_cast<unsigned char>(image[i])) + ",";
  }
  return text +
         "\n};\n}  // namespace\n\nstd::string_view embedded_catalog_image() {\n"
         "  return {reinterpret_cast<const char*>(bytes), sizeof bytes};\n}\n\n}  // namespace kastell::policy\n";
}

bool write_file(const char* path, std::string_view text) {
  const std::unique_ptr<std::FILE, int (*)(std::FILE*)> file(std::fopen(path, "wb"), &std::fclose);
  return file != nullptr && std::fwrite(text.data(), 1, text.size(), file.get()) == text.size();
}

int fail(const std::string& message) {
  std::fputs((message + "\n").c_str(), stderr);
  return 1;
}

}  // namespace

int main(int argc, char** argv) {
  if (argc < 3) return fail("usage: kastell_catalog_image OUTPUT FILE...");
  const auto symbols = std::make_shared<SymbolTable>();
  const auto catalog = policy::Catalog::load({argv + 2, argv + argc}, symbols);
  if (!catalog) {
    for (const Error& error : catalog.error()) fail(to_string(error));
    return 1;
  }
  const auto image = policy::write_catalog_image(*catalog, *symbols);
  if (!image || !policy::read_catalog_image(*image, symbols)) return fail("the catalogue's image cannot be read again");
  if (!write_file(argv[1], source_of(*image))) return fail("cannot write " + std::string(argv[1]));
  return 0;
}

// Whatever a file holds: what is taken out of its ConfigMaps stands on the lines where it stood.
#include <cstdint>
#include <cstdlib>
#include <memory>
#include <string_view>

#include "collect/embedded.h"

namespace {

std::string_view take_line(std::string_view& text) {
  const std::size_t end = text.find('\n');
  const std::string_view line = text.substr(0, end);
  text.remove_prefix(end == std::string_view::npos ? text.size() : end + 1);
  return line.ends_with('\r') ? line.substr(0, line.size() - 1) : line;
}

bool same_lines(std::string_view embedded, std::string_view source) {
  while (!embedded.empty()) {
    const std::string_view line = take_line(embedded), wanted = take_line(source);
    if (!line.empty() && !line.starts_with("---") && line != wanted) return false;
  }
  return true;
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  const std::string_view text(reinterpret_cast<const char*>(data), size);
  kastell::SymbolTable symbols;
  const auto stream = kastell::document::parse(std::make_shared<kastell::document::Source>("a", text), symbols);
  const auto embedded = kastell::collect::read_embedded(stream, symbols, {});
  if (embedded && !same_lines(embedded->source->text(), stream.source->text())) std::abort();
  return 0;
}

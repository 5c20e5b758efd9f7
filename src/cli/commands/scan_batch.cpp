#include <unistd.h>

#include "base/text.h"
#include "cli/commands/exception_flags.h"
#include "cli/commands/scan_request.h"
#include "cli/terminal/line_reader.h"
#include "cli/terminal/output.h"
#include "document/write.h"

namespace kastell::cli {

namespace {

constexpr std::size_t longest_line = std::size_t{256} << 20;
// Keys of the input stay in the symbol table; past this many it is made anew, so that a stream may last for days.
constexpr std::uint32_t most_symbols = 1'000'000;

class BatchScanner {
 public:
  static Result<BatchScanner> make(const ScanRequest& request) {
    BatchScanner scanner(request);
    if (auto renewed = scanner.renew(); !renewed) return std::unexpected(renewed.error());
    auto exceptions = read_exceptions(request.exceptions, *scanner.catalog_);
    if (!exceptions) return std::unexpected(exceptions.error());
    scanner.scan_.exceptions = std::move(*exceptions);
    // A typo in a flag is wrong usage once, not an error in every answer.
    const snapshot::Snapshot nothing = snapshot::SnapshotBuilder(scanner.symbols_).finish();
    if (auto tried = policy::scan(nothing, *scanner.catalog_, scanner.scan_); !tried) {
      return std::unexpected(tried.error());
    }
    return scanner;
  }

  // The answer, with its line end.
  std::string answer(const LineReader::Line& line) {
    if (line.too_long)
      return error_answer("null", "the line is longer than " + std::to_string(longest_line) + " bytes");
    if (symbols_->size() > most_symbols) {
      if (auto renewed = renew(); !renewed) return error_answer("null", to_string(renewed.error()));
    }
    std::string id = "null";
    const auto world = read(line.text, id);
    if (!world) return error_answer(id, world.error().message);
    const auto result = policy::scan(*world, *catalog_, scan_);
    if (!result) return error_answer(id, result.error().message);
    std::string text = "{\"id\":" + id + ",\"report\":";
    report::write(report::Format::json, *result, request_.report, [&](std::string_view block) { text += block; });
    return text += "}\n";
  }

 private:
  explicit BatchScanner(const ScanRequest& request) : request_(request), scan_(request.scan) {}

  Result<void> renew() {
    symbols_ = std::make_shared<SymbolTable>();
    auto catalog = policy::Catalog::embedded(symbols_, policy::Catalog::Examples::left_out);
    if (!catalog) return std::unexpected(catalog.error());
    catalog_ = std::move(*catalog);
    return {};
  }

  Result<snapshot::Snapshot> read(std::string_view line, std::string& id) const {
    auto source = std::make_shared<const document::Source>("-", line);
    auto stream = document::parse(std::move(source), *symbols_, {.format = document::Format::json});
    if (!stream.errors.empty()) return failure(ErrorCode::syntax, to_string(stream.errors.front()));
    if (stream.documents.size() != 1 || !stream.documents.front().root.is_object()) {
      return failure(ErrorCode::syntax, "the line is no JSON object");
    }
    const document::Node root = stream.documents.front().root;
    if (const auto* given = find(root, "id")) {
      id.clear();
      document::append_json(id, *given, *symbols_);
    }
    const document::Node* objects = find(root, "objects");
    if (objects == nullptr || !objects->is_list()) return failure(ErrorCode::syntax, "no list \"objects\" in the line");
    const document::Path path = {document::Step::key(symbols_->intern("objects"))};
    stream.documents = {{*objects, document::locate(root, 0, path).value_offset}};
    snapshot::SnapshotBuilder builder(symbols_);
    builder.set_world(request_.files.world);
    if (objects->size != 0) builder.add(std::move(stream));
    return std::move(builder).finish();
  }

  const document::Node* find(const document::Node& object, std::string_view key) const {
    const auto symbol = symbols_->find(key);
    return symbol ? object.find(*symbol) : nullptr;
  }

  static std::string error_answer(std::string_view id, std::string_view message) {
    std::string text("{\"id\":");
    text.append(id).append(",\"error\":{\"message\":\"");
    append_json_escaped(text, message);
    return text += "\"}}\n";
  }

  const ScanRequest& request_;
  policy::ScanOptions scan_;
  std::shared_ptr<SymbolTable> symbols_;
  std::optional<policy::Catalog> catalog_;
};

}  // namespace

Result<int> run_scan_batch(const ScanRequest& request, Console& console) {
  auto scanner = BatchScanner::make(request);
  if (!scanner) return std::unexpected(scanner.error());
  auto output =
      request.output.empty() ? Result<Output>(Output::to_console(console)) : Output::to_file(console, request.output);
  if (!output) return std::unexpected(output.error());
  LineReader lines(STDIN_FILENO, longest_line);
  while (const auto line = lines.next()) output->write(scanner->answer(*line));
  if (auto finished = output->finish(); !finished) return std::unexpected(finished.error());
  return 0;
}

}  // namespace kastell::cli

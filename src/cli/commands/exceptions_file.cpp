// The file of exceptions that `--exceptions` names.

#include "base/file_system.h"
#include "cli/commands/exception_flags.h"

namespace kastell::cli {

Result<std::shared_ptr<const policy::ExceptionList>> read_exceptions(const std::string& path,
                                                                     const policy::Catalog& catalog) {
  if (path.empty()) return nullptr;
  auto content = operating_system_files().read(path, {.padding = document::Source::padding});
  if (!content) return std::unexpected(content.error());
  auto source = std::make_shared<const document::Source>(path, std::move(content->buffer), content->size);
  auto list = policy::ExceptionList::read(std::move(source), catalog);
  if (list) return std::make_shared<const policy::ExceptionList>(std::move(*list));
  std::string text = "the exceptions are not in order:";
  for (const Error& error : list.error()) text += "\n  " + to_string(error);
  return failure(ErrorCode::usage, std::move(text));
}

Result<void> use_exceptions(const Arguments& arguments, const policy::Catalog& catalog, policy::ScanOptions& scan) {
  auto exceptions = read_exceptions(std::string(arguments.value("exceptions")), catalog);
  if (!exceptions) return std::unexpected(exceptions.error());
  scan.exceptions = std::move(*exceptions);
  scan.ignore_annotations = arguments.has("strict");
  return {};
}

}  // namespace kastell::cli

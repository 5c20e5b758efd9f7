// The two forms: a file, and the value of an annotation.

#include "document/document.h"
#include "policy/exception/exception_reader.h"

namespace kastell::policy {

using document::Node;

namespace {

constexpr std::string_view api_version = "kastell.dev/v1alpha1";
constexpr std::string_view list_kind = "ExceptionList";
constexpr document::ParseLimits limits{.depth = 32, .source_bytes = std::uint64_t{16} << 20};
constexpr document::ParseLimits annotation_limits{.depth = 16, .source_bytes = std::uint64_t{256} << 10};

// An ExceptionList document.
class ListReader {
 public:
  ListReader(const document::DocumentStream& stream, const SymbolTable& symbols, const Catalog& catalog,
             std::vector<Error>& errors)
      : complaints_(*stream.source, symbols, errors), reader_(complaints_, catalog) {}

  void read(const Placed& document) {
    using Field = FormField<ListReader, std::vector<Exception>>;
    static constexpr Field form[] = {
        {"apiVersion", &ListReader::read_api_version, true},
        {"kind", &ListReader::read_kind, true},
        {"metadata", &ListReader::pass_over},
        {"exceptions", &ListReader::read_entries, true},
    };
    read_form(*this, complaints_, document, form, entries_);
  }

  std::vector<Exception> finish() && { return std::move(entries_); }

 private:
  void read_api_version(std::vector<Exception>&, const Placed& value) { demand(value, api_version); }
  void read_kind(std::vector<Exception>&, const Placed& value) { demand(value, list_kind); }
  void pass_over(std::vector<Exception>&, const Placed&) {}
  void read_entries(std::vector<Exception>& entries, const Placed& value) {
    for (const Placed& entry : read_items(complaints_, value)) {
      if (entries.size() == ExceptionList::most_entries) {
        return complaints_.add(entry.offset, "more than " + std::to_string(ExceptionList::most_entries) + " exceptions",
                               ErrorCode::limit);
      }
      entries.push_back(reader_.read_listed(entry));
    }
  }
  void demand(const Placed& value, std::string_view wanted) {
    if (value.node.as_string() != wanted) complaints_.add(value.offset, "must be " + std::string(wanted));
  }

  Complaints complaints_;
  ExceptionReader reader_;
  std::vector<Exception> entries_;
};

Exception malformed(std::string problem) {
  Exception exception;
  exception.problem = std::move(problem);
  return exception;
}

}  // namespace

std::expected<ExceptionList, std::vector<Error>> ExceptionList::read(std::shared_ptr<const document::Source> source,
                                                                     const Catalog& catalog) {
  ExceptionList list;
  list.source_ = source;
  SymbolTable symbols;
  const auto stream = document::parse(std::move(source), symbols, {.limits = limits});
  std::vector<Error> errors = stream.errors;
  ListReader reader(stream, symbols, catalog, errors);
  for (const document::Document& document : stream.documents) reader.read({document.root, document.offset});
  if (stream.documents.empty() && errors.empty()) {
    errors.push_back({ErrorCode::syntax, "holds no " + std::string(list_kind), {.source = list.source_->name()}});
  }
  if (!errors.empty()) return std::unexpected(std::move(errors));
  list.exceptions_ = std::move(reader).finish();
  return list;
}

std::vector<Exception> ExceptionList::of_annotation(std::string_view text, const Catalog& catalog) {
  SymbolTable symbols;
  const auto stream = document::parse(std::make_shared<const document::Source>("annotation", text), symbols,
                                      {.limits = annotation_limits});
  if (!stream.errors.empty()) return {malformed(stream.errors.front().message)};
  if (stream.documents.size() != 1 || !stream.documents.front().root.is_list()) {
    return {malformed("must be a list of exceptions")};
  }
  const Node& root = stream.documents.front().root;
  std::vector<Exception> exceptions;
  for (const Node& entry : root.as_list()) {
    std::vector<Error> errors;
    Complaints complaints(*stream.source, symbols, errors);
    exceptions.push_back(ExceptionReader(complaints, catalog).read_annotated({entry, 0}));
    if (!errors.empty()) exceptions.back().problem = errors.front().message;
  }
  return exceptions;
}

}  // namespace kastell::policy

// CSV (RFC 4180): a row per finding, and one for each input that could not be read. File and line are those to mend; of
// what was rendered the last two columns say where it stands in the output of the renderer.
#include <span>

#include "policy/fingerprint.h"
#include "report/formats.h"
#include "report/redaction.h"
#include "report/text/writer.h"
#include "report/wrap.h"
#include "report/written.h"

namespace kastell::report {

using policy::Control;
using policy::Finding;
using policy::FindingDetail;
using policy::ScanResult;

namespace {

constexpr std::string_view header =
    "control,title,severity,verdict,reason,apiVersion,kind,namespace,name,container,field,value,file,line,column,"
    "message,"
    "remediation,fingerprint,renderedFile,renderedLine\r\n";
constexpr std::size_t column_count = 20;
constexpr std::size_t longest_text = 200;

// A spreadsheet takes a cell that begins so for a formula, whoever wrote it: '=HYPERLINK(…)', '@SUM(…)', "\t=…".
bool is_formula(std::string_view cell) {
  return !cell.empty() && std::string_view("=+-@\t\r\n|%").find(cell.front()) != std::string_view::npos;
}

void append_cell(std::string& out, std::string_view cell) {
  out += '"';
  if (is_formula(cell)) out += '\'';
  std::string visible;
  append_visible(visible, cell);
  for (const char c : visible) {
    out += c;
    if (c == '"') out += c;
  }
  out += '"';
}

void append_row(std::string& out, std::span<const std::string_view> cells) {
  for (const std::string_view cell : cells) {
    append_cell(out, cell);
    out += ',';
  }
  out.back() = '\r';
  out += '\n';
}

class RowWriter {
 public:
  explicit RowWriter(const ScanResult& result)
      : result_(result), symbols_(result.snapshot->symbols()), describer_(result) {}

  void append(std::string& out, const Finding& finding) {
    const FindingDetail& detail = describer_.describe(finding);
    const Control& control = *result_.controls[finding.control];
    const snapshot::Object& object = *detail.object;
    const bool secret = is_secret(detail, symbols_);
    const std::string value = value_of(detail, secret), fingerprint = fingerprinter_.next(control, detail).text();
    const Place place = mending_place(detail);
    const std::string line = number(place.line), column = number(place.column);
    const std::string rendered_line = detail.written ? number(detail.place.line) : std::string{};
    const std::string_view cells[column_count] = {control.id,
                                                  control.title,
                                                  name_of(control.severity),
                                                  name_of(finding.verdict),
                                                  detail.reason,
                                                  object.api_version,
                                                  object.kind,
                                                  object.name_space,
                                                  object.name,
                                                  detail.container,
                                                  detail.field,
                                                  value,
                                                  place.source,
                                                  line,
                                                  column,
                                                  shown_message(detail, secret, scratch_),
                                                  control.remediation,
                                                  fingerprint,
                                                  detail.written ? detail.source->name() : std::string_view{},
                                                  rendered_line};
    append_row(out, cells);
  }

 private:
  // A cluster has no lines.
  static std::string number(std::uint32_t value) { return value == 0 ? std::string{} : std::to_string(value); }

  std::string value_of(const FindingDetail& detail, bool secret) const {
    if (detail.value == nullptr) return {};
    if (secret) return std::string(redacted);
    std::string text;
    append_json(text, *detail.value, symbols_);
    // A text as it is, not as JSON writes it: cells have quotes of their own.
    const bool whole = detail.value->is_string() && detail.value->size <= longest_text;
    return whole ? std::string(detail.value->as_string()) : text;
  }

  const ScanResult& result_;
  const SymbolTable& symbols_;
  policy::Describer describer_;
  policy::Fingerprinter fingerprinter_;
  std::string scratch_;
};

void append_coverage(std::string& out, const snapshot::Coverage& entry) {
  std::string_view cells[column_count] = {};
  cells[3] = name_of(entry.status);
  cells[4] = entry.reason;
  cells[12] = entry.input;
  const std::string line = entry.place.line == 0 ? std::string{} : std::to_string(entry.place.line);
  cells[13] = line;
  append_row(out, cells);
}

}  // namespace

void write_csv(const ScanResult& result, const ReportOptions&, const Sink& sink) {
  Writer writer(sink);
  writer.text() += header;
  RowWriter rows(result);
  for (const Finding& finding : result.findings) {
    rows.append(writer.text(), finding);
    writer.leave();
  }
  for (const snapshot::Coverage& entry : result.snapshot->coverage()) {
    if (is_unread(entry)) append_coverage(writer.text(), entry);
    writer.leave();
  }
}

}  // namespace kastell::report

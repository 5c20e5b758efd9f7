// What the parser says when it cannot go on.
#include "base/text.h"
#include "document/yaml/parser.h"

namespace kastell::document::yaml {

namespace {

std::string quote(const char* at) {
  std::size_t length = 1;
  while ((static_cast<unsigned char>(at[length]) & 0xC0) == 0x80) ++length;
  std::string quoted = "'";
  append_json_escaped(quoted, {at, length});
  return quoted + "'";
}

}  // namespace

void Parser::fail(ErrorCode code, std::string message, const char* at) {
  error_offset_ = cursor_.offset_of(at);
  error_ = {code, std::move(message), source_.place_of(error_offset_)};
  step_ = Step::failed;
}

void Parser::fail_unexpected(const char* expected) {
  const char* at = cursor_.at;
  if (cursor_.at_document_end()) {
    if (!cursor_.in_flow()) return fail(std::string("expected ") + expected + ", found the end of the document");
    const char* what = tree_.in_object() ? "the object" : "the list";
    return fail(std::string(what) + " that begins here is never closed", cursor_.begin + tree_.open_offset());
  }
  if (*at == '\t') return fail("a tab must not be used for indentation");
  if (at_colon() && !frames_.empty()) return fail("':' is not allowed here: its key does not begin where one may");
  if (*at == '@' || *at == '`') return fail(quote(at) + " is reserved and cannot begin a value; put it in quotes");
  if (*at == '%') return fail("'%' cannot begin a value; put it in quotes");
  fail(std::string("expected ") + expected + ", found " + quote(at));
}

void Parser::fail_duplicate(const DuplicateKey& duplicate) {
  const Place first = source_.place_of(duplicate.first_offset);
  std::string message = "duplicate key \"";
  append_json_escaped(message, symbols_.text(duplicate.key));
  message += "\", first at line " + std::to_string(first.line) + ", column " + std::to_string(first.column);
  fail(std::move(message), cursor_.begin + duplicate.second_offset);
}

}  // namespace kastell::document::yaml

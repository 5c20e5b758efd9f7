// Reading objects of a fixed form strictly: unknown and missing members are errors with their place.
#pragma once

#include <span>
#include <string>
#include <vector>

#include "base/result.h"
#include "document/node.h"
#include "document/source.h"

namespace kastell::policy {

// A value and where it stands.
struct Placed {
  const document::Node& node;
  std::uint32_t offset;
};

// Collects errors of one source.
class Complaints {
 public:
  Complaints(const document::Source& source, const SymbolTable& symbols, std::vector<Error>& errors)
      : source_(source), symbols_(symbols), errors_(errors) {}

  void add(std::uint32_t offset, std::string message, ErrorCode code = ErrorCode::syntax);
  const document::Source& source() const { return source_; }
  const SymbolTable& symbols() const { return symbols_; }

 private:
  const document::Source& source_;
  const SymbolTable& symbols_;
  std::vector<Error>& errors_;
};

// Values of a wanted kind; empty, with a complaint, when it is another. Texts live as long as the document.
std::string_view read_text(Complaints& complaints, const Placed& value);
bool read_boolean(Complaints& complaints, const Placed& value);
std::vector<Placed> read_items(Complaints& complaints, const Placed& value);
std::vector<std::string_view> read_texts(Complaints& complaints, const Placed& value);
std::vector<std::string_view> read_text_or_texts(Complaints& complaints, const Placed& value);

// One member of a form, set by a member function of the reader.
template <typename Reader, typename Target>
struct FormField {
  std::string_view name;
  void (Reader::*read)(Target& target, const Placed& value);
  bool required = false;
};

void complain_unknown_member(Complaints& complaints, std::string_view key, std::uint32_t offset,
                             std::span<const std::string_view> known);

// Reads `object` by the form. False if it is no object.
template <typename Reader, typename Target, std::size_t count>
bool read_form(Reader& reader, Complaints& complaints, const Placed& object,
               const FormField<Reader, Target> (&form)[count], Target& target) {
  if (!object.node.is_object()) {
    complaints.add(object.offset, "must be an object");
    return false;
  }
  std::string_view names[count];
  bool seen[count] = {};
  for (std::size_t i = 0; i < count; ++i) names[i] = form[i].name;
  const auto keys = object.node.member_keys();
  for (std::uint32_t at = 0; at < keys.size(); ++at) {
    const std::string_view key = complaints.symbols().text(keys[at]);
    std::size_t field = 0;
    while (field < count && names[field] != key) ++field;
    if (field == count) {
      complain_unknown_member(complaints, key, object.node.key_offsets()[at], names);
      continue;
    }
    seen[field] = true;
    // Taken out first: with -fsanitize=undefined g++ 12 indexes the form by rubbish inside the call.
    const auto read = form[field].read;
    (reader.*read)(target, {object.node.items[at], object.node.value_offsets()[at]});
  }
  for (std::size_t i = 0; i < count; ++i) {
    if (form[i].required && !seen[i])
      complaints.add(object.offset, "member '" + std::string(names[i]) + "' is missing");
  }
  return true;
}

}  // namespace kastell::policy

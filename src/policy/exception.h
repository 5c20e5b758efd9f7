// Exceptions: what somebody answers for instead of changing it, for a time.
//
// Two forms (docs/exceptions.md): a file of kind ExceptionList, and the annotation kastell.dev/exceptions of the object
// that is excepted. An exception turns `fail` into `accepted` and nothing else; what could not be judged stays so.
// Exceptions are subjects of controls themselves (scope `exception`): unused, expired, too broad, malformed.
//
//   auto list = ExceptionList::read(source, *catalog);
//   auto result = scan(snapshot, *catalog, {.exceptions = &*list});
//
// Thread-safety: immutable once made.
#pragma once

#include <chrono>
#include <cstdint>
#include <expected>
#include <memory>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "base/result.h"
#include "document/source.h"

namespace kastell::policy {

class Catalog;

struct Exception {
  std::string control = {};  // id, or a glob of ids
  std::string kind = {}, name_space = {},
              name = {};       // of the object: "apps/Deployment" or "Deployment"; globs; empty: any
  std::string container = {};  // exact; empty: any
  std::string field = {};      // as reports write it, [*] for any index; empty: any
  std::string owner = {}, reason = {}, ticket = {};
  std::optional<std::chrono::sys_days> until = {};  // the last day on which it holds, UTC
  std::string problem = {};                         // why it excepts nothing: it is malformed; empty if it is in order
  std::uint32_t offset = 0;                         // in its source
};

// The annotation that holds exceptions, and what all annotations of this program begin with.
inline constexpr std::string_view annotation_prefix = "kastell.dev/";
inline constexpr std::string_view exceptions_annotation = "kastell.dev/exceptions";
// What exported policies bear (policy/export.h).
inline constexpr std::string_view control_annotation = "kastell.dev/control";
inline constexpr std::string_view accepts_annotation = "kastell.dev/accepts";
inline constexpr std::string_view accepts_until_annotation = "kastell.dev/accepts-until";

class ExceptionList {
 public:
  static constexpr std::size_t most_entries = 10'000;

  // A file. All problems together, each with its place; an unknown control is one.
  static std::expected<ExceptionList, std::vector<Error>> read(std::shared_ptr<const document::Source> source,
                                                               const Catalog& catalog);
  // The value of an annotation. What is malformed is in the list, with its problem.
  static std::vector<Exception> of_annotation(std::string_view text, const Catalog& catalog);

  std::span<const Exception> exceptions() const { return exceptions_; }
  const std::shared_ptr<const document::Source>& source() const { return source_; }

 private:
  std::shared_ptr<const document::Source> source_;
  std::vector<Exception> exceptions_;
};

// "2027-03-31", also as YAML writes a timestamp of that day (2027-03-31T00:00:00Z).
std::optional<std::chrono::sys_days> parse_day(std::string_view text);
std::string day_text(std::chrono::sys_days day);

// "accepted by platform-team until 2027-03-31: reads the node's logs (SEC-123)"
std::string to_reason(const Exception& exception);

}  // namespace kastell::policy

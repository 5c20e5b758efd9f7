#include "policy/exception/exception_reader.h"

#include <algorithm>

#include "base/text.h"
#include "policy/scan/selection.h"

namespace kastell::policy {

namespace {

constexpr std::string_view about_exceptions = "exception.";

std::string unknown_control(const std::string& pattern, std::span<const std::string_view> ids) {
  std::string message = "no control is named '" + pattern + "'";
  if (const auto near = nearest(pattern, ids)) message += "; did you mean '" + std::string(*near) + "'?";
  return message;
}

}  // namespace

Exception ExceptionReader::read_listed(const Placed& entry) {
  using Field = FormField<ExceptionReader, Exception>;
  static constexpr Field form[] = {
      {"control", &ExceptionReader::read_control, true}, {"match", &ExceptionReader::read_match, true},
      {"container", &ExceptionReader::read_container},   {"field", &ExceptionReader::read_field},
      {"owner", &ExceptionReader::read_owner, true},     {"reason", &ExceptionReader::read_reason, true},
      {"until", &ExceptionReader::read_until},           {"ticket", &ExceptionReader::read_ticket},
  };
  Exception exception{.offset = entry.offset};
  read_form(*this, complaints_, entry, form, exception);
  return exception;
}

Exception ExceptionReader::read_annotated(const Placed& entry) {
  using Field = FormField<ExceptionReader, Exception>;
  static constexpr Field form[] = {
      {"control", &ExceptionReader::read_control, true}, {"container", &ExceptionReader::read_container},
      {"field", &ExceptionReader::read_field},           {"owner", &ExceptionReader::read_owner, true},
      {"reason", &ExceptionReader::read_reason, true},   {"until", &ExceptionReader::read_until},
      {"ticket", &ExceptionReader::read_ticket},
  };
  Exception exception;
  read_form(*this, complaints_, entry, form, exception);
  return exception;
}

void ExceptionReader::read_control(Exception& exception, const Placed& value) {
  exception.control = read_filled(value);
  if (exception.control.empty()) return;
  if (exception.control.starts_with(about_exceptions)) {
    return complaints_.add(value.offset, "controls about exceptions know no exception");
  }
  const auto ids = catalog_.ids();
  const bool known = std::ranges::any_of(ids, [&](std::string_view id) { return matches_glob(exception.control, id); });
  if (!known) complaints_.add(value.offset, unknown_control(exception.control, ids));
}

void ExceptionReader::read_match(Exception& exception, const Placed& value) {
  using Field = FormField<ExceptionReader, Exception>;
  static constexpr Field form[] = {
      {"kind", &ExceptionReader::read_kind},
      {"namespace", &ExceptionReader::read_namespace},
      {"name", &ExceptionReader::read_name},
  };
  read_form(*this, complaints_, value, form, exception);
}

void ExceptionReader::read_kind(Exception& exception, const Placed& value) {
  exception.kind = read_filled(value);
}
void ExceptionReader::read_namespace(Exception& exception, const Placed& value) {
  exception.name_space = read_filled(value);
}
void ExceptionReader::read_name(Exception& exception, const Placed& value) {
  exception.name = read_filled(value);
}
void ExceptionReader::read_container(Exception& exception, const Placed& value) {
  exception.container = read_filled(value);
}
void ExceptionReader::read_field(Exception& exception, const Placed& value) {
  exception.field = read_filled(value);
}
void ExceptionReader::read_owner(Exception& exception, const Placed& value) {
  exception.owner = read_filled(value);
}
void ExceptionReader::read_reason(Exception& exception, const Placed& value) {
  exception.reason = read_filled(value);
}
void ExceptionReader::read_ticket(Exception& exception, const Placed& value) {
  exception.ticket = read_filled(value);
}

void ExceptionReader::read_until(Exception& exception, const Placed& value) {
  const std::string text = read_filled(value);
  exception.until = parse_day(text);
  if (!exception.until) complaints_.add(value.offset, "'" + text + "' is no day like 2027-03-31");
}

// An empty text would stand for «any».
std::string ExceptionReader::read_filled(const Placed& value) {
  std::string text(read_text(complaints_, value));
  if (value.node.is_string() && text.find_first_not_of(" \t\n") == std::string::npos) {
    complaints_.add(value.offset, "must not be empty");
  }
  return text;
}

}  // namespace kastell::policy

// Named formats (apiserver pkg/cel/library/format.go): format.dns1123Label().validate('x').
#include <string>
#include <vector>

#include "cel/kubernetes_libraries.h"
#include "cel/library/cost.h"
#include "cel/library/declare.h"
#include "cel/library/kubernetes_cost.h"
#include "cel/library/kubernetes_values.h"
#include "cel/library/name_validation.h"
#include "cel/library/text_formats.h"
#include "cel/library/url.h"

namespace kastell::cel {

struct NamedFormat {
  std::string_view function;  // "format.uuid"
  std::string_view name;
  Complaints (*check)(std::string_view);
  std::uint64_t pattern_size;  // of the regular expression that it costs like
};

namespace {

using Arguments = std::span<const Value>;

template <Complaints (*check)(std::string_view)>
Complaints check_prefix(std::string_view value) {
  return check(as_name_prefix(value));
}

Complaints check_uri(std::string_view value) {
  const auto url = parse_request_url(value);
  return url ? Complaints{} : Complaints{url.error()};
}

Complaints unless(bool good, std::string_view complaint) {
  return good ? Complaints{} : Complaints{std::string(complaint)};
}

Complaints check_uuid(std::string_view value) {
  return unless(is_uuid(value), "does not match the UUID format");
}
Complaints check_byte(std::string_view value) {
  return unless(is_base64(value), "invalid base64");
}
Complaints check_date(std::string_view value) {
  return unless(is_date(value), "invalid date");
}
Complaints check_date_time(std::string_view value) {
  return unless(is_date_time(value), "invalid datetime");
}

constexpr std::uint64_t uuid_pattern = 70, date_time_pattern = 71, base64_pattern = 84, url_pattern = 1103;

constexpr NamedFormat formats[] = {
    {"format.dns1123Label", "DNS1123Label", &check_dns1123_label, 30},
    {"format.dns1123Subdomain", "DNS1123Subdomain", &check_dns1123_subdomain, 60},
    {"format.dns1035Label", "DNS1035Label", &check_dns1035_label, 30},
    {"format.qualifiedName", "QualifiedName", &check_qualified_name, 60},
    {"format.dns1123LabelPrefix", "DNS1123LabelPrefix", &check_prefix<check_dns1123_label>, 30},
    {"format.dns1123SubdomainPrefix", "DNS1123SubdomainPrefix", &check_prefix<check_dns1123_subdomain>, 60},
    {"format.dns1035LabelPrefix", "DNS1035LabelPrefix", &check_prefix<check_dns1035_label>, 30},
    {"format.labelValue", "LabelValue", &check_label_value, 40},
    {"format.uri", "URI", &check_uri, url_pattern},
    {"format.uuid", "uuid", &check_uuid, uuid_pattern},
    {"format.byte", "byte", &check_byte, base64_pattern},
    {"format.date", "date", &check_date, date_time_pattern},
    {"format.datetime", "datetime", &check_date_time, date_time_pattern},
};
constexpr std::size_t format_count = std::size(formats);

bool equal_formats(const OpaqueValue& a, const OpaqueValue& b) {
  return static_cast<const NamedFormatValue&>(a).format->name == static_cast<const NamedFormatValue&>(b).format->name;
}

Value make_format(Arena& arena, const NamedFormat& format) {
  return make_opaque(*arena.create<NamedFormatValue>(OpaqueValue{&format_kind}, &format));
}

template <std::size_t number>
Value constant_format(CallContext& context, Arguments /*arguments*/) {
  return make_format(context.arena, formats[number]);
}

Value named(CallContext& context, Arguments arguments) {
  constexpr std::string_view prefix = "format.";
  for (const NamedFormat& format : formats)
    if (format.function.substr(prefix.size()) == as_text(arguments[0]))
      return make_optional(context.arena, make_format(context.arena, format));
  return make_none();
}

Value validate(CallContext& context, Arguments arguments) {
  const auto complaints = as_opaque<NamedFormatValue>(arguments[0], format_kind)->format->check(as_text(arguments[1]));
  if (complaints.empty()) return make_none();
  std::vector<Value> messages;
  for (const std::string& complaint : complaints) messages.push_back(make_string(context.arena.copy(complaint)));
  return make_optional(context.arena, cel::make_list(context.arena, messages));
}

std::uint64_t validate_cost(CallContext& /*context*/, Arguments arguments, const Value& /*result*/) {
  const auto* format = as_opaque<NamedFormatValue>(arguments[0], format_kind);
  return format == nullptr ? 1 : cost::regex(cost::size_of(arguments[1]), format->format->pattern_size);
}

template <std::size_t number>
constexpr Overload constant_row() {
  return declare::function(formats[number].function, formats[number].function, "-> kubernetes.NamedFormat",
                           &constant_format<number>);
}

// The two functions, then one function per format.
struct Rows {
  Overload rows[2 + format_count];
};

template <std::size_t... numbers>
constexpr Rows make_rows(std::index_sequence<numbers...>) {
  return {{declare::member("validate", "format-validate",
                           "kubernetes.NamedFormat, string -> optional_type(list(string))", &validate, &validate_cost),
           declare::function("format.named", "format-named", "string -> optional_type(kubernetes.NamedFormat)", &named,
                             &cost::nominal),
           constant_row<numbers>()...}};
}

constexpr Rows overloads = make_rows(std::make_index_sequence<format_count>());

}  // namespace

const OpaqueKind format_kind{.type_name = "kubernetes.NamedFormat", .equal = &equal_formats, .size = nullptr};

std::string_view name_of(const NamedFormatValue& format) {
  return format.format->name;
}

Library kubernetes_format_library() {
  return {.name = "kubernetes.format", .overloads = overloads.rows};
}

}  // namespace kastell::cel

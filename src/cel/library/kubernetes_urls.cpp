// url(): URLs (apiserver pkg/cel/library/urls.go).
#include <string>
#include <vector>

#include "cel/kubernetes_libraries.h"
#include "cel/library/cost.h"
#include "cel/library/declare.h"
#include "cel/library/kubernetes_cost.h"
#include "cel/library/kubernetes_values.h"
#include "cel/library/url.h"

namespace kastell::cel {
namespace {

using Arguments = std::span<const Value>;

bool equal_urls(const OpaqueValue& a, const OpaqueValue& b) {
  return static_cast<const UrlValue&>(a).text == static_cast<const UrlValue&>(b).text;
}

Value make_url(Arena& arena, const Url& url) {
  const auto [host_name, port] = split_host_port(url.host);
  auto* value = arena.create<UrlValue>();
  value->kind = &url_kind;
  value->text = arena.copy(to_string(url));
  value->scheme = arena.copy(url.scheme);
  value->host = arena.copy(url.host);
  value->host_name = arena.copy(host_name);
  value->port = arena.copy(port);
  value->escaped_path = arena.copy(escaped_path(url));
  value->query = arena.copy(url.query);
  return make_opaque(*value);
}

// Must be good as a request URL; but that form knows no fragments, so it is read a second time.
std::expected<Url, std::string> parse(std::string_view text) {
  if (auto request = parse_request_url(text); !request) return request;
  return parse_url(text);
}

Value string_to_url(CallContext& context, Arguments arguments) {
  const auto url = parse(as_text(arguments[0]));
  if (url) return make_url(context.arena, *url);
  return make_error(context.arena, "URL parse error during conversion from string: " + url.error());
}

Value is_url(CallContext& /*context*/, Arguments arguments) {
  return make_bool(parse_request_url(as_text(arguments[0])).has_value());
}

const UrlValue& url_of(const Value& value) {
  return *as_opaque<UrlValue>(value, url_kind);
}

template <std::string_view UrlValue::* part>
Value part_of(CallContext& /*context*/, Arguments arguments) {
  return make_string(url_of(arguments[0]).*part);
}

Value get_query(CallContext& context, Arguments arguments) {
  std::vector<MapEntry> entries;
  for (const auto& [key, texts] : parse_query(url_of(arguments[0]).query)) {
    std::vector<Value> values;
    for (const std::string& text : texts) values.push_back(make_string(context.arena.copy(text)));
    entries.push_back({make_string(context.arena.copy(key)), cel::make_list(context.arena, values)});
  }
  return make_map(context.arena, entries);
}

using declare::function, declare::member;
constexpr std::string_view to_text = "kubernetes.URL -> string";
constexpr Overload overloads[] = {
    function("url", "string_to_url", "string -> kubernetes.URL", &string_to_url, &cost::target_traversal),
    function("isURL", "is_url_string", "string -> bool", &is_url),
    member("getScheme", "url_get_scheme", to_text, &part_of<&UrlValue::scheme>, &cost::nominal),
    member("getHost", "url_get_host", to_text, &part_of<&UrlValue::host>, &cost::nominal),
    member("getHostname", "url_get_hostname", to_text, &part_of<&UrlValue::host_name>, &cost::nominal),
    member("getPort", "url_get_port", to_text, &part_of<&UrlValue::port>, &cost::nominal),
    member("getEscapedPath", "url_get_escaped_path", to_text, &part_of<&UrlValue::escaped_path>, &cost::nominal),
    member("getQuery", "url_get_query", "kubernetes.URL -> map(string, list(string))", &get_query, &cost::nominal),
};

}  // namespace

const OpaqueKind url_kind{.type_name = "kubernetes.URL", .equal = &equal_urls, .size = nullptr};

Library kubernetes_urls_library() {
  return {.name = "kubernetes.urls", .overloads = overloads};
}

}  // namespace kastell::cel

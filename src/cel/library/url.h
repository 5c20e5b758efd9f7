// URLs as Go's net/url reads them, which is more lenient than RFC 3986: `mailto:a@b` and `/relative` are
// URLs too. Pure; thread-safe.
#pragma once

#include <expected>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace kastell::cel {

struct Url {
  std::string scheme, opaque, host, path, raw_path, query, fragment, raw_fragment;
  std::string user_info;  // escaped again, "name:password"
  bool has_user_info = false;
  bool force_query = false;  // a '?' with nothing behind it
  bool omit_host = false;    // "file:/x": no authority at all
};

// url.ParseRequestURI: absolute URLs and absolute paths, no fragment. url.Parse: any reference. The error
// is Go's text: `parse "x": invalid URI for request`.
std::expected<Url, std::string> parse_request_url(std::string_view text);
std::expected<Url, std::string> parse_url(std::string_view text);

std::string to_string(const Url& url);
std::string escaped_path(const Url& url);

struct HostPort {
  std::string_view host, port;
};
HostPort split_host_port(std::string_view host);  // the host without brackets

// The parameters in the order of their first appearance; broken ones are left out.
using QueryParameters = std::vector<std::pair<std::string, std::vector<std::string>>>;
QueryParameters parse_query(std::string_view query);

}  // namespace kastell::cel

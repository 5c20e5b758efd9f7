#include "cel/library/url.h"

#include <algorithm>

#include "base/ascii.h"
#include "cel/library/go_quote.h"
#include "cel/library/ip_address.h"
#include "cel/library/url_escape.h"

namespace kastell::cel {
namespace {

using Failure = std::unexpected<std::string>;
using Outcome = std::expected<void, std::string>;

// Takes "http:" off the front, if the text begins with a scheme.
Outcome take_scheme(std::string_view& rest, std::string& scheme) {
  for (std::size_t i = 0; i < rest.size(); ++i) {
    const char c = rest[i];
    if (c == ':') {
      if (i == 0) return Failure("missing protocol scheme");
      scheme = in_lower_case(rest.substr(0, i));
      rest.remove_prefix(i + 1);
      return {};
    }
    const bool may_follow = is_digit(c) || c == '+' || c == '-' || c == '.';
    if (!is_letter(c) && !(may_follow && i > 0)) return {};
  }
  return {};
}

bool is_optional_port(std::string_view text) {
  return text.empty() || (text[0] == ':' && std::all_of(text.begin() + 1, text.end(), is_digit));
}

Failure invalid_port(std::string_view port) {
  return Failure("invalid port " + go_quote(port) + " after host");
}

std::expected<std::string, std::string> unescape_bracketed(std::string_view name) {
  const std::size_t zone = name.find("%25");
  if (zone == std::string_view::npos) return url_unescape(name, UrlPart::host);
  auto address = url_unescape(name.substr(0, zone), UrlPart::host);
  if (!address) return address;
  auto zone_text = url_unescape(name.substr(zone), UrlPart::zone);
  if (!zone_text) return zone_text;
  return *address + *zone_text;
}

// "[fe80::1%25en0]:80"
std::expected<std::string, std::string> parse_bracketed_host(std::string_view host) {
  const std::size_t close = host.rfind(']');
  if (close == std::string_view::npos) return Failure("missing ']' in host");
  const std::string_view port = host.substr(close + 1);
  if (!is_optional_port(port)) return invalid_port(port);
  auto name = unescape_bracketed(host.substr(1, close - 1));
  if (!name) return name;
  const auto address = parse_ip_address(*name);
  if (!address) return Failure("invalid host: " + address.error());
  if (!address->is_ipv6) return Failure("invalid IP-literal");
  return "[" + *name + "]" + std::string(port);
}

std::expected<std::string, std::string> parse_host(std::string_view scheme, std::string_view host) {
  const std::size_t open = host.rfind('[');
  if (open == 0) return parse_bracketed_host(host);
  if (open != std::string_view::npos) return Failure("invalid IP-literal");
  if (host.contains(':')) {
    // Lists of hosts, "a:1,b:2", are let pass for other schemes.
    const bool strict = scheme == "http" || scheme == "https";
    const std::string_view port = host.substr(strict ? host.find(':') : host.rfind(':'));
    if (!is_optional_port(port)) return invalid_port(port);
  }
  return url_unescape(host, UrlPart::host);
}

bool is_user_info_character(char c) {
  return is_letter(c) || is_digit(c) || std::string_view("-._:~!$&'()*+,;=%@").contains(c);
}

Outcome parse_user_info(std::string_view text, Url& url) {
  if (!std::all_of(text.begin(), text.end(), is_user_info_character)) return Failure("net/url: invalid userinfo");
  const std::size_t colon = text.find(':');
  const auto name = url_unescape(text.substr(0, colon), UrlPart::user_info);
  if (!name) return Failure(name.error());
  url.has_user_info = true;
  url.user_info = url_escape(*name, UrlPart::user_info);
  if (colon == std::string_view::npos) return {};
  const auto password = url_unescape(text.substr(colon + 1), UrlPart::user_info);
  if (!password) return Failure(password.error());
  url.user_info += ":" + url_escape(*password, UrlPart::user_info);
  return {};
}

Outcome parse_authority(std::string_view authority, Url& url) {
  const std::size_t at = authority.rfind('@');
  auto host = parse_host(url.scheme, at == std::string_view::npos ? authority : authority.substr(at + 1));
  if (!host) return Failure(host.error());
  url.host = std::move(*host);
  return at == std::string_view::npos ? Outcome{} : parse_user_info(authority.substr(0, at), url);
}

// What follows a '?', which is taken off with it.
void take_query(std::string_view& rest, Url& url) {
  const std::size_t mark = rest.find('?');
  if (mark == std::string_view::npos) return;
  url.query = rest.substr(mark + 1);
  url.force_query = url.query.empty();
  rest = rest.substr(0, mark);
}

// Why a text without a leading '/' and without a scheme is no URL.
Outcome check_rootless(std::string_view rest, bool via_request) {
  if (via_request) return Failure("invalid URI for request");
  if (rest.substr(0, rest.find('/')).contains(':')) return Failure("first path segment in URL cannot contain colon");
  return {};
}

Outcome set_escaped(std::string_view text, UrlPart part, std::string& plain, std::string& raw) {
  auto unescaped = url_unescape(text, part);
  if (!unescaped) return Failure(unescaped.error());
  plain = std::move(*unescaped);
  if (url_escape(plain, part) != text) raw = text;
  return {};
}

bool is_control(char c) {
  return static_cast<unsigned char>(c) < ' ' || c == 0x7f;
}

Outcome parse_into(Url& url, std::string_view text, bool via_request) {
  if (std::any_of(text.begin(), text.end(), is_control)) return Failure("net/url: invalid control character in URL");
  if (text.empty() && via_request) return Failure("empty url");
  if (text == "*") {
    url.path = "*";
    return {};
  }
  std::string_view rest = text;
  if (auto scheme = take_scheme(rest, url.scheme); !scheme) return scheme;
  take_query(rest, url);
  if (!rest.starts_with('/')) {
    if (!url.scheme.empty()) {
      url.opaque = rest;
      return {};
    }
    if (auto fine = check_rootless(rest, via_request); !fine) return fine;
  }
  const bool may_have_authority = !url.scheme.empty() || (!via_request && !rest.starts_with("///"));
  if (may_have_authority && rest.starts_with("//")) {
    const std::size_t slash = std::min(rest.find('/', 2), rest.size());
    if (auto authority = parse_authority(rest.substr(2, slash - 2), url); !authority) return authority;
    rest = rest.substr(slash);
  } else {
    url.omit_host = !url.scheme.empty() && rest.starts_with('/');
  }
  return set_escaped(rest, UrlPart::path, url.path, url.raw_path);
}

Failure parse_failure(std::string_view text, std::string_view message) {
  return Failure("parse " + go_quote(text) + ": " + std::string(message));
}

std::string escaped(const std::string& plain, const std::string& raw, UrlPart part) {
  if (!raw.empty() && is_url_encoded(raw, part) && url_unescape(raw, part) == plain) return raw;
  return url_escape(plain, part);
}

std::string authority_text(const Url& url) {
  if (url.scheme.empty() && url.host.empty() && !url.has_user_info) return "";
  if (url.omit_host && url.host.empty() && !url.has_user_info) return "";
  std::string out;
  if (!url.host.empty() || !url.path.empty() || url.has_user_info) out += "//";
  if (url.has_user_info) out += url.user_info + "@";
  return out + url_escape(url.host, UrlPart::host);
}

}  // namespace

std::expected<Url, std::string> parse_request_url(std::string_view text) {
  Url url;
  if (auto parsed = parse_into(url, text, true); !parsed) return parse_failure(text, parsed.error());
  return url;
}

std::expected<Url, std::string> parse_url(std::string_view text) {
  Url url;
  const std::size_t hash = text.find('#');
  const std::string_view before = text.substr(0, hash);
  if (auto parsed = parse_into(url, before, false); !parsed) return parse_failure(before, parsed.error());
  if (hash == std::string_view::npos) return url;
  if (auto set = set_escaped(text.substr(hash + 1), UrlPart::fragment, url.fragment, url.raw_fragment); !set)
    return parse_failure(text, set.error());
  return url;
}

std::string escaped_path(const Url& url) {
  return url.path == "*" ? "*" : escaped(url.path, url.raw_path, UrlPart::path);
}

std::string to_string(const Url& url) {
  std::string out = url.scheme.empty() ? "" : url.scheme + ":";
  if (!url.opaque.empty()) {
    out += url.opaque;
  } else {
    out += authority_text(url);
    const std::string path = escaped_path(url);
    if (!path.empty() && path[0] != '/' && !url.host.empty()) out += '/';
    // "this:that" alone would be taken for a scheme.
    if (out.empty() && path.substr(0, path.find('/')).contains(':')) out += "./";
    out += path;
  }
  if (url.force_query || !url.query.empty()) out += "?" + url.query;
  if (!url.fragment.empty()) out += "#" + escaped(url.fragment, url.raw_fragment, UrlPart::fragment);
  return out;
}

HostPort split_host_port(std::string_view host) {
  HostPort result{host, {}};
  if (const std::size_t colon = host.rfind(':');
      colon != std::string_view::npos && is_optional_port(host.substr(colon)))
    result = {host.substr(0, colon), host.substr(colon + 1)};
  if (result.host.starts_with('[') && result.host.ends_with(']'))
    result.host = result.host.substr(1, result.host.size() - 2);
  return result;
}

QueryParameters parse_query(std::string_view query) {
  constexpr std::ptrdiff_t parameter_limit = 10'000;  // Go's
  QueryParameters parameters;
  if (std::count(query.begin(), query.end(), '&') + 1 > parameter_limit) return parameters;
  while (!query.empty()) {
    const std::string_view pair = query.substr(0, query.find('&'));
    query.remove_prefix(std::min(pair.size() + 1, query.size()));
    if (pair.empty() || pair.contains(';')) continue;
    const std::size_t sign = std::min(pair.find('='), pair.size());
    const auto key = url_unescape(pair.substr(0, sign), UrlPart::query);
    const auto value = url_unescape(pair.substr(std::min(sign + 1, pair.size())), UrlPart::query);
    if (!key || !value) continue;
    auto known =
        std::find_if(parameters.begin(), parameters.end(), [&](const auto& entry) { return entry.first == *key; });
    if (known == parameters.end()) known = parameters.insert(known, {*key, {}});
    known->second.push_back(*value);
  }
  return parameters;
}

}  // namespace kastell::cel

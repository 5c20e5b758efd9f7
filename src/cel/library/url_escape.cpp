#include "cel/library/url_escape.h"

#include "base/ascii.h"
#include "cel/library/go_quote.h"

namespace kastell::cel {
namespace {

// Beside letters, digits and "-_.~" (RFC 3986, 2.3).
std::string_view also_unescaped(UrlPart part) {
  switch (part) {
    case UrlPart::path: return "$&+,/:;=@";
    case UrlPart::host:
    case UrlPart::zone: return "!$&'()*+,;=:[]<>\"";
    case UrlPart::user_info: return "$&+,;=";
    case UrlPart::query: return "";
    case UrlPart::fragment: return "$&+,/:;=?@!()*";
  }
  return "";
}

bool should_escape(char c, UrlPart part) {
  return !is_alphanumeric(c) && !std::string_view("-_.~").contains(c) && !also_unescaped(part).contains(c);
}

// The byte of "%41", or -1.
int escaped_byte(std::string_view triple) {
  if (triple.size() < 3 || hexadecimal_value(triple[1]) < 0 || hexadecimal_value(triple[2]) < 0) return -1;
  return hexadecimal_value(triple[1]) << 4 | hexadecimal_value(triple[2]);
}

// In a host only bytes beyond ASCII may be escaped; in a zone also a space and what a host may hold.
bool may_be_escaped(int byte, UrlPart part) {
  if (byte == '%') return true;
  if (part == UrlPart::host) return byte >= 0x80;
  return part != UrlPart::zone || byte == ' ' || !should_escape(static_cast<char>(byte), UrlPart::host);
}

bool is_host_part(UrlPart part) {
  return part == UrlPart::host || part == UrlPart::zone;
}

}  // namespace

std::string url_escape(std::string_view text, UrlPart part) {
  constexpr std::string_view hexadecimal = "0123456789ABCDEF";
  std::string out;
  for (const char c : text) {
    if (!should_escape(c, part)) {
      out += c;
    } else if (c == ' ' && part == UrlPart::query) {
      out += '+';
    } else {
      const auto byte = static_cast<unsigned char>(c);
      out.append({'%', hexadecimal[byte >> 4], hexadecimal[byte & 15]});
    }
  }
  return out;
}

std::expected<std::string, std::string> url_unescape(std::string_view text, UrlPart part) {
  std::string out;
  for (std::size_t i = 0; i < text.size(); ++i) {
    const char c = text[i];
    if (c == '%') {
      const std::string_view triple = text.substr(i, 3);
      const int byte = escaped_byte(triple);
      if (byte < 0 || !may_be_escaped(byte, part)) return std::unexpected("invalid URL escape " + go_quote(triple));
      out += static_cast<char>(byte);
      i += 2;
    } else if (c == '+' && part == UrlPart::query) {
      out += ' ';
    } else if (is_host_part(part) && static_cast<unsigned char>(c) < 0x80 && should_escape(c, part)) {
      return std::unexpected("invalid character " + go_quote(text.substr(i, 1)) + " in host name");
    } else {
      out += c;
    }
  }
  return out;
}

bool is_url_encoded(std::string_view text, UrlPart part) {
  constexpr std::string_view always_fine = "!$&'()*+,;=:@[]%";
  for (const char c : text)
    if (!always_fine.contains(c) && should_escape(c, part)) return false;
  return true;
}

}  // namespace kastell::cel

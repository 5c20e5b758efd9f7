#include "cel/library/ip_address.h"

#include <algorithm>
#include <functional>
#include <span>

#include "base/ascii.h"
#include "cel/library/go_quote.h"

namespace kastell::cel {
namespace {

std::unexpected<std::string> address_error(std::string_view input, std::string_view message, std::string_view at = {}) {
  std::string text = "ParseAddr(" + go_quote(input) + "): " + std::string(message);
  if (!at.empty()) text += " (at " + go_quote(at) + ")";
  return std::unexpected(std::move(text));
}

// Reads a dotted quad into `fields`.
std::expected<void, std::string> parse_ipv4_fields(std::string_view input, std::string_view text,
                                                   std::span<std::uint8_t> fields) {
  unsigned value = 0, digits = 0, field = 0;
  for (std::size_t i = 0; i < text.size(); ++i) {
    if (is_digit(text[i])) {
      if (digits == 1 && value == 0) return address_error(input, "IPv4 field has octet with leading zero");
      value = value * 10 + static_cast<unsigned>(text[i] - '0');
      ++digits;
      if (value > 255) return address_error(input, "IPv4 field has value >255");
    } else if (text[i] == '.') {
      if (i == 0 || i == text.size() - 1 || text[i - 1] == '.')
        return address_error(input, "IPv4 field must have at least one digit", text.substr(i));
      if (field == 3) return address_error(input, "IPv4 address too long");
      fields[field++] = static_cast<std::uint8_t>(value);
      value = digits = 0;
    } else {
      return address_error(input, "unexpected character", text.substr(i));
    }
  }
  if (field < 3) return address_error(input, "IPv4 address too short");
  fields[3] = static_cast<std::uint8_t>(value);
  return {};
}

std::expected<IpAddress, std::string> parse_ipv4(std::string_view text) {
  IpAddress address;
  if (auto read = parse_ipv4_fields(text, text, std::span(address.bytes).first(4)); !read)
    return std::unexpected(std::move(read.error()));
  return address;
}

// The groups of an IPv6 address, read from left to right.
struct Ipv6Reader {
  std::string_view input;        // for messages
  std::string_view rest;         // not yet read
  IpAddress address = {};        // bytes before `filled` are set
  std::size_t filled = 0;        // bytes
  std::ptrdiff_t ellipsis = -1;  // where '::' stands, in bytes

  using Outcome = std::expected<void, std::string>;

  // A hexadecimal group; `length` characters of `rest` were it, and are not yet taken off.
  std::expected<std::uint16_t, std::string> read_group(std::size_t& length) const {
    unsigned value = 0;
    for (length = 0; length < rest.size() && hexadecimal_value(rest[length]) >= 0; ++length) {
      if (length > 3) return address_error(input, "each group must have 4 or less digits", rest);
      value = value << 4 | static_cast<unsigned>(hexadecimal_value(rest[length]));
    }
    if (length == 0) return address_error(input, "each colon-separated field must have at least one digit", rest);
    return static_cast<std::uint16_t>(value);
  }

  Outcome read_embedded_ipv4() {
    if (ellipsis < 0 && filled != 12)
      return address_error(input, "embedded IPv4 address must replace the final 2 fields of the address", rest);
    if (filled + 4 > 16)
      return address_error(input, "too many hex fields to fit an embedded IPv4 at the end of the address", rest);
    auto read = parse_ipv4_fields(input, rest, std::span(address.bytes).subspan(filled, 4));
    if (!read) return read;
    rest = {};
    filled += 4;
    return {};
  }

  // What must stand between two groups.
  Outcome read_separator() {
    if (rest[0] != ':') return address_error(input, "unexpected character, want colon", rest);
    if (rest.size() == 1) return address_error(input, "colon must be followed by more characters", rest);
    rest.remove_prefix(1);
    if (rest[0] != ':') return {};
    if (ellipsis >= 0) return address_error(input, "multiple :: in address", rest);
    ellipsis = static_cast<std::ptrdiff_t>(filled);
    rest.remove_prefix(1);
    return {};
  }

  Outcome read_groups() {
    while (filled < 16) {
      std::size_t length = 0;
      const auto group = read_group(length);
      if (!group) return std::unexpected(group.error());
      if (length < rest.size() && rest[length] == '.') return read_embedded_ipv4();
      address.bytes[filled++] = static_cast<std::uint8_t>(*group >> 8);
      address.bytes[filled++] = static_cast<std::uint8_t>(*group);
      rest.remove_prefix(length);
      if (rest.empty()) break;
      if (auto separator = read_separator(); !separator) return separator;
      if (rest.empty()) break;  // "1::"
    }
    return {};
  }

  Outcome expand_ellipsis() {
    if (!rest.empty()) return address_error(input, "trailing garbage after address", rest);
    if (filled == 16) {
      if (ellipsis < 0) return {};
      return address_error(input, "the :: must expand to at least one field of zeros");
    }
    if (ellipsis < 0) return address_error(input, "address string too short");
    const auto begin = address.bytes.begin();
    const auto tail = std::copy_backward(begin + ellipsis, begin + static_cast<std::ptrdiff_t>(filled), begin + 16);
    std::fill(begin + ellipsis, tail, std::uint8_t{0});
    return {};
  }
};

std::expected<IpAddress, std::string> parse_ipv6(std::string_view input) {
  Ipv6Reader reader{.input = input, .rest = input};
  reader.address.is_ipv6 = true;
  if (const std::size_t percent = input.find('%'); percent != std::string_view::npos) {
    if (percent + 1 == input.size()) return address_error(input, "zone must be a non-empty string");
    reader.address.has_zone = true;
    reader.rest = input.substr(0, percent);
  }
  if (reader.rest.starts_with("::")) {
    reader.ellipsis = 0;
    reader.rest.remove_prefix(2);
    if (reader.rest.empty()) return reader.address;
  }
  if (auto read = reader.read_groups(); !read) return std::unexpected(std::move(read.error()));
  if (auto expanded = reader.expand_ellipsis(); !expanded) return std::unexpected(std::move(expanded.error()));
  return reader.address;
}

std::unexpected<std::string> prefix_error(std::string_view input, std::string_view message) {
  return std::unexpected("netip.ParsePrefix(" + go_quote(input) + "): " + std::string(message));
}

// A decimal number without sign or leading zeros, or -1. Numbers too big for any prefix stay too big.
int parse_bits(std::string_view text) {
  if (text.empty() || text.size() > 18 || (text.size() > 1 && text[0] == '0')) return -1;
  int bits = 0;
  for (const char c : text) {
    if (!is_digit(c)) return -1;
    bits = std::min(bits * 10 + (c - '0'), 1000);
  }
  return bits;
}

std::string ipv4_to_string(const IpAddress& address, std::size_t first = 0) {
  std::string text;
  for (std::size_t i = first; i < first + 4; ++i) {
    if (i > first) text += '.';
    text += std::to_string(address.bytes[i]);
  }
  return text;
}

struct GroupRange {
  unsigned begin = 8, end = 8;
};

// The first longest run of two or more zero groups, which '::' stands for (RFC 5952, 4.2).
GroupRange longest_zero_run(const IpAddress& address) {
  GroupRange longest;
  for (unsigned begin = 0; begin < 8; ++begin) {
    unsigned end = begin;
    while (end < 8 && address.group(end) == 0) ++end;
    if (end - begin >= 2 && end - begin > longest.end - longest.begin) longest = {begin, end};
  }
  return longest;
}

void append_group(std::string& text, std::uint16_t group) {
  bool started = false;
  for (int shift = 12; shift >= 0; shift -= 4) {
    const unsigned digit = group >> shift & 15;
    started = started || digit != 0 || shift == 0;
    if (started) text += "0123456789abcdef"[digit];
  }
}

bool same_leading_bits(const IpAddress& a, const IpAddress& b, unsigned bits) {
  const unsigned whole = bits / 8;
  if (!std::equal(a.bytes.begin(), a.bytes.begin() + whole, b.bytes.begin())) return false;
  const unsigned rest = bits % 8;
  return rest == 0 || ((a.bytes[whole] ^ b.bytes[whole]) >> (8 - rest)) == 0;
}

bool all_zero(const IpAddress& address, unsigned from, unsigned to) {
  return std::all_of(address.bytes.begin() + from, address.bytes.begin() + to, [](std::uint8_t b) { return b == 0; });
}

}  // namespace

std::expected<IpAddress, std::string> parse_ip_address(std::string_view text) {
  const std::size_t first = text.find_first_of(".:%");
  if (first == std::string_view::npos) return address_error(text, "unable to parse IP");
  switch (text[first]) {
    case '.': return parse_ipv4(text);
    case ':': return parse_ipv6(text);
    default: return address_error(text, "missing IPv6 address");
  }
}

std::expected<IpPrefix, std::string> parse_ip_prefix(std::string_view text) {
  const std::size_t slash = text.rfind('/');
  if (slash == std::string_view::npos) return prefix_error(text, "no '/'");
  auto address = parse_ip_address(text.substr(0, slash));
  if (!address) return prefix_error(text, address.error());
  if (address->has_zone) return prefix_error(text, "IPv6 zones cannot be present in a prefix");
  const std::string_view bits_text = text.substr(slash + 1);
  const int bits = parse_bits(bits_text);
  if (bits < 0) return prefix_error(text, "bad bits after slash: " + go_quote(bits_text));
  if (bits > static_cast<int>(address->bit_count())) return prefix_error(text, "prefix length out of range");
  return IpPrefix{*address, static_cast<std::uint8_t>(bits)};
}

std::string to_string(const IpAddress& address) {
  if (!address.is_ipv6) return ipv4_to_string(address);
  if (is_ipv4_mapped(address)) return "::ffff:" + ipv4_to_string(address, 12);
  const GroupRange zeros = longest_zero_run(address);
  std::string text;
  for (unsigned i = 0; i < 8; ++i) {
    if (i == zeros.begin) {
      text += "::";
      i = zeros.end;
      if (i >= 8) break;
    } else if (i > 0) {
      text += ':';
    }
    append_group(text, address.group(i));
  }
  return text;
}

std::string to_string(const IpPrefix& prefix) {
  return to_string(prefix.address) + "/" + std::to_string(prefix.bits);
}

std::size_t hash(const IpAddress& address) {
  const std::string_view bytes(reinterpret_cast<const char*>(address.bytes.data()), address.bytes.size());
  return std::hash<std::string_view>{}(bytes) ^ std::size_t{address.is_ipv6};
}

bool is_ipv4_mapped(const IpAddress& address) {
  return address.is_ipv6 && all_zero(address, 0, 10) && address.group(5) == 0xffff;
}

bool is_unspecified(const IpAddress& address) {
  return !address.has_zone && all_zero(address, 0, 16);
}

bool is_loopback(const IpAddress& address) {
  if (!address.is_ipv6) return address.bytes[0] == 127;
  return all_zero(address, 0, 15) && address.bytes[15] == 1;
}

bool is_multicast(const IpAddress& address) {
  return address.is_ipv6 ? address.bytes[0] == 0xff : (address.bytes[0] & 0xf0) == 0xe0;
}

bool is_link_local_multicast(const IpAddress& address) {
  if (address.is_ipv6) return (address.group(0) & 0xff0f) == 0xff02;
  return address.bytes[0] == 224 && address.bytes[1] == 0 && address.bytes[2] == 0;
}

bool is_link_local_unicast(const IpAddress& address) {
  if (address.is_ipv6) return (address.group(0) & 0xffc0) == 0xfe80;
  return address.bytes[0] == 169 && address.bytes[1] == 254;
}

// Private and unique-local addresses count as global, as in Go; the IPv4 broadcast address does not.
bool is_global_unicast(const IpAddress& address) {
  const bool is_broadcast = !address.is_ipv6 && std::all_of(address.bytes.begin(), address.bytes.begin() + 4,
                                                            [](std::uint8_t b) { return b == 255; });
  return !is_broadcast && !is_unspecified(address) && !is_loopback(address) && !is_multicast(address) &&
         !is_link_local_unicast(address);
}

IpPrefix masked(const IpPrefix& prefix) {
  IpPrefix result = prefix;
  for (unsigned i = 0; i < 16; ++i) {
    const unsigned kept = prefix.bits <= 8 * i ? 0 : std::min(prefix.bits - 8 * i, 8U);
    result.address.bytes[i] &= static_cast<std::uint8_t>(0xff00U >> kept);
  }
  return result;
}

bool contains(const IpPrefix& prefix, const IpAddress& address) {
  return prefix.address.is_ipv6 == address.is_ipv6 && !address.has_zone &&
         same_leading_bits(prefix.address, address, prefix.bits);
}

bool overlap(const IpPrefix& a, const IpPrefix& b) {
  return a.address.is_ipv6 == b.address.is_ipv6 && same_leading_bits(a.address, b.address, std::min(a.bits, b.bits));
}

}  // namespace kastell::cel

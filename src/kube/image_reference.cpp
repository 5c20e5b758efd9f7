#include "kube/image_reference.h"

#include <algorithm>

#include "base/ascii.h"

namespace kastell::kube {

namespace {

constexpr std::size_t longest_name = 255;
constexpr std::size_t longest_tag = 128;

// "[::1]" of a registry host.
bool is_bracketed_ipv6(std::string_view host) {
  if (host.size() < 3 || !host.starts_with('[') || !host.ends_with(']')) return false;
  return std::ranges::all_of(host.substr(1, host.size() - 2),
                             [](char c) { return is_hexadecimal_digit(c) || c == ':'; });
}

bool is_host_label(std::string_view label) {
  if (label.empty() || label.front() == '-' || label.back() == '-') return false;
  return std::ranges::all_of(label, [](char c) { return is_alphanumeric(c) || c == '-'; });
}

bool is_host_name(std::string_view host) {
  while (true) {
    const std::size_t dot = host.find('.');
    if (!is_host_label(host.substr(0, dot))) return false;
    if (dot == std::string_view::npos) return true;
    host.remove_prefix(dot + 1);
  }
}

bool is_registry(std::string_view text) {
  const std::size_t colon = text.ends_with(']') ? std::string_view::npos : text.rfind(':');
  if (colon != std::string_view::npos) {
    const std::string_view port = text.substr(colon + 1);
    if (port.empty() || !std::ranges::all_of(port, is_digit)) return false;
    text = text.substr(0, colon);
  }
  return is_bracketed_ipv6(text) || is_host_name(text);
}

// path-component: [a-z0-9]+ joined by '.', '_', '__' or any number of '-'.
bool is_path_component(std::string_view text) {
  if (text.empty() || !is_lower_alphanumeric(text.front()) || !is_lower_alphanumeric(text.back())) return false;
  for (std::size_t at = 0; at < text.size();) {
    if (is_lower_alphanumeric(text[at])) {
      ++at;
      continue;
    }
    std::size_t end = at;
    while (end < text.size() && text[end] == text[at]) ++end;
    const std::size_t run = end - at;
    const bool separator = text[at] == '-' || (text[at] == '.' && run == 1) || (text[at] == '_' && run <= 2);
    if (!separator || !is_lower_alphanumeric(text[end])) return false;
    at = end;
  }
  return true;
}

bool is_repository(std::string_view text) {
  while (true) {
    const std::size_t slash = text.find('/');
    if (!is_path_component(text.substr(0, slash))) return false;
    if (slash == std::string_view::npos) return true;
    text.remove_prefix(slash + 1);
  }
}

bool is_tag(std::string_view text) {
  if (text.empty() || text.size() > longest_tag || text.front() == '.' || text.front() == '-') return false;
  return std::ranges::all_of(text, [](char c) { return is_alphanumeric(c) || c == '_' || c == '.' || c == '-'; });
}

// Hexadecimal digits that a registered algorithm writes; 0 for others, which need at least 32.
std::size_t digits_of(std::string_view algorithm) {
  if (algorithm == "sha256") return 64;
  if (algorithm == "sha384") return 96;
  return algorithm == "sha512" ? 128 : 0;
}

bool is_algorithm(std::string_view text) {
  if (text.empty() || !is_alphanumeric(text.front()) || is_digit(text.front())) return false;
  return std::ranges::all_of(text,
                             [](char c) { return is_alphanumeric(c) || c == '-' || c == '_' || c == '+' || c == '.'; });
}

bool is_digest(std::string_view text) {
  const std::size_t colon = text.find(':');
  if (colon == std::string_view::npos) return false;
  const std::string_view algorithm = text.substr(0, colon);
  const std::string_view digits = text.substr(colon + 1);
  if (!is_algorithm(algorithm) || !std::ranges::all_of(digits, is_hexadecimal_digit)) return false;
  const std::size_t expected = digits_of(algorithm);
  return expected == 0 ? digits.size() >= 32 : digits.size() == expected && !std::ranges::any_of(digits, is_upper);
}

// Whether the part before the first '/' names a registry and is not the first part of a Docker Hub name.
bool names_registry(std::string_view first) {
  return first == "localhost" || first.find_first_of(".:") != std::string_view::npos ||
         std::ranges::any_of(first, is_upper);
}

}  // namespace

std::optional<ImageReference> parse_image_reference(std::string_view text) {
  ImageReference reference{};
  if (const std::size_t at = text.find('@'); at != std::string_view::npos) {
    reference.digest = text.substr(at + 1);
    if (!is_digest(reference.digest)) return std::nullopt;
    text = text.substr(0, at);
  }
  if (const std::size_t slash = text.find('/');
      slash != std::string_view::npos && names_registry(text.substr(0, slash))) {
    reference.registry = text.substr(0, slash);
    if (!is_registry(reference.registry)) return std::nullopt;
    text.remove_prefix(slash + 1);
  }
  if (const std::size_t colon = text.find(':'); colon != std::string_view::npos) {
    reference.tag = text.substr(colon + 1);
    if (!is_tag(reference.tag)) return std::nullopt;
    text = text.substr(0, colon);
  }
  reference.repository = text;
  if (!is_repository(text) || text.size() + reference.registry.size() >= longest_name) return std::nullopt;
  return reference;
}

}  // namespace kastell::kube

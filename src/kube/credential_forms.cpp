#include "kube/credential_forms.h"

#include <algorithm>
#include <array>
#include <cmath>
#include <cstdint>
#include <string>

#include "base/ascii.h"
#include "kube/credential_names.h"

namespace kastell::kube {

namespace {

bool is_token_character(char c) {
  return is_alphanumeric(c) || c == '_' || c == '-';
}
bool is_upper_or_digit(char c) {
  return is_upper(c) || is_digit(c);
}

// A token begins with `prefix` and goes on with at least `least` characters of its alphabet.
struct TokenForm {
  std::string_view prefix;
  std::size_t least;
  bool (*alphabet)(char);
};
constexpr auto token_forms = std::to_array<TokenForm>({
    {"AKIA", 16, is_upper_or_digit},          // AWS access key
    {"ASIA", 16, is_upper_or_digit},          // AWS, temporary
    {"AIza", 35, is_token_character},         // Google API key
    {"ghp_", 36, is_alphanumeric},            // GitHub, personal
    {"gho_", 36, is_alphanumeric},            // GitHub, OAuth
    {"ghs_", 36, is_alphanumeric},            // GitHub, app
    {"github_pat_", 22, is_token_character},  // GitHub, fine-grained
    {"glpat-", 20, is_token_character},       // GitLab
    {"npm_", 36, is_alphanumeric},            // npm
    {"sk_live_", 16, is_alphanumeric},        // Stripe
    {"xoxb-", 20, is_token_character},        // Slack, bot
    {"xoxp-", 20, is_token_character},        // Slack, user
    {"hvs.", 24, is_token_character},         // Vault
    {"dop_v1_", 64, is_alphanumeric},         // DigitalOcean
});

bool follows(std::string_view rest, const TokenForm& form) {
  if (!rest.starts_with(form.prefix) || rest.size() < form.prefix.size() + form.least) return false;
  return std::ranges::all_of(rest.substr(form.prefix.size(), form.least), form.alphabet);
}

// header.payload.signature, the first two JSON objects in base64url: {" is eyJ.
bool is_signed_token(std::string_view rest) {
  if (!rest.starts_with("eyJ")) return false;
  const std::size_t first = rest.find('.');
  if (first == std::string_view::npos || !rest.substr(first + 1).starts_with("eyJ")) return false;
  const std::size_t second = rest.find('.', first + 1);
  return second != std::string_view::npos && rest.size() - second > 16 &&
         std::ranges::all_of(rest.substr(0, first), is_token_character);
}

bool is_bearer(std::string_view text) {
  constexpr std::string_view word = "bearer ";
  return text.size() >= word.size() + 8 && in_lower_case(text.substr(0, word.size())) == word &&
         std::ranges::all_of(text.substr(word.size(), 8),
                             [](char c) { return is_alphanumeric(c) || c == '.' || c == '-' || c == '_'; });
}

std::string_view longest_run(std::string_view text) {
  std::string_view best;
  for (std::size_t begin = 0; begin < text.size();) {
    std::size_t end = begin;
    while (end < text.size() && is_alphanumeric(text[end])) ++end;
    if (end - begin > best.size()) best = text.substr(begin, end - begin);
    begin = end + 1;
  }
  return best;
}

// What stands in for a value, or says where it is.
bool is_placeholder(std::string_view value) {
  constexpr auto words = std::to_array<std::string_view>(
      {"true",     "false",      "null",     "none",       "nil",        "optional",   "required",
       "enabled",  "disabled",   "redacted", "(redacted)", "changeme",   "string",     "example",
       "password", "passphrase", "secret",   "token",      "credential", "credentials"});
  if (value.size() < 6) return true;
  if (std::string_view("$<{/[*%@\n").find(value.front()) != std::string_view::npos) return true;
  if (value.find("://") != std::string_view::npos || value.find("${") != std::string_view::npos ||
      value.find("$(") != std::string_view::npos || value.find("{{") != std::string_view::npos) {
    return true;
  }
  const std::string text = in_lower_case(value);
  return std::ranges::find(words, text) != words.end() || text.find_first_not_of("x*._ ") == std::string::npos;
}

std::string_view trimmed(std::string_view text, std::string_view away) {
  const std::size_t first = text.find_first_not_of(away);
  if (first == std::string_view::npos) return {};
  return text.substr(first, text.find_last_not_of(away) - first + 1);
}

// One line of YAML, a properties file, a shell script: name, separator, value.
bool line_assigns(std::string_view line) {
  const std::size_t separator = line.find_first_of("=:");
  if (separator == std::string_view::npos || separator == 0) return false;
  std::string_view name = trimmed(line.substr(0, separator), " \t\"'-");
  const std::size_t space = name.find_last_of(" \t");
  if (space != std::string_view::npos) name = name.substr(space + 1);
  const std::string_view value = trimmed(line.substr(separator + 1), " \t\r\"';,");
  if (value.find(' ') != std::string_view::npos || value.find('(') != std::string_view::npos) return false;
  return names_credential(name) && !is_placeholder(value);
}

// A text of one line that is nothing but an assignment: no name of several words.
bool only_assigns(std::string_view text) {
  const std::size_t colon = text.find(": ");
  return colon != std::string_view::npos && text.substr(0, colon).find_first_of(" \t") == std::string_view::npos &&
         line_assigns(text);
}

// "export DB_PASSWORD=hunter2 && run --token=…": a word of a shell's text. One alone is assigns_credential()'s.
bool word_assigns(std::string_view line) {
  constexpr std::string_view between = " \t;&|()`";
  while (!line.empty()) {
    const std::size_t end = line.find_first_of(between);
    if (assigns_credential(trimmed(line.substr(0, end), "\"'"))) return true;
    line = end == std::string_view::npos ? std::string_view{} : line.substr(end + 1);
  }
  return false;
}

// `{"db": {"password": "hunter2"}}`, and the same without quotes: each member by itself.
bool member_assigns(std::string_view line) {
  constexpr std::string_view ends = "{},";
  if (line.find('{') == std::string_view::npos) return false;
  while (!line.empty()) {
    const std::size_t end = line.find_first_of(ends);
    const std::string_view part = trimmed(line.substr(0, end), " \t");
    const std::size_t separator = part.find(':');
    if (separator != std::string_view::npos &&
        trimmed(part.substr(0, separator), " \t").find(' ') == std::string_view::npos && line_assigns(part)) {
      return true;
    }
    line = end == std::string_view::npos ? std::string_view{} : line.substr(end + 1);
  }
  return false;
}

bool is_assigned_in(std::string_view line) {
  return line_assigns(line) || word_assigns(line) || member_assigns(line);
}

}  // namespace

bool has_credential_form(std::string_view text) {
  if (text.size() < 15) return false;
  if (text.find("PRIVATE KEY-----") != std::string_view::npos || is_bearer(text)) return true;
  for (std::size_t at = text.find_first_of("AegGnsxhd"); at != std::string_view::npos;
       at = text.find_first_of("AegGnsxhd", at + 1)) {
    if (at > 0 && is_alphanumeric(text[at - 1])) continue;
    const std::string_view rest = text.substr(at);
    if (is_signed_token(rest)) return true;
    if (std::ranges::any_of(token_forms, [rest](const TokenForm& form) { return follows(rest, form); })) return true;
  }
  return false;
}

bool has_url_credential(std::string_view text) {
  for (std::size_t at = text.find("://"); at != std::string_view::npos; at = text.find("://", at + 3)) {
    const std::string_view rest = text.substr(at + 3);
    const std::string_view authority = rest.substr(0, rest.find_first_of("/ \t\r\n\"'?#"));
    const std::size_t sign = authority.rfind('@'), colon = authority.find(':');
    if (sign == std::string_view::npos || colon == std::string_view::npos || colon + 1 >= sign) continue;
    const std::string_view password = authority.substr(colon + 1, sign - colon - 1);
    if (password.size() >= 3 && password.find_first_of("$<{%*") == std::string_view::npos) return true;
  }
  return false;
}

// Of the longest run of letters and digits: names and UUIDs have short ones.
bool looks_random(std::string_view text) {
  constexpr std::size_t shortest = 20, longest = 512;
  if (text.size() < shortest || text.size() > longest) return false;
  const std::string_view run = longest_run(text);
  if (run.size() < shortest) return false;
  std::array<std::uint16_t, 256> counts{};
  for (const char c : run) ++counts[static_cast<unsigned char>(c)];
  const auto digits = std::ranges::count_if(run, is_digit);
  if (digits < 3 || run.size() - static_cast<std::size_t>(digits) < 3) return false;
  double entropy = 0;
  for (const std::uint16_t count : counts) {
    if (count == 0) continue;
    const double share = static_cast<double>(count) / static_cast<double>(run.size());
    entropy -= share * std::log2(share);
  }
  return entropy >= 3;  // bits per character: hexadecimal has at most 4, letters and digits at most 6
}

bool assigns_credential(std::string_view text) {
  const std::size_t sign = text.find('=');
  if (sign == std::string_view::npos || sign == 0 || sign > 80) return false;
  const std::string_view name = text.substr(0, sign);
  if (!std::ranges::all_of(name, [](char c) { return is_token_character(c) || c == '.'; })) return false;
  return names_credential(name) && !is_placeholder(trimmed(text.substr(sign + 1), "\"'"));
}

bool assigns_credential(std::string_view flag, std::string_view word) {
  return flag.starts_with('-') && !flag.contains('=') && !word.starts_with('-') && names_credential(flag) &&
         !is_placeholder(word);
}

bool file_holds_credential(std::string_view text) {
  if (has_credential_form(text) || has_url_credential(text) || assigns_credential(text)) return true;
  if (text.find('\n') == std::string_view::npos)
    return only_assigns(text) || word_assigns(text) || member_assigns(text);
  while (!text.empty()) {
    const std::size_t end = text.find('\n');
    const std::string_view line = trimmed(text.substr(0, end), " \t\r");
    if (!line.starts_with('#') && !line.starts_with("//") && is_assigned_in(line)) return true;
    text = end == std::string_view::npos ? std::string_view{} : text.substr(end + 1);
  }
  return false;
}

}  // namespace kastell::kube

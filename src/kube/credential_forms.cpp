#include "kube/credential_forms.h"

#include <algorithm>
#include <array>
#include <cmath>
#include <cstdint>
#include <string>

namespace kastell::kube {

namespace {

bool is_upper(char c) {
  return c >= 'A' && c <= 'Z';
}
bool is_lower(char c) {
  return c >= 'a' && c <= 'z';
}
bool is_digit(char c) {
  return c >= '0' && c <= '9';
}
bool is_alphanumeric(char c) {
  return is_upper(c) || is_lower(c) || is_digit(c);
}
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

char lower(char c) {
  return is_upper(c) ? static_cast<char>(c - 'A' + 'a') : c;
}

std::string lowered(std::string_view text) {
  std::string out(text);
  std::ranges::transform(out, out.begin(), [](char c) { return lower(c == '-' || c == '.' ? '_' : c); });
  return out;
}

bool is_bearer(std::string_view text) {
  constexpr std::string_view word = "bearer ";
  return text.size() >= word.size() + 8 && lowered(text.substr(0, word.size())) == word &&
         std::ranges::all_of(text.substr(word.size(), 8),
                             [](char c) { return is_alphanumeric(c) || c == '.' || c == '-' || c == '_'; });
}

// Words of which one is the last of a credential's name, or nearly so. Where one has "_", a name may have anything that
// separates words, or nothing: "api_key" is apiKey and APIKEY too.
struct CredentialWord {
  std::string_view word;
  bool whole = false;  // no part of a longer word: "pass" is none of "bypass"
};
constexpr auto credential_words = std::to_array<CredentialWord>({{"pass_word"},
                                                                 {"passwd"},
                                                                 {"pass_phrase"},
                                                                 {"secret"},
                                                                 {"token"},
                                                                 {"credential"},
                                                                 {"credentials"},
                                                                 {"api_key"},
                                                                 {"access_key"},
                                                                 {"private_key"},
                                                                 {"signing_key"},
                                                                 {"encryption_key"},
                                                                 {"account_key"},
                                                                 {"shared_key"},
                                                                 {"master_key"},
                                                                 {"azure_batch_key"},
                                                                 {"azure_storage_key"},
                                                                 {"pwd", true},
                                                                 {"pass", true}});

// What may follow it: which one of several it is. Numbers may, too.
constexpr auto distinctions = std::to_array<std::string_view>(
    {"old", "new", "previous", "prev", "current", "next", "backup", "primary", "secondary", "value", "base64", "b64"});

// Names of Secrets, which are none themselves.
constexpr auto references = std::to_array<std::string_view>({"pull_secret", "existing_secret", "tls_secret"});

bool is_separator(char c) {
  return c == '_' || c == '-' || c == '.';
}

// The end of a name in lower case, its words separated by "_": "dbPassword" is "db_password". Words are short.
class NameEnd {
 public:
  explicit NameEnd(std::string_view name) {
    if (name.size() > longest) name.remove_prefix(name.size() - longest);
    for (std::size_t i = 0; i < name.size(); ++i) {
      const bool begins_word = is_upper(name[i]) && i > 0 && (is_lower(name[i - 1]) || is_digit(name[i - 1]));
      if (begins_word) text_[size_++] = '_';
      text_[size_++] = is_separator(name[i]) ? '_' : lower(name[i]);
    }
  }

  std::string_view view() const { return {text_.data(), size_}; }

 private:
  static constexpr std::size_t longest = 128;
  std::array<char, 2 * longest> text_;
  std::size_t size_ = 0;
};

// Whether the text ends with the word, whatever separates words.
bool ends_with_word(std::string_view text, const CredentialWord& word) {
  if (word.whole && text.size() > word.word.size() && text[text.size() - word.word.size() - 1] != '_') return false;
  std::size_t at = text.size();
  for (std::size_t i = word.word.size(); i > 0; --i) {
    if (word.word[i - 1] == '_') continue;
    while (at > 0 && text[at - 1] == '_') --at;
    if (at == 0 || text[at - 1] != word.word[i - 1]) return false;
    --at;
  }
  return true;
}

std::string_view without_distinction(std::string_view name) {
  for (const std::string_view word : distinctions) {
    const std::size_t size = name.size() - word.size();
    if (name.size() <= word.size() + 1 || !name.ends_with(word) || name[size - 1] != '_') continue;
    return name.substr(0, name.find_last_not_of('_', size - 1) + 1);
  }
  while (!name.empty() && (is_digit(name.back()) || name.back() == '_')) name.remove_suffix(1);
  return name;
}

// Endings of names that only tell where a credential is, or how it is used. `name` is in lower case.
bool is_about_credential(std::string_view name) {
  constexpr auto endings =
      std::to_array<std::string_view>({"_file",     "_path", "_name",    "_ref",       "_url",   "_dir",      "_policy",
                                       "_length",   "_ttl",  "_enabled", "_type",      "_class", "_duration", "_issuer",
                                       "_audience", "_id",   "_header",  "_namespace", "_count", "_prefix",   "_size"});
  return std::ranges::any_of(endings, [name](std::string_view ending) { return name.ends_with(ending); });
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
  const std::string text = lowered(value);
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

// Of the patterns: their texts joined, empty ones left out.
std::string alternatives(const auto& words, auto text_of) {
  std::string out;
  for (const auto& word : words) {
    const std::string text = text_of(word);
    if (!text.empty()) out.append(out.empty() ? "" : "|").append(text);
  }
  return out;
}

std::string part_pattern() {
  return alternatives(credential_words, [](const CredentialWord& word) {
    std::string text;
    if (word.whole) return text;
    for (const char c : word.word) c == '_' ? text.append("[_.-]*") : text.append(1, c);
    return text;
  });
}

std::string upper_case(std::string_view word) {
  std::string text(word);
  for (char& c : text) c = is_lower(c) ? static_cast<char>(c - 'a' + 'A') : c;
  return text;
}

std::string capitalized(std::string_view word) {
  return upper_case(word.substr(0, 1)).append(word.substr(1));
}

// The first letter shows where the word begins.
std::string begun_by_capital(std::string_view word) {
  return upper_case(word.substr(0, 1)).append("(?i:").append(word.substr(1)).append(")");
}

std::string whole_pattern(auto text_of) {
  return alternatives(credential_words, [&](const CredentialWord& word) {
    return word.whole ? std::string(text_of(word.word)) : std::string{};
  });
}

std::string after_pattern() {
  return "([_.-]+(?i:" + alternatives(distinctions, [](std::string_view word) { return std::string(word); }) + ")|(" +
         alternatives(distinctions, begun_by_capital) + ")|[0-9_.-]*)$";
}

// "pull_secret": its words apart by a separator, or by a capital behind a small letter.
std::string reference_pattern() {
  return alternatives(references, [](std::string_view reference) {
    const std::string_view first = reference.substr(0, reference.find('_'));
    const std::string_view second = reference.substr(first.size() + 1);
    return "(?i:" + std::string(first) + "[_.-]" + std::string(second) + ")|(" + std::string(first) + "|" +
           capitalized(first) + ")" + begun_by_capital(second);
  });
}

}  // namespace

bool names_credential(std::string_view name) {
  const NameEnd end(name);
  const std::string_view text = without_distinction(end.view());
  const auto ends = [text](const auto& word) { return text.ends_with(word); };
  return !is_about_credential(text) && std::ranges::none_of(references, ends) &&
         std::ranges::any_of(credential_words,
                             [text](const CredentialWord& word) { return ends_with_word(text, word); });
}

CredentialNamePatterns credential_name_patterns() {
  const std::string after = after_pattern();
  return {"((?i:" + part_pattern() + ")|(^|[_.-])(?i:" + whole_pattern([](std::string_view word) { return word; }) +
              ")|[a-z0-9](" + whole_pattern(capitalized) + "|" + whole_pattern(upper_case) + "))" + after,
          "(" + reference_pattern() + ")" + after + "|[A-Z](" + alternatives(distinctions, begun_by_capital) + ")$"};
}

// "pwd" is one of several words' parts: OLDPWD.
bool mentions_credential(std::string_view name) {
  constexpr auto parts = std::to_array<std::string_view>({"pass", "pwd", "secret", "token", "credential", "key"});
  const std::string text = lowered(name);
  const auto contains = [&text](std::string_view part) { return text.find(part) != std::string::npos; };
  if (std::ranges::none_of(parts, contains)) return false;  // as most
  for (const CredentialWord& word : credential_words) {
    const bool whole = word.word == "pass";
    for (std::size_t end = word.word.size() / 2; end <= text.size(); ++end) {
      const bool at_end = end == text.size() || text[end] == '_';
      if ((at_end || !whole) && ends_with_word(std::string_view(text).substr(0, end), {word.word, whole})) return true;
    }
  }
  return names_credential(name);
}

bool is_switch_or_duration(std::string_view text) {
  constexpr auto switches = std::to_array<std::string_view>({"0", "1", "true", "false", "yes", "no", "on", "off"});
  const auto is_text = [text](std::string_view word) { return std::ranges::equal(text, word, {}, lower); };
  if (std::ranges::any_of(switches, is_text)) return true;
  constexpr std::string_view digits = "0123456789", units = "hms";
  return !text.empty() && text.size() <= 12 && digits.contains(text.front()) && units.contains(text.back()) &&
         text.find_first_not_of("0123456789.hms") == std::string_view::npos;
}

bool is_number_of_things(std::string_view name, std::string_view text) {
  constexpr auto counts = std::to_array<std::string_view>({"_max_", "_min_", "_num_"});
  if (text.empty() || text.size() > 9 || !std::ranges::all_of(text, is_digit)) return false;
  const std::string whole = "_" + std::string(NameEnd(name).view());
  return std::ranges::any_of(counts, [&whole](std::string_view count) { return whole.contains(count); });
}

bool is_named_credential(std::string_view name, std::string_view text) {
  return !text.empty() && !is_switch_or_duration(text) && names_credential(name) && !is_number_of_things(name, text);
}

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

bool hints_at_credential(std::string_view name) {
  constexpr std::array<std::string_view, 8> hints = {"key", "auth", "secret", "token", "pass", "cred", "salt", "sign"};
  const std::string text = lowered(name);
  return !is_about_credential(text) &&
         std::ranges::any_of(hints, [&](std::string_view hint) { return text.find(hint) != std::string::npos; });
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
  if (text.find('\n') == std::string_view::npos) return only_assigns(text) || member_assigns(text);
  while (!text.empty()) {
    const std::size_t end = text.find('\n');
    const std::string_view line = trimmed(text.substr(0, end), " \t\r");
    if (!line.starts_with('#') && !line.starts_with("//") && (line_assigns(line) || member_assigns(line))) return true;
    text = end == std::string_view::npos ? std::string_view{} : text.substr(end + 1);
  }
  return false;
}

}  // namespace kastell::kube

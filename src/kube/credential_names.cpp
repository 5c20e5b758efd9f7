#include "kube/credential_names.h"

#include <algorithm>
#include <array>

#include "base/ascii.h"
#include "kube/harmless_value.h"

namespace kastell::kube {

namespace {

bool is_separator(char c) {
  return c == '_' || c == '-' || c == '.';
}

// Separators as "_".
std::string plain(std::string_view name) {
  std::string out(name);
  std::ranges::transform(out, out.begin(), [](char c) { return is_separator(c) ? '_' : to_lower(c); });
  return out;
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

// Of what a number under this name counts.
constexpr auto counting_words = std::to_array<std::string_view>({"max", "min", "num"});

// Names of Secrets, which are none themselves.
constexpr auto references = std::to_array<std::string_view>({"pull_secret", "existing_secret", "tls_secret"});

// The end of a name in lower case, its words separated by "_": "dbPassword" is "db_password". Words are short.
class NameEnd {
 public:
  explicit NameEnd(std::string_view name) {
    if (name.size() > longest) name.remove_prefix(name.size() - longest);
    for (std::size_t i = 0; i < name.size(); ++i) {
      const bool begins_word = is_upper(name[i]) && i > 0 && (is_lower(name[i - 1]) || is_digit(name[i - 1]));
      if (begins_word) text_[size_++] = '_';
      text_[size_++] = is_separator(name[i]) ? '_' : to_lower(name[i]);
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

std::string capitalized(std::string_view word) {
  return in_upper_case(word.substr(0, 1)).append(word.substr(1));
}

std::string as_it_is(std::string_view word) {
  return std::string(word);
}

// The first letter shows where the word begins.
std::string begun_by_capital(std::string_view word) {
  return in_upper_case(word.substr(0, 1)).append("(?i:").append(word.substr(1)).append(")");
}

std::string whole_pattern(auto text_of) {
  return alternatives(credential_words, [&](const CredentialWord& word) {
    return word.whole ? std::string(text_of(word.word)) : std::string{};
  });
}

std::string after_pattern() {
  return "([_.-]+(?i:" + alternatives(distinctions, as_it_is) + ")|(" + alternatives(distinctions, begun_by_capital) +
         ")|[0-9_.-]*)$";
}

// A word of its own, which ends at a separator or, in small letters, at a capital.
std::string counting_pattern() {
  const std::string any = alternatives(counting_words, as_it_is), capitals = alternatives(counting_words, capitalized);
  const std::string begun = alternatives(counting_words, begun_by_capital), begins = "(^|[_.-])(", within = "[a-z0-9](";
  return "(" + begins + "?i:" + any + ")|" + within + begun + "))[_.-]|(" + begins + any + "|" + capitals + ")|" +
         within + capitals + "))[A-Z]";
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
  return {.names = "((?i:" + part_pattern() + ")|(^|[_.-])(?i:" + whole_pattern(as_it_is) + ")|[a-z0-9](" +
                   whole_pattern(capitalized) + "|" + whole_pattern(in_upper_case) + "))" + after,
          .others =
              "(" + reference_pattern() + ")" + after + "|[A-Z](" + alternatives(distinctions, begun_by_capital) + ")$",
          .counting = counting_pattern()};
}

// "pwd" is one of several words' parts: OLDPWD.
bool mentions_credential(std::string_view name) {
  constexpr auto parts = std::to_array<std::string_view>({"pass", "pwd", "secret", "token", "credential", "key"});
  const std::string text = plain(name);
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

bool hints_at_credential(std::string_view name) {
  constexpr std::array<std::string_view, 8> hints = {"key", "auth", "secret", "token", "pass", "cred", "salt", "sign"};
  const std::string text = plain(name);
  return !is_about_credential(text) &&
         std::ranges::any_of(hints, [&](std::string_view hint) { return text.find(hint) != std::string::npos; });
}

bool is_number_of_things(std::string_view name, std::string_view text) {
  if (text.empty() || text.size() > 9 || !std::ranges::all_of(text, is_digit)) return false;  // counted_pattern
  const std::string whole = "_" + std::string(NameEnd(name).view());
  return std::ranges::any_of(counting_words,
                             [&whole](std::string_view word) { return whole.contains("_" + std::string(word) + "_"); });
}

bool is_named_credential(std::string_view name, std::string_view text) {
  return !text.empty() && !is_harmless_value(text) && names_credential(name) && !is_number_of_things(name, text);
}

}  // namespace kastell::kube

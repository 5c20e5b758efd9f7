// The pieces that reports are made of.
#include <gtest/gtest.h>

#include "base/text.h"
#include "document/document.h"
#include "report/formats.h"
#include "report/redaction.h"
#include "report/wrap.h"

namespace kastell::report {
namespace {

std::string value_json(std::string_view text) {
  SymbolTable symbols;
  const auto stream = document::parse(std::make_shared<const document::Source>("value", text), symbols);
  EXPECT_TRUE(stream.errors.empty());
  std::string out;
  append_json(out, stream.documents.at(0).root, symbols);
  return out;
}

TEST(ValueJson, PlainAndBounded) {
  const std::string plain = R"({"a":[1,2.0,true,null,"x\"y"]})";
  EXPECT_EQ(value_json(plain), plain);
  const std::string long_text = value_json('"' + std::string(1000, 'x') + '"');
  EXPECT_EQ(long_text, '"' + std::string(200, 'x') + "…\"");
  const std::string two_bytes = value_json("[\"" + std::string(99, 'x') + [] {
    std::string text;
    for (int i = 0; i < 200; ++i) text += "é";
    return text;
  }() + "\"]");
  EXPECT_FALSE(find_invalid_utf8(two_bytes)) << "cut within a code point: " << two_bytes;
  std::string list = "[";
  for (int i = 0; i < 500; ++i) list += "1000,";
  EXPECT_LT(value_json(list + "1]").size(), 220U);
  std::string object = "{";
  for (int i = 0; i < 100; ++i) object += "\"key" + std::to_string(i) + "\": {\"a\": [1]},";
  const std::string bounded = value_json(object + "\"z\": 1}");
  EXPECT_LT(bounded.size(), 240U);
  EXPECT_TRUE(bounded.ends_with("\"…\":\"…\"}")) << bounded;
  EXPECT_EQ(value_json(std::string(50, '[') + std::string(50, ']')), "[[[[[[[[\"…\"]]]]]]]]");
}

TEST(ValueJson, HidesCredentialsInside) {
  const std::string env = value_json("[{name: DB_PASSWORD, value: x}, {name: MODE, value: fast}]");
  EXPECT_EQ(env, "[{\"name\":\"DB_PASSWORD\",\"value\":\"(redacted)\"},{\"name\":\"MODE\",\"value\":\"fast\"}]");
  const std::string keys = value_json("{apiKey: x, secretName: mine, url: 'postgres://u:p@h/d'}");
  EXPECT_EQ(keys, "{\"apiKey\":\"(redacted)\",\"secretName\":\"mine\",\"url\":\"(redacted)\"}");
}

TEST(Redaction, Names) {
  for (const char* name :
       {"PASSWORD", "DB_PASSWORD_OLD", "githubToken", "api-key", "apiKey", "client.secret", "PGPWD"}) {
    EXPECT_TRUE(looks_like_credential(name)) << name;
  }
  for (const char* name : {"secretName", "PASSWORD_FILE", "TOKEN_PATH", "passing", "key", "name", ""}) {
    EXPECT_FALSE(looks_like_credential(name)) << name;
  }
}

TEST(Redaction, UrlPasswords) {
  EXPECT_TRUE(has_url_password("postgres://user:secret@db:5432/shop"));
  EXPECT_FALSE(has_url_password("postgres://user@db:5432/shop"));
  EXPECT_FALSE(has_url_password("https://example.com/a:b@c"));
  EXPECT_FALSE(has_url_password("no url: a:b@c"));
}

TEST(Wrap, Lines) {
  std::string out;
  append_wrapped(out, "one two three four", {.indent = 2, .width = 11});
  EXPECT_EQ(out, "  one two\n  three\n  four\n");
  out.clear();
  append_wrapped(out, "a-word-longer-than-the-line b", {.indent = 4, .width = 10, .first_indent = 0, .hanging = true});
  EXPECT_EQ(out, "a-word-longer-than-the-line\n    b\n");
}

TEST(Wrap, ControlCharactersAreShownNotObeyed) {
  std::string out;
  append_visible(out, "a\x1b[31mb\x07\x7f\xC2\x9Bz é");
  EXPECT_EQ(out, "a\\x1b[31mb\\x07\\x7f\\x9bz é");
  out.clear();
  append_visible(out, "a\u202eb\u2066\u200fc\u2030\xE2\x80");
  EXPECT_EQ(out, "a\\u202eb\\u2066\\u200fc\u2030\xE2\x80") << "direction marks";
}

TEST(Token, Lengths) {
  const document::Source source("s", "privileged: true\n\"a b\": 1\n- x\n\n{a: 1}");
  EXPECT_EQ(token_length(source, 0), 10U);
  EXPECT_EQ(token_length(source, 12), 4U);
  EXPECT_EQ(token_length(source, 17), 5U);
  EXPECT_EQ(token_length(source, 26), 1U);
  EXPECT_EQ(token_length(source, 30), 1U) << "an empty line";
  EXPECT_EQ(token_length(source, 1000), 1U) << "past the end";
}

}  // namespace
}  // namespace kastell::report

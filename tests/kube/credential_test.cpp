#include "kube/credential.h"

#include <gtest/gtest.h>

#include <array>

#include "kube/credential_forms.h"
#include "kube/credential_names.h"

namespace kastell::kube {
namespace {

// Whatever is asked of a text's form has the same answer for what is kept of it.
void expect_same_answers(const std::string& name, const std::string& text) {
  const std::string kept = without_credential(name, text);
  EXPECT_EQ(has_credential_form(kept), has_credential_form(text)) << text << "\n" << kept;
  EXPECT_EQ(has_url_credential(kept), has_url_credential(text)) << text << "\n" << kept;
  EXPECT_EQ(assigns_credential(kept), assigns_credential(text)) << text << "\n" << kept;
  EXPECT_EQ(file_holds_credential(kept), file_holds_credential(text)) << text << "\n" << kept;
  EXPECT_EQ(looks_random(kept) && hints_at_credential(name), looks_random(text) && hints_at_credential(name)) << text;
  EXPECT_EQ(is_named_credential(name, kept), is_named_credential(name, text)) << text << "\n" << kept;
  EXPECT_EQ(assigns_credential(name, kept), assigns_credential(name, text)) << text << "\n" << kept;
  EXPECT_EQ(is_secret_text(name, kept), is_secret_text(name, text)) << text << "\n" << kept;
  EXPECT_EQ(without_credential(name, kept), kept) << text;
}

TEST(Credential, WhatIsKeptIsKnownForTheSame) {
  const std::string names[] = {"DB_PASSWORD", "SIGNING_KEY", "TOKEN_URL", "harmless", "", "--db-password"};
  const std::string texts[] = {"hunter2",
                               "Bearer abcdefgh.ijk",
                               "bearer a",
                               "AKIAIOSFODNN7EXAMPLE",
                               "ghp_0123456789abcdefghijABCDEFGHIJ012345",
                               "-----BEGIN EC PRIVATE KEY-----\nMHc=\n-----END EC PRIVATE KEY-----",
                               "postgres://user:hunter2@db:5432/shop",
                               "postgres://user:$(PASSWORD)@db/shop",
                               "a https://x and postgres://user:hunter2@db/shop",
                               "--db-password=hunter2",
                               "API_TOKEN=AKIAIOSFODNN7EXAMPLE",
                               "--token-auth-file=/etc/x",
                               "user: me\npassword: hunter2\n",
                               "password: hunter2\nurl: postgres://user:hunter2@db\nkey: AKIAIOSFODNN7EXAMPLE",
                               R"({"db":{"password":"hunter22"}})",
                               "A_TOKEN=hunter22 and more\nb",
                               "export DB_PASSWORD=hunter22 && run",
                               "run --db-password='hunter22' --verbose",
                               "0f3a9c81d2e4b5a6978812fe",
                               "0f3a9c81d2e4b5a6978812fe-postgres://user:hunter2@db",
                               "/var/run/hunter2",
                               "/mnt/AKIAIOSFODNN7EXAMPLE/hunter2",
                               "/hunter2/tls.key",
                               "/hunter2",
                               "$(hunter2)",
                               "${hunter2}"};
  for (const std::string& name : names) {
    for (const std::string& text : texts) {
      if (is_secret_text(name, text)) {
        expect_same_answers(name, text);
        EXPECT_EQ(without_credential(name, text).find("hunter2"), std::string::npos) << text;
      }
    }
  }
}

// secrets.credential-in-environment takes what looks so for no credential.
TEST(Credential, PathsAndVariablesAreHiddenAndStillLookSo) {
  for (const char* text : {"/var/run/x", "/etc/AKIAIOSFODNN7EXAMPLE", "/gcp/tls.key"}) {
    EXPECT_TRUE(without_credential("DB_PASSWORD", text).starts_with("/var/")) << text;
  }
  for (const char* text : {"$(PASSWORD)", "${PASSWORD}"}) {
    EXPECT_EQ(without_credential("DB_PASSWORD", text), "$((redacted)") << text;
  }
  for (const char* text : {"/hunter2", "/hunter2/x", "$(A)hunter2", "${A}hunter2", "${A:-hunter2}", "$hunter2"}) {
    EXPECT_EQ(without_credential("DB_PASSWORD", text), redacted) << text;
  }
}

TEST(Credential, NumbersOfThingsAreNone) {
  EXPECT_FALSE(is_secret_text("LLM_MAX_TOKEN", "4096"));
  EXPECT_FALSE(is_secret_text("max-token", "4096"));
  EXPECT_FALSE(is_secret_text("llmMaxToken", "4096"));
  EXPECT_TRUE(is_secret_text("MAX_TOKEN", "4096a"));
  EXPECT_TRUE(is_secret_text("MAX_TOKEN", "1234567890"));
  EXPECT_TRUE(is_secret_text("DB_PASSWORD", "4096"));
}

// One definition: what a control finds by its name is hidden.
TEST(Credential, NamesAreKnownEverywhere) {
  for (const char* name : {"PASSWORD",
                           "PGPASSWORD",
                           "DB_PASSWORD",
                           "dbPassword",
                           "db.password",
                           "DB_PASSWORD_OLD",
                           "DB_PASSWORD_2",
                           "MYSQL_ROOT_PASSWORD1",
                           "DB_PASS",
                           "dbPass",
                           "pass",
                           "SMTP_PWD",
                           "apiKey",
                           "API-KEY",
                           "APIKEY",
                           "signingKey",
                           "AWS_SECRET_ACCESS_KEY",
                           "azure_batch_key",
                           "credentials",
                           "--db-password",
                           "token_b64",
                           "tokenValue",
                           "DB_PASS_WORD"}) {
    EXPECT_TRUE(names_credential(name)) << name;
    EXPECT_TRUE(looks_like_credential(name)) << name;
  }
  for (const char* name : {"", "_", "_2", "old", "_old", "BYPASS", "COMPASS", "compassPath", "PASSWORD_FILE",
                           "TOKEN_URL", "token-ttl", "MAX_TOKENS", "secretName", "imagePullSecret", "existing-secret",
                           "KEYBOARD", "passthrough", "PASS_THROUGH", "password-policy"}) {
    EXPECT_FALSE(names_credential(name)) << name;
  }
  EXPECT_TRUE(looks_like_credential("OLDPWD") && looks_like_credential("passwords") && looks_like_credential("TOKENS"));
  EXPECT_FALSE(looks_like_credential("bypass") || looks_like_credential("passthrough") ||
               looks_like_credential("keys"));
}

TEST(Credential, TextsOfConfigMaps) {
  for (const char* text : {"DB_PASSWORD=hunter22", "password: hunter22", R"({"db":{"password":"hunter22"}})",
                           R"({"db": {"user": "a", "dbPass" : "hunter22"}})", "db: {user: a, password: hunter22}",
                           "[a]\nx: {token: hunter22}\n"}) {
    EXPECT_TRUE(file_holds_credential(text)) << text;
    EXPECT_TRUE(is_secret_text("app", text)) << text;
    EXPECT_EQ(without_credential("app", text).find("hunter22"), std::string::npos) << text;
    EXPECT_TRUE(file_holds_credential(without_credential("app", text))) << text;
  }
  for (const char* text : {"", "{", "}", "{,", "DB_PASSWORD=", "DB_PASSWORD_FILE=/run/db", "the password: forgotten!",
                           R"({"password":"${DB_PASSWORD}"})", R"({"password":{"type":"string"}})",
                           R"({"password":"Enter your password"})", "token: {{ .token }}", "secret:regcred"}) {
    EXPECT_FALSE(file_holds_credential(text)) << text;
  }
}

// A snapshot that hid them made kube-apiserver refuse its own arguments.
TEST(Credential, SwitchesAndDurationsOfFlagsNamedLikeOneAreNone) {
  for (const char* text : {"true", "false", "2m0s", "48h", "1.5s", "300ms"}) {
    EXPECT_FALSE(is_secret_text("enable-bootstrap-token-auth", text)) << text;
  }
  for (const char* text : {"truee", "5", "12345", "h", "123456789012345s", "1h-hunter2", "s3cret"}) {
    EXPECT_TRUE(is_secret_text("enable-bootstrap-token-auth", text)) << text;
  }
}

TEST(Credential, MembersAndItems) {
  Arena arena;
  SymbolTable symbols;
  const auto word = [](std::string_view text) { return document::Node::make_string(text); };
  const auto args = make_list(arena, std::array{word("--token"), word("hunter2"), word("--verbose"), word("x")});
  for (std::size_t i = 0; i < 4; ++i) EXPECT_EQ(is_secret_member(args, i, symbols), i == 1) << i;
  EXPECT_TRUE(assigns_credential("--token", "hunter22"));
  EXPECT_TRUE(assigns_credential("--token", without_credential("--token", "hunter22")));
  EXPECT_EQ(without_credential("--token", "hunter22").find("hunter"), std::string::npos);
  EXPECT_FALSE(assigns_credential("--token", "abc"));
  EXPECT_FALSE(assigns_credential("--token", without_credential("--token", "abc")));
  EXPECT_FALSE(assigns_credential("--token", "$(TOKEN)") || assigns_credential("--token", "--verbose") ||
               assigns_credential("token", "hunter22") || assigns_credential("--token=x", "hunter22"));
  const std::array<document::Member, 3> members{{{symbols.intern("passwords"), args},
                                                 {symbols.intern("names"), args},
                                                 {symbols.intern(last_applied), word("{}")}}};
  const auto object = make_object(arena, members, false);
  for (std::size_t i = 0; i < 3; ++i) EXPECT_EQ(is_secret_member(object, i, symbols), i != 1) << i;
}

}  // namespace
}  // namespace kastell::kube

#include "policy/export.h"

#include <gtest/gtest.h>
#include <re2/re2.h>

#include "kube/credential_names.h"
#include "kube/harmless_value.h"
#include "policy/export/messages.h"
#include "policy/export/translate.h"
#include "support/sections.h"

namespace kastell::policy {
namespace {

using tests::Case;

std::string text_of(Case& one, std::string_view section) {
  std::string text = one.find(section)->text;
  while (text.ends_with('\n')) text.pop_back();
  return text;
}

TEST(Export, TranslatesExpressions) {
  Expressions expressions(std::make_shared<SymbolTable>());
  const Parameters parameters{{"imageRegistries", {"registry.example", "it's"}}};
  tests::CaseFile file = tests::load_cases(KASTELL_SOURCE_DIR "/tests/policy/export/translations.txt");
  for (Case& one : file.cases) {
    const std::string text = text_of(one, "expression");
    const Expression& expression = *expressions.add(*parse_scope(text_of(one, "scope")), text);
    ASSERT_NE(expression.program(), nullptr) << one.name;
    const auto translated = translate(expression, parameters);
    EXPECT_EQ(translated ? *translated : "refused: " + translated.error(), text_of(one, "translation")) << one.name;
  }
}

// An exported policy knows credentials by the names that a scan knows them by: tokenValue was not known.
TEST(Export, KnowsTheSameNamesOfCredentials) {
  const kube::CredentialNamePatterns patterns = kube::credential_name_patterns();
  const re2::RE2 names(patterns.names), others(patterns.others);
  ASSERT_TRUE(names.ok() && others.ok()) << names.error() << others.error();
  const auto expect_same = [&](const std::string& name) {
    const bool known = re2::RE2::PartialMatch(name, names) && !re2::RE2::PartialMatch(name, others);
    EXPECT_EQ(known, kube::names_credential(name)) << name;
  };
  const char* const words[] = {"password", "passWord", "PASSWORD", "pass_word", "pass",     "Pass",    "PASS",
                               "Pwd",      "apiKey",   "APIKEY",   "API_KEY",   "api--key", "secret",  "Secret",
                               "SECRET",   "token",    "Token",    "TOKEN",     "keyboard", "compass", ""};
  for (const char* head : {"", "db", "DB", "db_", "DB-", "old.", "OLD", "by", "pull", "imagePull", "IMAGE_PULL_",
                           "image-pull-", "existing_", "tls", "TLS", "x2", "tls__"}) {
    for (const std::string word : words) {
      for (const char* tail : {"",      "1",     "_2",    "Value", "value",   "_VALUE", "-old",    "Old",  "OLD",
                               "_old2", "2Old",  "2_old", "B64",   "64",      "b64",    "_Base64", "s",    "_file",
                               "Url",   "__new", "_-",    "Name",  "_policy", "PrevX",  "-prev",   ".Next"}) {
        expect_same(head + word + tail);
      }
    }
  }
}

// And what is none of them by its value.
TEST(Export, KnowsTheSameHarmlessValues) {
  const re2::RE2 pattern(kube::harmless_value_pattern());
  ASSERT_TRUE(pattern.ok()) << pattern.error();
  for (const char* text : {"",
                           "hunter2",
                           "TRUE",
                           "yes",
                           "offf",
                           "1",
                           "2",
                           "1h30m",
                           "1h-hunter2",
                           "h",
                           "5",
                           "1.5s",
                           "12345678901h",
                           "123456789012h",
                           "$(A)",
                           "$()",
                           "$(",
                           "$(A)b",
                           "$(A)$(B)",
                           "${A}",
                           "${A:-b}",
                           "${A}b",
                           "${}",
                           "$A",
                           "/app/",
                           "/app",
                           "/var/run/x\ny",
                           "/hunter2",
                           "/hunter2/x",
                           "/x/tls.key",
                           "tls.key",
                           "/tlskey",
                           "/a\n.yaml",
                           "/xml",
                           "$(A\nB)",
                           "true\n",
                           "a/etc/b"}) {
    EXPECT_EQ(re2::RE2::PartialMatch(text, pattern), kube::is_harmless_value(text)) << text;
  }
}

TEST(Export, KnowsTheSameNumbersOfThings) {
  const re2::RE2 counting(kube::credential_name_patterns().counting), counted(kube::counted_pattern);
  ASSERT_TRUE(counting.ok()) << counting.error();
  for (const std::string head : {"", "llm", "LLM", "llm_", "LLM-", "a.", "2"}) {
    for (const std::string word : {"max", "Max", "MAX", "num", "NUM", "Min", "maximum", "climax"}) {
      for (const char* tail : {"", "token", "Token", "TOKEN", "_TOKEN", "-token", "2Token", "__token"}) {
        const std::string name = head + word + tail;
        EXPECT_EQ(re2::RE2::PartialMatch(name, counting), kube::is_number_of_things(name, "4096")) << name;
      }
    }
  }
  for (const char* text : {"", "0", "123456789", "1234567890", "1.5", "4096a", "-1"}) {
    EXPECT_EQ(re2::RE2::PartialMatch(text, counted), kube::is_number_of_things("MAX_TOKEN", text)) << text;
  }
}

TEST(Export, WritesMessages) {
  const std::string failing = "variables.failing";
  EXPECT_EQ(message_expression("container {container} isn't safe", Scope::container, failing),
            "'container ' + variables.failing.map(container, container.name).join(', ') + ' isn\\'t safe'");
  EXPECT_EQ(message_expression("{kind} in {namespace}", Scope::object, ""),
            "object.kind + ' in ' + object.metadata.?namespace.orValue('default')");
  EXPECT_EQ(message_expression("it is {value}", Scope::container, failing), "") << "an expression cannot find it";
}

class ExportedCatalog : public testing::Test {
 protected:
  PolicyExport exported(const ScanOptions& chosen, const ExportOptions& options) {
    auto result = export_policies(catalog_, chosen, options);
    EXPECT_TRUE(result) << to_string(result.error());
    return std::move(*result);
  }

  Catalog catalog_ = Catalog::embedded(std::make_shared<SymbolTable>(), Catalog::Examples::left_out).value();
};

// Each control is exported or its reason is told; the target's compiler is part of the export.
TEST_F(ExportedCatalog, LosesNoControl) {
  const PolicyExport all = exported({.controls = {"*"}}, {});
  std::set<std::string_view> seen;
  for (const ExportedPolicy& policy : all.policies) {
    EXPECT_FALSE(policy.resources.empty()) << policy.name;
    EXPECT_TRUE(seen.insert(policy.control->id).second) << policy.name;
  }
  for (const NotExported& one : all.left_out) {
    EXPECT_EQ(seen.contains(one.control->id), one.in_part) << one.control->id;
    EXPECT_FALSE(one.reason.starts_with("the target's CEL")) << one.control->id << ": " << one.reason;
  }
  for (const NotExported& one : all.left_out) seen.insert(one.control->id);
  EXPECT_EQ(seen.size(), catalog_.controls().size());
}

TEST_F(ExportedCatalog, HasAllOfPodSecurityForEveryTarget) {
  for (std::uint16_t minor = oldest_export_target.minor; minor <= cel::newest_kubernetes.minor; ++minor) {
    const ScanOptions restricted{.pod_security = PodSecurityLevel{.version = {1, 25}}};
    EXPECT_TRUE(exported(restricted, {.target = {1, minor}}).left_out.empty()) << minor;
  }
}

TEST_F(ExportedCatalog, RefusesServersWithoutPolicies) {
  const auto result = export_policies(catalog_, {}, {.target = {1, 29}});
  ASSERT_FALSE(result);
  EXPECT_EQ(result.error().code, ErrorCode::usage);
}

}  // namespace
}  // namespace kastell::policy

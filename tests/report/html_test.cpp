// The HTML page: nothing of the input is markup, nothing is fetched, bounds hold and are said.
#include <gtest/gtest.h>

#include <algorithm>
#include <set>

#include "report/scanned.h"
#include "support/sections.h"

namespace kastell::report::tests {
namespace {

std::unique_ptr<Scanned> scan_hostile() {
  return scan_texts(
      {{"d/'\"><img src=x>.yaml", kastell::tests::read_text(KASTELL_SOURCE_DIR "/tests/report/hostile.yaml")}});
}

// The page without its own style and script.
std::string markup_of(std::string page) {
  for (const std::string element : {"style", "script"}) {
    const std::size_t begin = page.find("<" + element + ">"), end = page.find("</" + element + ">");
    EXPECT_NE(begin, std::string::npos);
    page.erase(begin, end + element.size() + 3 - begin);
  }
  return page;
}

struct Tag {
  std::string name, rest;
};

std::vector<Tag> tags_of(const std::string& markup) {
  std::vector<Tag> tags;
  for (std::size_t at = markup.find('<'); at != std::string::npos; at = markup.find('<', at + 1)) {
    const std::string text = markup.substr(at + 1, markup.find('>', at) - at - 1);
    const std::size_t space = std::min(text.find(' '), text.size());
    tags.push_back({text.substr(0, space), text.substr(space)});
  }
  return tags;
}

TEST(HtmlReport, HoldsOnlyElementsOfItsOwn) {
  const std::set<std::string> own = {
      "!doctype", "html",     "head",   "meta",   "title", "body",    "a",       "header", "h1",    "h2",
      "span",     "nav",      "ul",     "li",     "main",  "p",       "section", "dl",     "div",   "dt",
      "dd",       "svg",      "rect",   "b",      "code",  "form",    "label",   "kbd",    "input", "select",
      "option",   "fieldset", "legend", "button", "ol",    "details", "summary", "pre",    "mark",  "table",
      "thead",    "tbody",    "tr",     "th",     "td",    "footer",  "h3",      "br"};
  const std::set<std::string> empty = {"!doctype", "meta", "input", "rect", "br"};
  for (const auto& scanned : {scan_hostile(), scan_input_folder()}) {
    std::vector<std::string> open;
    for (const Tag& tag : tags_of(markup_of(scanned->report(Format::html)))) {
      const bool closes = tag.name.starts_with('/');
      const std::string name = closes ? tag.name.substr(1) : tag.name;
      ASSERT_TRUE(own.contains(name)) << tag.name << tag.rest;
      EXPECT_EQ(std::ranges::count(tag.rest, '"') % 2, 0) << tag.name << tag.rest;
      EXPECT_EQ(tag.rest.find(" on"), std::string::npos) << tag.name << tag.rest;
      EXPECT_EQ(tag.rest.find(" style="), std::string::npos) << tag.name << tag.rest;
      if (closes) {
        ASSERT_FALSE(open.empty());
        ASSERT_EQ(open.back(), name);
        open.pop_back();
      } else if (!empty.contains(name)) {
        open.push_back(name);
      }
    }
    EXPECT_EQ(open, std::vector<std::string>{});
  }
}

TEST(HtmlReport, FetchesNothing) {
  for (const Tag& tag : tags_of(markup_of(scan_hostile()->report(Format::html)))) {
    EXPECT_EQ(tag.rest.find("src="), std::string::npos) << tag.rest;
    const std::size_t link = tag.rest.find("href=\"");
    if (link != std::string::npos) {
      EXPECT_EQ(tag.rest[link + 6], '#') << tag.rest;
    }
  }
}

// A browser runs nothing but what the policy names; tests/report/page.py looks at it in one.
TEST(HtmlReport, PolicyNamesItsOwnStyleAndScriptOnly) {
  const std::string page = scan_hostile()->report(Format::html);
  const std::size_t at = page.find("Content-Security-Policy");
  ASSERT_NE(at, std::string::npos);
  const std::string policy = page.substr(at, page.find('>', at) - at);
  EXPECT_NE(policy.find("default-src 'none'; style-src 'sha256-"), std::string::npos) << policy;
  EXPECT_NE(policy.find("script-src 'sha256-"), std::string::npos) << policy;
  EXPECT_EQ(policy.find("unsafe"), std::string::npos) << policy;
}

TEST(HtmlReport, IsBoundedAndSaysWhatIsLeftOut) {
  std::vector<NamedText> inputs;
  for (int i = 0; i < 3000; ++i) {
    inputs.push_back({"a.yaml", "{apiVersion: v1, kind: Pod, metadata: {name: p" + std::to_string(i) +
                                    "}, spec: {containers: [{name: c, image: a}]}}\n"});
  }
  const std::string page = scan_texts(inputs)->report(Format::html);
  EXPECT_LT(page.size(), 1'000'000U);
  EXPECT_NE(page.find("8,700 more are not on this page"), std::string::npos);
  EXPECT_NE(page.find("data-name=\"not on this page\">2,900<"), std::string::npos);
}

TEST(HtmlReport, ShowsTheLinesAboveTheFinding) {
  const auto scanned =
      scan_texts({{"a.yaml",
                   "apiVersion: v1\nkind: Pod\nmetadata: {name: p}\nspec:\n  containers:\n  - name: c\n"
                   "    env:\n    - {name: OTHER, value: never-shown-password}\n"
                   "    - name: TEXT\n      value: |\n        -----BEGIN PRIVATE KEY-----\n"
                   "    securityContext:\n      privileged: true\n"}});
  const std::string page = scanned->report(Format::html);
  const std::size_t begin = page.find("<pre class=\"excerpt\"");
  const std::string excerpt = page.substr(begin, page.find("</pre>", begin) - begin);
  EXPECT_NE(excerpt.find("<span class=\"n\">6</span>  - name: c"), std::string::npos) << excerpt;
  EXPECT_NE(excerpt.find("<mark>privileged</mark>: true"), std::string::npos) << excerpt;
  EXPECT_EQ(page.find("BEGIN PRIVATE"), std::string::npos);
}

}  // namespace
}  // namespace kastell::report::tests

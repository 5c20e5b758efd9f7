#include "base/text.h"

#include <gtest/gtest.h>

#include <array>

namespace kastell {
namespace {

TEST(Nearest, SuggestsWhatIsClose) {
  const std::array<std::string_view, 4> names = {"pod.privileged", "pod.host-path", "rbac.wildcard-verbs", "scan"};
  EXPECT_EQ(nearest("pod.privilaged", names), "pod.privileged");
  EXPECT_EQ(nearest("scna", names), "scan") << "a swap is one edit";
  EXPECT_EQ(nearest("rbac.wildcards-verb", names), "rbac.wildcard-verbs");
  EXPECT_EQ(nearest("zebra", names), std::nullopt);
}

struct Utf8Case {
  std::string_view text;
  std::optional<std::size_t> invalid_at;
};

TEST(Utf8, FindsTheFirstInvalidSequence) {
  const Utf8Case cases[] = {
      {"", std::nullopt},
      {"plain text that is longer than one word", std::nullopt},
      {"gr\xC3\xBC\xC3\x9F dich \xE2\x82\xAC \xF0\x9F\x8F\xB0", std::nullopt},
      {"abc\xFF", 3},
      {"\xC0\x80", 0},          // overlong
      {"\xED\xA0\x80", 0},      // surrogate
      {"\xF4\x90\x80\x80", 0},  // above U+10FFFF
      {"12345678\xC3", 8},      // cut off
      {"\x80", 0},
  };
  for (const auto& [text, invalid_at] : cases) EXPECT_EQ(find_invalid_utf8(text), invalid_at) << text;
}

TEST(Utf8, WritesWhatItCounts) {
  std::string text;
  for (const char32_t c : {U'a', U'\u00e9', U'\u20ac', U'\U0001F3F0'}) append_utf8(text, c);
  EXPECT_EQ(text, "a\xC3\xA9\xE2\x82\xAC\xF0\x9F\x8F\xB0");
  EXPECT_EQ(count_code_points(text), 4U);
  EXPECT_EQ(find_invalid_utf8(text), std::nullopt);
}

TEST(Json, EscapesWhatMustBe) {
  std::string out;
  append_json_escaped(out, "a\"b\\c\n\t\x01 \xE2\x82\xAC");
  EXPECT_EQ(out, "a\\\"b\\\\c\\n\\t\\u0001 \xE2\x82\xAC");
}

// It looks at eight bytes at once: each byte, at each place of texts of any length.
TEST(Json, EscapesByteByByte) {
  for (std::size_t size = 1; size <= 18; ++size) {
    for (std::size_t at = 0; at < size; ++at) {
      for (int byte = 0; byte < 256; ++byte) {
        std::string text(size, byte % 2 == 0 ? '\x7f' : '\xff');
        text[at] = static_cast<char>(byte);
        std::string expected, one, whole;
        append_json_escaped(one, std::string_view(&text[at], 1));
        expected.append(text, 0, at).append(one).append(text, at + 1);
        append_json_escaped(whole, text);
        ASSERT_EQ(whole, expected) << byte << " at " << at << " of " << size;
      }
    }
  }
}

TEST(Json, DoublesStayDoubles) {
  EXPECT_EQ(format_double_json(1.0), "1.0");
  EXPECT_EQ(format_double_json(0.1), "0.1");
  EXPECT_EQ(format_double_json(1e300), "1e+300");
  EXPECT_EQ(format_double_json(-0.0), "-0.0");
}

}  // namespace
}  // namespace kastell

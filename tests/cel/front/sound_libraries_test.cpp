// What dialects say of their libraries: that each signature reads, and that libraries agree
// (Parts::has_sound_libraries).
#include <gtest/gtest.h>

#include "cel/environment.h"

namespace kastell::cel {
namespace {

void expect_sound(Result<Environment::Parts> parts, const std::string& name) {
  ASSERT_TRUE(parts) << name;
  EXPECT_TRUE(parts->has_sound_libraries) << name;
  parts->has_sound_libraries = false;  // make() reads them all
  const auto environment = Environment::make(std::move(*parts), std::make_shared<SymbolTable>());
  EXPECT_TRUE(environment) << name << ": " << (environment ? "" : environment.error().message);
}

TEST(SoundLibraries, OfEveryDialectAndVersion) {
  for (std::uint16_t minor = 25; minor <= newest_kubernetes.minor; ++minor) {
    const KubernetesVersion version{1, minor};
    const std::string name = "1." + std::to_string(minor);
    expect_sound(kubernetes_dialect(version), name);
    for (const bool authorizer : {false, true}) {
      expect_sound(admission_dialect(version, authorizer), name + ", admission");
      expect_sound(mutation_dialect(version, authorizer), name + ", mutation");
    }
  }
}

TEST(SoundLibraries, OthersAreReadWhenTheEnvironmentIsMade) {
  static constexpr Overload unreadable[] = {{.function = "f", .id = "f", .signature = "int ->"}};
  static constexpr Overload first[] = {{.function = "f", .id = "f", .signature = "int -> int"}};
  static constexpr Overload other[] = {{.function = "f", .id = "f", .signature = "string -> int"}};
  const auto problem_of = [](std::vector<Library> libraries) {
    Environment::Parts parts;
    parts.libraries = std::move(libraries);
    const auto made = Environment::make(std::move(parts), std::make_shared<SymbolTable>());
    return made ? std::string() : made.error().message;
  };
  EXPECT_EQ(problem_of({{.name = "l", .overloads = unreadable}}), "l: overload 'f': 'int ->' is not a signature");
  EXPECT_EQ(problem_of({{.name = "l", .overloads = first}, {.name = "m", .overloads = first}}), "");
  EXPECT_EQ(problem_of({{.name = "l", .overloads = first}, {.name = "m", .overloads = other}}),
            "m: overload 'f' is declared twice, with different signatures");
}

}  // namespace
}  // namespace kastell::cel

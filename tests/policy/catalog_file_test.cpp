// Reading the catalogue: the embedded one, and what is refused in others.

#include <gtest/gtest.h>

#include <set>

#include "policy/control.h"

namespace kastell::policy {
namespace {

TEST(CatalogTest, EmbeddedOpens) {
  const auto catalog = Catalog::embedded(std::make_shared<SymbolTable>());
  ASSERT_TRUE(catalog) << to_string(catalog.error());
  EXPECT_GE(catalog->controls().size(), 90U);
  ASSERT_NE(catalog->find("pod.privileged"), nullptr);
  EXPECT_EQ(catalog->find("pod.privileged")->severity, Severity::critical);
  EXPECT_EQ(catalog->find("pod.privilege"), nullptr);
}

}  // namespace
}  // namespace kastell::policy

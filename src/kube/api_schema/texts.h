// Texts that an API type takes or not, and how the tables' types are called.
#pragma once

#include <string>
#include <string_view>

#include "document/node.h"
#include "kube/api_schema/tables.h"

namespace kastell::kube::api_schema {

// "a string", "a list", "an integer of 32 bits", …
std::string_view shape_in_words(Shape shape);

// Whether the value is one that Go's decoder takes for a type without parts.
bool suits(const document::Node& value, Shape shape);

// "none of Always, Never", the first few.
std::string one_of(std::span<const std::string_view> values);

// "; did you mean 'replicas'?" or empty. Its cost is bounded.
std::string suggestion(std::string_view word, std::span<const std::string_view> candidates);

}  // namespace kastell::kube::api_schema

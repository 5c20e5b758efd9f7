#include "custom/rules/list_keys.h"

#include <bit>

namespace kastell::custom {

using document::Kind;

std::optional<std::string> scalar_key(const cel::Value& value) {
  switch (value.kind) {
    case Kind::boolean: return value.boolean ? "b1" : "b0";
    case Kind::integer: return "i" + std::to_string(value.integer);
    case Kind::floating: return "f" + std::to_string(std::bit_cast<std::uint64_t>(value.floating + 0.0));  // -0 is 0
    case Kind::string: return "s" + std::string(value.as_string());
    case cel::value_kind::uint: return "u" + std::to_string(cel::as_uint(value));
    case cel::value_kind::duration: return "d" + std::to_string(value.integer);
    default: return std::nullopt;
  }
}

std::optional<std::string> written_key(const cel::Value& value) {
  const bool is_one = value.kind == Kind::boolean || value.kind == Kind::integer || value.kind == Kind::string;
  return is_one ? scalar_key(value) : std::nullopt;
}

std::optional<std::string> printed_key(const cel::Value& value) {
  switch (value.kind) {
    case Kind::boolean: return value.boolean ? "true" : "false";
    case Kind::integer: return std::to_string(value.integer);
    case Kind::string: return std::string(value.as_string());
    default: return std::nullopt;
  }
}

}  // namespace kastell::custom

#include "cel/library/cost.h"

#include <algorithm>

#include "base/text.h"
#include "cel/value.h"

namespace kastell::cel::cost {

namespace {

std::uint64_t size_of_opaque(const OpaqueValue& value) {
  return value.kind->size == nullptr ? 1 : value.kind->size(value);
}

}  // namespace

std::uint64_t size_of(const Value& value) {
  if (value.kind == Kind::string) return count_code_points(as_text(value));
  if (value.kind == Kind::list || value.kind == value_kind::bytes) return value.size;
  if (is_map(value)) return map_size(value);
  if (value.kind == value_kind::opaque) return size_of_opaque(*static_cast<const OpaqueValue*>(value.pointer));
  return 1;
}

std::uint64_t size_within(const Value& value) {
  const Value* inner = &value;
  while (inner->kind == value_kind::optional && as_optional(*inner) != nullptr) inner = as_optional(*inner);
  return size_of(*inner);
}

std::uint64_t target_traversal(CallContext&, Arguments arguments, const Value&) {
  return traversal(size_of(arguments[0]));
}

std::uint64_t target_traversal_twice(CallContext&, Arguments arguments, const Value&) {
  return traversal(size_of(arguments[0]) * 2);
}

std::uint64_t argument_traversal(CallContext&, Arguments arguments, const Value&) {
  return traversal(size_within(arguments[1]));
}

std::uint64_t shorter_traversal(CallContext&, Arguments arguments, const Value&) {
  return traversal(std::min(size_within(arguments[0]), size_within(arguments[1])));
}

std::uint64_t joined_traversal(CallContext&, Arguments arguments, const Value&) {
  return traversal(size_within(arguments[0]) + size_within(arguments[1]));
}

std::uint64_t result_traversal_twice(CallContext&, Arguments, const Value& result) {
  return traversal(size_of(result) * 2);
}

// Kubernetes charges 1 for its own types whatever their size, but only for ==, not for !=.
std::uint64_t equality(CallContext& context, Arguments arguments, const Value& result) {
  if (arguments[0].kind == value_kind::opaque) return 1;
  return shorter_traversal(context, arguments, result);
}

std::uint64_t element_count(CallContext&, Arguments arguments, const Value&) {
  return size_within(arguments[1]);
}

std::uint64_t substring_search(CallContext&, Arguments arguments, const Value&) {
  return traversal(size_within(arguments[0])) * traversal(size_within(arguments[1]));
}

std::uint64_t regex_match(CallContext&, Arguments arguments, const Value&) {
  return regex(size_within(arguments[0]), size_within(arguments[1]));
}

}  // namespace kastell::cel::cost

#include "admission/decide/patch.h"

#include <algorithm>

#include "admission/evaluate/group.h"
#include "admission/read/fields.h"
#include "cel/mutation.h"
#include "document/json_patch.h"
#include "document/path.h"
#include "document/write.h"
#include "kube/api_schema.h"
#include "kube/structured_merge.h"

namespace kastell::admission {

using document::Member;
using document::Node;

namespace {

using Patched = std::expected<Node, PatchFailure>;

Patched fail(std::string message) {
  return std::unexpected(PatchFailure{std::move(message)});
}

// The configuration is one of the live object's kind, whatever it says itself.
Node of_same_kind(const Node& configuration, const Node& live, Arena& arena, SymbolTable& symbols) {
  std::vector<Member> members;
  const Symbol api_version = symbols.intern("apiVersion"), kind = symbols.intern("kind");
  for (std::size_t i = 0; i < configuration.size; ++i) {
    const Symbol key = configuration.member_keys()[i];
    if (key != api_version && key != kind) members.push_back({key, configuration.member_values()[i]});
  }
  for (const Symbol key : {api_version, kind}) {
    if (const Node* value = live.find(key)) members.push_back({key, *value});
  }
  return document::make_object(arena, members, false);
}

Patched apply(const cel::Value& value, const Node& live, kube::ApiType type, RequestContext& context) {
  Arena& arena = context.stack().arena();
  if (const std::string misnamed = cel::misnamed_types(value); !misnamed.empty()) {
    return fail("type mismatch: " + misnamed);
  }
  std::size_t room = cel::most_patch_bytes;
  const auto configuration = cel::to_document(value, arena, context.symbols(), room);
  if (!configuration) return fail(configuration.error().message);
  const Node complete = of_same_kind(*configuration, live, arena, context.symbols());
  const auto merged = kube::apply_configuration(live, complete, type, arena, context.symbols());
  if (!merged) return fail("error applying patch: " + merged.error().message);
  return *merged;
}

// The API server decodes what a JSON Patch leaves strictly. What was unknown before is the manifest's affair.
std::string unknown_fields(const Node& before, const Node& after, kube::ApiType type, const SymbolTable& symbols) {
  const std::vector<std::string> known = kube::undeclared_fields(before, type, symbols);
  std::string text;
  for (const std::string& field : kube::undeclared_fields(after, type, symbols)) {
    if (std::ranges::find(known, field) != known.end()) continue;
    text.append(text.empty() ? "" : ", ").append("unknown field \"").append(field).append("\"");
  }
  return text;
}

Result<std::vector<document::PatchOperation>> operations_of(const cel::Value& list, RequestContext& context) {
  const auto values = cel::read_json_patch(list);
  if (!values) return std::unexpected(values.error());
  std::vector<document::PatchOperation> operations;
  std::size_t room = cel::most_patch_bytes;
  for (const cel::JsonPatchValue& one : *values) {
    document::PatchOperation operation{std::string(one.op), std::string(one.path), std::string(one.from), {}};
    if (one.value) {
      const std::string misnamed = cel::misnamed_types(*one.value);
      if (!misnamed.empty()) return failure(ErrorCode::type, "type mismatch: " + misnamed);
      const auto value = cel::to_document(*one.value, context.stack().arena(), context.symbols(), room);
      if (!value) {
        return failure(
            ErrorCode::type,
            "JSONPath valueExpression evaluated to a type that could not marshal to JSON: " + value.error().message);
      }
      operation.value = *value;
    }
    operations.push_back(std::move(operation));
  }
  return operations;
}

Patched apply_json(const cel::Value& list, const Node& live, kube::ApiType type, RequestContext& context) {
  const auto operations = operations_of(list, context);
  if (!operations) return fail(operations.error().message);
  const auto patched = document::apply_json_patch(live, *operations, context.stack().arena(), context.symbols());
  if (!patched) return fail("JSON Patch: " + patched.error().message);
  if (patched->test_failed) return live;
  if (const std::string unknown = unknown_fields(live, patched->document, type, context.symbols()); !unknown.empty()) {
    return std::unexpected(PatchFailure{"Internal error occurred: strict decoding error: " + unknown, true});
  }
  return patched->document;
}

class Comparison {
 public:
  explicit Comparison(const SymbolTable& symbols) : symbols_(symbols) {}

  void compare(const Node* before, const Node* after) {
    if (before != nullptr && after != nullptr) {
      if (document::equal(*before, *after)) return;
      if (before->is_object() && after->is_object()) return compare_objects(*before, *after);
      if (before->is_list() && after->is_list()) return compare_lists(*before, *after);
    }
    changes_.push_back({document::to_string(path_, symbols_), text_of(before), text_of(after)});
  }

  std::vector<Change> take() { return std::move(changes_); }

 private:
  std::string text_of(const Node* node) const {
    std::string text;
    if (node != nullptr) document::append_json(text, *node, symbols_);
    return text;
  }

  void compare_below(document::Step step, const Node* before, const Node* after) {
    path_.push_back(step);
    compare(before, after);
    path_.pop_back();
  }

  void compare_objects(const Node& before, const Node& after) {
    for (std::size_t i = 0; i < before.size; ++i) {
      const Symbol key = before.member_keys()[i];
      compare_below(document::Step::key(key), &before.member_values()[i], after.find(key));
    }
    for (std::size_t i = 0; i < after.size; ++i) {
      const Symbol key = after.member_keys()[i];
      if (before.find(key) == nullptr) compare_below(document::Step::key(key), nullptr, &after.member_values()[i]);
    }
  }

  void compare_lists(const Node& before, const Node& after) {
    for (std::uint32_t i = 0; i < std::max(before.size, after.size); ++i) {
      compare_below(document::Step::index(i), i < before.size ? &before.items[i] : nullptr,
                    i < after.size ? &after.items[i] : nullptr);
    }
  }

  const SymbolTable& symbols_;
  document::Path path_;
  std::vector<Change> changes_;
};

}  // namespace

std::expected<Node, PatchFailure> patch_object(const CompiledPolicy& policy, std::size_t at, const Inputs& inputs,
                                               const Node& live, const GroupVersionKind& kind,
                                               RequestContext& context) {
  const Outcome outcome = run_mutation(policy, at, inputs, context.stack());
  if (!outcome.error.empty()) return fail(std::string(outcome.error));
  const std::uint8_t minor = kube::covered_minor(context.version().minor);
  if (policy.policy.mutations[at].type != PatchType::json_patch) {
    return apply(outcome.value, live, context.world().type_of(kind, minor), context);
  }
  // Of a custom resource the API server decodes everything, and drops what is not declared later.
  return apply_json(outcome.value, live, kube::type_of(kind.group, kind.version, kind.kind, minor), context);
}

std::vector<Change> changes_between(const Node& before, const Node& after, const SymbolTable& symbols) {
  Comparison comparison(symbols);
  comparison.compare(&before, &after);
  return comparison.take();
}

}  // namespace kastell::admission

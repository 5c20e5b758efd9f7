#include "admission/decide/params.h"

#include "admission/read/fields.h"
#include "kube/selectors.h"

namespace kastell::admission {

namespace {

std::unexpected<Error> refuse(std::string message) {
  return failure(ErrorCode::not_found, std::move(message));
}

// Where to look; empty: the kind has no namespaces.
Result<std::string_view> space_of(bool namespaced, const ParamReference& reference, std::string_view name_space) {
  if (!namespaced) {
    if (reference.name_space.empty()) return std::string_view{};
    return refuse("paramRef.namespace must not be provided for a cluster-scoped `paramKind`");
  }
  if (!reference.name_space.empty()) return reference.name_space;
  if (!name_space.empty()) return name_space;
  return refuse("cannot use namespaced paramRef in policy binding that matches cluster-scoped resources");
}

Result<bool> is_meant(const snapshot::Object& object, const ParamReference& reference, const SymbolTable& symbols) {
  if (!reference.name.empty()) return object.name == reference.name;
  return kube::selects(*reference.selector, labels_of(object.root, symbols), symbols);
}

}  // namespace

Result<Params> collect_params(const ParamKind& kind, const ParamReference& reference, std::string_view name_space,
                              const World& world) {
  const auto searched = space_of(world.is_namespaced(kind.group(), kind.kind).value_or(true), reference, name_space);
  if (!searched) return std::unexpected(searched.error());
  if (reference.name.empty() && reference.selector == nullptr) {
    return refuse("one of name or selector must be provided");
  }
  Params params;
  for (const snapshot::Object* object : world.objects_of(kind.group(), kind.kind, *searched)) {
    const auto meant = is_meant(*object, reference, world.symbols());
    if (!meant) return refuse(meant.error().message);
    if (*meant) params.push_back(object);
  }
  if (params.empty() && reference.deny_if_not_found) {
    return refuse("no params found for policy binding with `Deny` parameterNotFoundAction");
  }
  return params;
}

}  // namespace kastell::admission

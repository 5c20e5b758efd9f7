#include "cel/environment/builder.h"

#include <array>

namespace kastell::cel {

namespace {

constexpr std::array standard_types{
    &types::boolean,   &types::bytes,    &types::double_,   &types::int_,        &types::uint,     &types::string,
    &types::null_type, &types::list_dyn, &types::timestamp, &types::map_dyn_dyn, &types::duration, &types::type,
};

std::string_view erased_name(std::string_view name) {
  return name.substr(0, name.find('('));
}

Result<void> refuse(std::string message) {
  return failure(ErrorCode::usage, std::move(message));
}

bool same_signature(const Signature& a, const Signature& b) {
  if (a.parameters.size() != b.parameters.size() || !same_type(*a.result, *b.result)) return false;
  for (std::size_t i = 0; i < a.parameters.size(); ++i) {
    if (!same_type(*a.parameters[i], *b.parameters[i])) return false;
  }
  return true;
}

}  // namespace

Result<void> EnvironmentBuilder::build() {
  add_standard_types();
  if (auto added = add_objects(); !added) return added;
  for (const Library& library : environment_.parts_.libraries) {
    if (auto added = add_library(library); !added) return added;
  }
  return add_variables();
}

void EnvironmentBuilder::add_standard_types() {
  for (const Type* type : standard_types) {
    environment_.constants_.emplace(erased_name(to_string(*type)), make_type(*type));
  }
}

Result<void> EnvironmentBuilder::add_objects() {
  // All names first: fields may be of types that are declared further down.
  for (const auto& [name, fields] : environment_.parts_.objects) {
    environment_.objects_.try_emplace(name);
    environment_.constants_.emplace(name, make_type(*make_object_type(environment_.arena_, name)));
  }
  for (const auto& [name, fields] : environment_.parts_.objects) {
    for (const auto& [field, notation] : fields) {
      const auto type = read_type(notation);
      if (!type) return refuse("field '" + field + "' of type '" + name + "': " + type.error().message);
      environment_.objects_.find(name)->second.emplace(field, *type);
    }
  }
  return {};
}

Result<void> EnvironmentBuilder::add_variables() {
  for (const auto& [name, notation] : environment_.parts_.variables) {
    const auto type = read_type(notation);
    if (!type) return refuse("variable '" + name + "': " + type.error().message);
    const auto slot = static_cast<std::uint32_t>(environment_.variables_.size());
    if (!environment_.variable_slots_.emplace(name, slot).second) {
      return refuse("overlapping identifier for name '" + name + "'");
    }
    environment_.variables_.push_back({name, *type});
  }
  return {};
}

Result<void> EnvironmentBuilder::add_library(const Library& library) {
  for (const Overload& overload : library.overloads) {
    if (auto added = add_overload(library, overload); !added) return added;
  }
  for (const Macro& macro : library.macros) add_macro(macro);
  for (const ConstantDeclaration& constant : library.constants) {
    const auto type = read_type(constant.type);
    if (!type) return refuse("constant '" + std::string{constant.name} + "': " + type.error().message);
    environment_.constants_.insert_or_assign(std::string{constant.name}, make_type(**type));
  }
  return {};
}

// An overload may be declared by several libraries, if they agree; the first one counts.
Result<void> EnvironmentBuilder::add_overload(const Library& library, const Overload& overload) {
  const std::string place = std::string{library.name} + ": overload '" + std::string{overload.id} + "'";
  auto signature = parse_signature(environment_.arena_, overload.signature);
  if (!signature) return refuse(place + ": " + signature.error().message);
  *signature = with_objects(*signature);

  auto& overloads = environment_.overloads_;
  const auto number = static_cast<std::uint32_t>(overloads.size());
  if (const auto [known, added] = overload_numbers_.emplace(overload.id, number); !added) {
    const DeclaredOverload& first = overloads[known->second];
    const bool agree = first.overload->function == overload.function && same_signature(first.signature, *signature);
    return agree ? Result<void>{} : refuse(place + " is declared twice, with different signatures");
  }
  overloads.push_back({&overload, *signature});
  environment_.functions_[std::string{overload.function}].push_back(number);
  return {};
}

void EnvironmentBuilder::add_macro(const Macro& macro) {
  environment_.macros_[macro.function].push_back(&macro);
}

Result<const Type*> EnvironmentBuilder::read_type(std::string_view notation) {
  const auto type = parse_type(environment_.arena_, notation);
  if (!type) return type;
  return with_objects(**type);
}

Signature EnvironmentBuilder::with_objects(const Signature& signature) {
  return {objects_in(signature.parameters), with_objects(*signature.result)};
}

std::span<const Type* const> EnvironmentBuilder::objects_in(std::span<const Type* const> given) {
  std::vector<const Type*> replaced;
  for (const Type* type : given) replaced.push_back(with_objects(*type));
  return environment_.arena_.copy(std::span<const Type* const>{replaced});
}

const Type* EnvironmentBuilder::with_objects(const Type& type) {
  Arena& arena = environment_.arena_;
  if (type.kind == TypeKind::opaque && type.parameters.empty() && environment_.has_object_type(type.name)) {
    return make_object_type(arena, type.name);
  }
  if (type.parameters.empty()) return &type;
  return arena.create<Type>(type.kind, type.name, objects_in(type.parameters));
}

}  // namespace kastell::cel

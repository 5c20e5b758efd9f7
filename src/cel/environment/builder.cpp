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

using Language = LanguageBuilder::Language;

using Objects = LanguageBuilder::Objects;

// `type` with the names of declared objects, which the notation cannot tell, made object types.
const Type* with_objects(const Objects& objects, Arena& arena, const Type& type);

std::span<const Type* const> objects_in(const Objects& objects, Arena& arena, std::span<const Type* const> given) {
  std::vector<const Type*> replaced;
  for (const Type* type : given) replaced.push_back(with_objects(objects, arena, *type));
  return arena.copy(std::span<const Type* const>{replaced});
}

const Type* with_objects(const Objects& objects, Arena& arena, const Type& type) {
  if (type.kind == TypeKind::opaque && type.parameters.empty() && objects.contains(type.name)) {
    return make_object_type(arena, type.name);
  }
  if (type.parameters.empty()) return &type;
  return arena.create<Type>(type.kind, type.name, objects_in(objects, arena, type.parameters));
}

std::string place_of(const Library& library, const Overload& overload) {
  return std::string{library.name} + ": overload '" + std::string{overload.id} + "'";
}

}  // namespace

Result<std::shared_ptr<const LanguageBuilder::Language>> LanguageBuilder::build(Environment::Parts parts) {
  const auto language = std::make_shared<Language>();
  language->parts = std::move(parts);
  LanguageBuilder builder(*language);
  std::size_t overloads = 0;
  for (const Library& library : language->parts.libraries) overloads += library.overloads.size();
  language->overloads.reserve(overloads);
  builder.overload_numbers_.reserve(overloads);
  builder.add_standard_types();
  if (auto added = builder.add_objects(); !added) return std::unexpected(std::move(added.error()));
  for (const Library& library : language->parts.libraries) {
    if (auto added = builder.add_library(library); !added) return std::unexpected(std::move(added.error()));
  }
  language->signatures.make_room(language->overloads.size());
  return language;
}

Result<const Type*> LanguageBuilder::read_type(const Language& language, Arena& arena, std::string_view notation) {
  const auto type = parse_type(arena, notation);
  if (!type || language.objects.empty()) return type;
  return with_objects(language.objects, arena, **type);
}

Result<const Type*> LanguageBuilder::read_type(const Language& language, const Objects& own, Arena& arena,
                                               std::string_view notation) {
  const auto type = read_type(language, arena, notation);
  if (!type || own.empty()) return type;
  return with_objects(own, arena, **type);
}

void LanguageBuilder::add_standard_types() {
  for (const Type* type : standard_types) {
    language_.constants.emplace(erased_name(to_string(*type)), make_type(*type));
  }
}

Result<void> LanguageBuilder::add_objects() {
  // All names first: fields may be of types that are declared further down.
  for (const auto& [name, fields] : language_.parts.objects) {
    language_.objects.try_emplace(name);
    language_.constants.emplace(name, make_type(*make_object_type(language_.arena, name)));
  }
  for (const auto& [name, fields] : language_.parts.objects) {
    for (const auto& [field, notation] : fields) {
      const auto type = read_type(language_, language_.arena, notation);
      if (!type) return refuse("field '" + field + "' of type '" + name + "': " + type.error().message);
      language_.objects.find(name)->second.emplace(field, *type);
    }
  }
  return {};
}

Result<void> LanguageBuilder::add_library(const Library& library) {
  for (const Overload& overload : library.overloads) {
    if (auto added = add_overload(library, overload); !added) return added;
  }
  for (const Macro& macro : library.macros) language_.macros[macro.function].push_back(&macro);
  for (const ConstantDeclaration& constant : library.constants) {
    const auto type = read_type(language_, language_.arena, constant.type);
    if (!type) return refuse("constant '" + std::string{constant.name} + "': " + type.error().message);
    language_.constants.insert_or_assign(std::string{constant.name}, make_type(**type));
  }
  return {};
}

Result<Signature> LanguageBuilder::read_signature(const Language& language, Arena& arena, const Overload& overload) {
  auto signature = parse_signature(arena, overload.signature);
  if (!signature || language.objects.empty()) return signature;
  return Signature{objects_in(language.objects, arena, signature->parameters),
                   with_objects(language.objects, arena, *signature->result)};
}

bool LanguageBuilder::agree_on_signature(const Overload& a, const Overload& b) {
  if (a.signature == b.signature) return true;
  const auto first = read_signature(language_, language_.arena, a),
             second = read_signature(language_, language_.arena, b);
  return first && second && same_signature(*first, *second);
}

// An overload may be declared by several libraries, if they agree; the first one counts.
Result<void> LanguageBuilder::add_overload(const Library& library, const Overload& overload) {
  if (!language_.parts.has_sound_libraries) {
    const auto signature = read_signature(language_, language_.arena, overload);
    if (!signature) return refuse(place_of(library, overload) + ": " + signature.error().message);
  }
  auto& overloads = language_.overloads;
  const auto number = static_cast<std::uint32_t>(overloads.size());
  if (const auto [known, added] = overload_numbers_.emplace(overload.id, number); !added) {
    const Overload& first = *overloads[known->second];
    const bool agree = first.function == overload.function && agree_on_signature(first, overload);
    return agree ? Result<void>{}
                 : refuse(place_of(library, overload) + " is declared twice, with different signatures");
  }
  overloads.push_back(&overload);
  language_.functions[overload.function].push_back(number);
  return {};
}

}  // namespace kastell::cel

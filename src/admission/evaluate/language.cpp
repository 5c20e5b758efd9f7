#include "admission/evaluate/language.h"

#include <mutex>

namespace kastell::admission {

namespace {

constexpr const char* variables_type = "kubernetes.variables";

}  // namespace

Slots arrange(const Declared& declared, const Inputs& inputs, cel::Value variables) {
  if (declared.variables && declared.authorizer && !declared.params) {  // of most policies
    return {inputs.object, inputs.old_object, inputs.request,         inputs.name_space,
            variables,     inputs.authorizer, inputs.request_resource};
  }
  Slots slots{inputs.object, inputs.old_object, inputs.request, inputs.name_space};
  std::size_t next = 4;
  if (declared.variables) slots[next++] = variables;
  if (declared.params) slots[next++] = inputs.params;
  if (declared.authorizer) {
    slots[next++] = inputs.authorizer;
    slots[next] = inputs.request_resource;
  }
  return slots;
}

Result<Language> Language::make(cel::KubernetesVersion version, std::shared_ptr<SymbolTable> symbols) {
  auto parts = cel::admission_dialect(version, false);
  if (!parts) return std::unexpected(parts.error());
  auto base = cel::Environment::make(std::move(*parts), symbols);
  if (!base) return std::unexpected(base.error());
  return Language(version, std::move(*base), std::move(symbols));
}

// Made when a mutating policy first asks for it: most sets have none.
struct Language::Mutation {
  std::once_flag made;
  Base base;
};

// Environments without variables, made when they are first asked for.
struct Language::Shared {
  std::mutex making;
  std::array<Base, 16> environments;

  Base& of(const Declared& declared) {
    return environments[(declared.params ? 1U : 0U) | (declared.authorizer ? 2U : 0U) | (declared.variables ? 4U : 0U) |
                        (declared.patch_types ? 8U : 0U)];
  }
};

Language::Language(cel::KubernetesVersion version, Base base, std::shared_ptr<SymbolTable> symbols)
    : version_(version),
      base_(std::move(base)),
      mutation_(std::make_shared<Mutation>()),
      symbols_(std::move(symbols)),
      shared_(std::make_shared<Shared>()) {}

Language::Base Language::environment(const Declared& declared, const VariableTypes& variables) const {
  if (!variables.empty()) return make_environment(declared, variables);
  const std::lock_guard lock(shared_->making);
  Base& environment = shared_->of(declared);
  if (environment == nullptr) environment = make_environment(declared, variables);
  return environment;
}

const cel::Environment& Language::mutation_base() const {
  std::call_once(mutation_->made, [this] {
    // The version is known, since base_ was made of it.
    mutation_->base = cel::Environment::make(cel::mutation_dialect(version_, false).value(), symbols_).value();
  });
  return *mutation_->base;
}

Language::Base Language::make_environment(const Declared& declared, const VariableTypes& variables) const {
  cel::Environment::VariableTexts texts{{"object", object_type_},
                                        {"oldObject", object_type_},
                                        {"request", "kubernetes.AdmissionRequest"},
                                        {"namespaceObject", "kubernetes.Namespace"}};
  if (declared.variables) texts.emplace_back("variables", variables_type);
  if (declared.params) texts.emplace_back("params", "dyn");
  if (declared.authorizer) {
    texts.emplace_back("authorizer", "kubernetes.authorization.Authorizer");
    texts.emplace_back("authorizer.requestResource", "kubernetes.authorization.ResourceCheck");
  }
  ObjectTypes types = declared.patch_types ? patch_types_ : object_types_;
  types[variables_type] = variables;
  return (declared.patch_types ? mutation_base() : *base_).with_variables(texts, types).value();
}

Language Language::of_objects(std::string type, ObjectTypes types, const ObjectTypes& patches) const {
  Language made = *this;
  made.shared_ = std::make_shared<Shared>();
  made.object_type_ = std::move(type);
  made.patch_types_ = types;
  made.patch_types_.insert(patches.begin(), patches.end());
  made.object_types_ = std::move(types);
  return made;
}

std::string variable_type(const cel::Type& type) {
  using Kind = cel::TypeKind;
  switch (type.kind) {
    case Kind::boolean:
    case Kind::bytes:
    case Kind::double_:
    case Kind::duration:
    case Kind::int_:
    case Kind::null_type:
    case Kind::string:
    case Kind::timestamp:
    case Kind::uint: return cel::to_string(type);
    case Kind::list: return "list(" + variable_type(*type.parameters[0]) + ")";
    case Kind::map:
      return "map(" + variable_type(*type.parameters[0]) + ", " + variable_type(*type.parameters[1]) + ")";
    default: return "dyn";
  }
}

}  // namespace kastell::admission

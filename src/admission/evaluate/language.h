// The CEL environments of admission policies (apiserver pkg/admission/plugin/cel/compile.go): one language, with or
// without `params` and `authorizer`, and `variables` whose fields grow as a policy's variables are compiled.
#pragma once

#include <array>
#include <map>
#include <memory>
#include <string>

#include "base/result.h"
#include "base/symbol.h"
#include "cel/environment.h"
#include "cel/value.h"

namespace kastell::admission {

// Which optional variables an expression may name.
struct Declared {
  bool params = false;
  bool authorizer = true;
  bool variables = true;
  bool patch_types = false;  // Object{…} and JSONPatch{…}
};

// What the variables stand for. An unbound authorizer is an error where it is read.
struct Inputs {
  cel::Value object, old_object, request, name_space, params, authorizer, request_resource;
};

inline constexpr std::size_t most_slots = 8;
using Slots = std::array<cel::Value, most_slots>;

// The values in the order of the environment's slots.
Slots arrange(const Declared& declared, const Inputs& inputs, cel::Value variables);

class Language {
 public:
  // Errors for a version that is not known.
  static Result<Language> make(cel::KubernetesVersion version, std::shared_ptr<SymbolTable> symbols);

  // Types of the fields of `variables`, by name, in cel's notation.
  using VariableTypes = std::map<std::string, std::string>;
  // Without variables it is always the same one, for all policies.
  std::shared_ptr<const cel::Environment> environment(const Declared& declared, const VariableTypes& variables) const;

  // The same language for policies whose objects are of a known type: `object` and `oldObject` are no longer dyn, and
  // patches have the fields that `patches` declares. For checks; an API server knows no such types.
  using ObjectTypes = std::map<std::string, std::map<std::string, std::string>>;
  Language of_objects(std::string type, ObjectTypes types, const ObjectTypes& patches) const;

  const std::shared_ptr<SymbolTable>& symbols() const { return symbols_; }
  cel::KubernetesVersion version() const { return version_; }

 private:
  using Base = std::shared_ptr<const cel::Environment>;
  struct Shared;
  struct Mutation;
  Language(cel::KubernetesVersion version, Base base, std::shared_ptr<SymbolTable> symbols);
  const cel::Environment& mutation_base() const;
  Base make_environment(const Declared& declared, const VariableTypes& variables) const;

  cel::KubernetesVersion version_;
  Base base_;
  std::shared_ptr<Mutation> mutation_;
  std::string object_type_ = "dyn";
  ObjectTypes object_types_, patch_types_;
  std::shared_ptr<SymbolTable> symbols_;
  std::shared_ptr<Shared> shared_;
};

// The type that a field of `variables` has when its expression is of this type: lists, maps and simple types stay,
// everything else is dyn (apiserver pkg/admission/plugin/cel/composition.go).
std::string variable_type(const cel::Type& type);

}  // namespace kastell::admission

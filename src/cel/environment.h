// Environment: the language one expression is written in: variables, functions, macros, options.
//
// Build one per dialect and version, then share it: an Environment is immutable and may be used from
// several threads.
#pragma once

#include <atomic>
#include <cstdint>
#include <map>
#include <memory>
#include <mutex>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "base/result.h"
#include "base/symbol.h"
#include "cel/ast.h"
#include "cel/function.h"
#include "cel/type.h"

namespace kastell::cel {

// A Kubernetes minor version: 1.30 is {1, 30}.
struct KubernetesVersion {
  std::uint16_t major = 1;
  std::uint16_t minor = 0;
  auto operator<=>(const KubernetesVersion&) const = default;
};
std::optional<KubernetesVersion> parse_kubernetes_version(std::string_view text);  // "1.30", "v1.30", "1.30.2"
inline constexpr KubernetesVersion newest_kubernetes{1, 37};

struct Variable {
  std::string name;  // may be qualified: "authorizer.requestResource"
  const Type* type;
};

// Options that change what parses and checks.
struct LanguageOptions {
  bool homogeneous_literals = false;          // Kubernetes: [1, 'a'] does not compile, nor [1, dyn(1)]
  bool cross_type_numeric_comparison = true;  // 1 < 1.5 (Kubernetes from 1.28)
  bool optional_types = true;                 // a.?b, [?x], {?k: v}
  bool backtick_fields = true;                // a.`x-y`
  bool validate_literals = false;          // Kubernetes from 1.29: constant regexes, durations, timestamps must be good
  bool presence_test_has_no_cost = false;  // Kubernetes: has() costs 0
  // Kubernetes: cel-go's OptOptimize. Lists and maps of constants and conversions of constants cost nothing, and a
  // constant conversion or regular expression that fails is refused when the program is made.
  bool constant_folding = false;
  // The specification, where cel-go is lenient: a map literal with a repeated key, or a key that is not a bool, int,
  // uint or string, is an error; a.?b of a value that has no fields is an error, not none.
  bool strict_map_literals = false;
  bool strict_optional_access = false;
  // The specification: [optional.of(1), null] is a list(optional_type(int)). cel-go takes the last type, null_type.
  bool null_joins_nullable_types = false;
  // Kubernetes: the literals Object{…}, Object.spec{…} and JSONPatch{…} of mutating admission policies. A part of
  // Object that Parts::objects declares has those fields, any other has all fields, of type dyn.
  bool patch_types = false;
  std::uint32_t recursion_limit = 250;
  std::uint32_t code_point_limit = 100'000;
};

class Environment {
 public:
  using VariableTexts = std::vector<std::pair<std::string, std::string>>;  // name, type notation; slot = position
  using ObjectTexts = std::map<std::string, std::map<std::string, std::string>>;  // type → field → type notation
  struct Parts {
    std::vector<Library> libraries;
    LanguageOptions options;
    std::string container;  // name resolution prefix
    VariableTexts variables;
    ObjectTexts objects;
    // Its signatures read, and agree where several declare the same (cel/dialect's libraries, by a test): each is read
    // when it is first asked for, which a start that runs programs from images hardly does. Else make() reads them all.
    bool has_sound_libraries = false;
  };

  // Errors: a signature or type that does not read, a variable declared twice.
  static Result<std::shared_ptr<const Environment>> make(Parts parts, std::shared_ptr<SymbolTable> symbols);
  // The same language with other variables, which may be of object types of their own. All but these is shared, so it
  // takes next to nothing.
  Result<std::shared_ptr<const Environment>> with_variables(const VariableTexts& variables,
                                                            const ObjectTexts& objects = {}) const;

  const LanguageOptions& options() const { return language_->parts.options; }
  std::string_view container() const { return language_->parts.container; }
  SymbolTable& symbols() const { return *symbols_; }
  const std::vector<Variable>& variables() const { return variables_; }
  std::optional<std::uint32_t> find_variable(std::string_view name) const;

  const std::vector<const Overload*>& overloads() const { return language_->overloads; }
  // Of an overload by its number. A call whose overload is chosen has its parameter and result types.
  const Signature& signature(std::uint32_t overload) const { return language_->signatures.get(*language_, overload); }
  // Numbers into overloads() of all overloads of a function; empty when there is no such function.
  std::span<const std::uint32_t> find_function(std::string_view name) const;
  std::vector<std::string_view> function_names() const;
  const Macro* find_macro(std::string_view function, bool member, std::size_t argument_count) const;
  // A type name or other constant: its type value.
  const Value* find_constant(std::string_view name) const;
  // The type of a declared object type's field; null if there is none. Also tells known object types.
  const Type* find_field(std::string_view object_type, std::string_view field) const;
  bool has_object_type(std::string_view name) const;
  // For hints: every macro's name, every field's of an object type.
  std::vector<std::string_view> macro_names() const;
  std::vector<std::string_view> field_names(std::string_view object_type) const;

 private:
  using Fields = std::map<std::string, const Type*, std::less<>>;
  using Objects = std::map<std::string, Fields, std::less<>>;

  struct Language;
  // Made late, by any thread.
  class Signatures {
   public:
    void make_room(std::size_t count) { known_ = std::make_unique<std::atomic<const Signature*>[]>(count); }
    const Signature& get(const Language& language, std::uint32_t overload) const {
      const Signature* known = known_[overload].load(std::memory_order_acquire);
      return known != nullptr ? *known : read(language, overload);
    }

   private:
    const Signature& read(const Language& language, std::uint32_t overload) const;

    std::unique_ptr<std::atomic<const Signature*>[]> known_;
    mutable std::mutex reading_;
    mutable Arena arena_;
  };

  // All but the variables. Overloads and macros lie in the libraries' constant tables, and so do their names.
  struct Language {
    Parts parts;
    Arena arena;
    std::vector<const Overload*> overloads;
    Signatures signatures;
    std::map<std::string_view, std::vector<std::uint32_t>> functions;
    std::map<std::string, Value, std::less<>> constants;
    Objects objects;
    std::map<std::string_view, std::vector<const Macro*>> macros;
  };

  Environment() = default;
  friend class LanguageBuilder;
  Result<void> add_objects(const ObjectTexts& objects);
  Result<void> add_variables(const VariableTexts& variables);
  const Fields* find_fields(std::string_view object_type) const;

  std::shared_ptr<const Language> language_;
  std::shared_ptr<SymbolTable> symbols_;
  Arena arena_;
  Objects objects_;  // beside the language's
  std::vector<Variable> variables_;
  std::map<std::string, std::uint32_t, std::less<>> variable_slots_;
};

// The conformance suite's dialect: the standard library and every extension of the specification.
// `variables`, `container` and options are the test case's.
Environment::Parts specification_dialect();

// What the API server of `version` offers to admission policies (apiserver pkg/cel/environment),
// without variables. Errors for versions before 1.25.
Result<Environment::Parts> kubernetes_dialect(KubernetesVersion version);

// The same with the variables of a ValidatingAdmissionPolicy expression, in this order: object, oldObject,
// params, request, namespaceObject; with_authorizer adds authorizer and authorizer.requestResource.
Result<Environment::Parts> admission_dialect(KubernetesVersion version, bool with_authorizer);

// What the patches of a MutatingAdmissionPolicy are written in: the same, the types Object, Object.spec, … and
// JSONPatch, and jsonpatch.escapeKey().
Result<Environment::Parts> mutation_dialect(KubernetesVersion version, bool with_authorizer);

}  // namespace kastell::cel

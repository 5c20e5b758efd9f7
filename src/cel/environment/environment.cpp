#include "cel/environment.h"

#include <utility>

#include "cel/environment/builder.h"

#include "cel/well_known/messages.h"

namespace kastell::cel {

// The libraries are sound, or make() has read them before.
const Signature& Environment::Signatures::read(const Language& language, std::uint32_t overload) const {
  const std::lock_guard lock(reading_);
  std::atomic<const Signature*>& known = known_[overload];
  if (const Signature* made = known.load(std::memory_order_relaxed)) return *made;
  const Signature signature = LanguageBuilder::read_signature(language, arena_, *language.overloads[overload]).value();
  const Signature* made = arena_.create<Signature>(signature);
  known.store(made, std::memory_order_release);
  return *made;
}

Result<std::shared_ptr<const Environment>> Environment::make(Parts parts, std::shared_ptr<SymbolTable> symbols) {
  const VariableTexts variables = std::move(parts.variables);
  auto language = LanguageBuilder::build(std::move(parts));
  if (!language) return std::unexpected(std::move(language.error()));
  std::shared_ptr<Environment> environment{new Environment};
  environment->language_ = std::move(*language);
  environment->symbols_ = std::move(symbols);
  if (auto added = environment->add_variables(variables); !added) return std::unexpected(std::move(added.error()));
  return environment;
}

Result<std::shared_ptr<const Environment>> Environment::with_variables(const VariableTexts& variables,
                                                                       const ObjectTexts& objects) const {
  std::shared_ptr<Environment> environment{new Environment};
  environment->language_ = language_;
  environment->symbols_ = symbols_;
  if (auto added = environment->add_objects(objects); !added) return std::unexpected(std::move(added.error()));
  if (auto added = environment->add_variables(variables); !added) return std::unexpected(std::move(added.error()));
  return environment;
}

Result<void> Environment::add_objects(const ObjectTexts& objects) {
  for (const auto& [name, fields] : objects) objects_.try_emplace(name);  // fields may be of types further down
  for (const auto& [name, fields] : objects) {
    Fields& read = objects_[name];
    for (const auto& [field, notation] : fields) {
      const auto type = LanguageBuilder::read_type(*language_, objects_, arena_, notation);
      if (!type) return failure(ErrorCode::usage, "field '" + field + "' of '" + name + "': " + type.error().message);
      read.emplace(field, *type);
    }
  }
  return {};
}

Result<void> Environment::add_variables(const VariableTexts& variables) {
  for (const auto& [name, notation] : variables) {
    const auto type = objects_.contains(notation)
                          ? Result<const Type*>(make_object_type(arena_, objects_.find(notation)->first))
                          : LanguageBuilder::read_type(*language_, arena_, notation);
    if (!type) return failure(ErrorCode::usage, "variable '" + name + "': " + type.error().message);
    const auto slot = static_cast<std::uint32_t>(variables_.size());
    if (!variable_slots_.emplace(name, slot).second) {
      return failure(ErrorCode::usage, "overlapping identifier for name '" + name + "'");
    }
    variables_.push_back({name, *type});
  }
  return {};
}

std::optional<std::uint32_t> Environment::find_variable(std::string_view name) const {
  const auto found = variable_slots_.find(name);
  if (found == variable_slots_.end()) return std::nullopt;
  return found->second;
}

std::span<const std::uint32_t> Environment::find_function(std::string_view name) const {
  const auto found = language_->functions.find(name);
  if (found == language_->functions.end()) return {};
  return found->second;
}

std::vector<std::string_view> Environment::function_names() const {
  std::vector<std::string_view> names;
  names.reserve(language_->functions.size());
  for (const auto& [name, overloads] : language_->functions) names.push_back(name);
  return names;
}

std::vector<std::string_view> Environment::macro_names() const {
  std::vector<std::string_view> names;
  for (const auto& [name, macros] : language_->macros) names.push_back(name);
  return names;
}

const Environment::Fields* Environment::find_fields(std::string_view object_type) const {
  if (const auto own = objects_.find(object_type); own != objects_.end()) return &own->second;
  const auto object = language_->objects.find(object_type);
  return object == language_->objects.end() ? nullptr : &object->second;
}

std::vector<std::string_view> Environment::field_names(std::string_view object_type) const {
  std::vector<std::string_view> names;
  const Fields* fields = find_fields(object_type);
  if (fields == nullptr) return names;
  for (const auto& [name, type] : *fields) names.push_back(name);
  return names;
}

const Macro* Environment::find_macro(std::string_view function, bool member, std::size_t argument_count) const {
  const auto found = language_->macros.find(function);
  if (found == language_->macros.end()) return nullptr;
  const Macro* any_count = nullptr;
  for (const Macro* macro : found->second) {
    if (macro->member != member) continue;
    if (macro->argument_count < 0) any_count = macro;
    if (std::cmp_equal(macro->argument_count, argument_count)) return macro;
  }
  return any_count;
}

const Value* Environment::find_constant(std::string_view name) const {
  const auto found = language_->constants.find(name);
  return found == language_->constants.end() ? find_well_known_constant(name) : &found->second;
}

const Type* Environment::find_field(std::string_view object_type, std::string_view field) const {
  const Fields* fields = find_fields(object_type);
  if (fields == nullptr) return nullptr;
  const auto found = fields->find(field);
  return found == fields->end() ? nullptr : found->second;
}

bool Environment::has_object_type(std::string_view name) const {
  return find_fields(name) != nullptr;
}

}  // namespace kastell::cel

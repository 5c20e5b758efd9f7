#include "cel/environment.h"

#include <utility>

#include "cel/environment/builder.h"

#include "cel/well_known/messages.h"

namespace kastell::cel {

Result<std::shared_ptr<const Environment>> Environment::make(Parts parts, std::shared_ptr<SymbolTable> symbols) {
  std::shared_ptr<Environment> environment{new Environment};
  environment->parts_ = std::move(parts);
  environment->symbols_ = std::move(symbols);
  if (auto built = EnvironmentBuilder(*environment).build(); !built) return std::unexpected(std::move(built.error()));
  return environment;
}

std::optional<std::uint32_t> Environment::find_variable(std::string_view name) const {
  const auto found = variable_slots_.find(name);
  if (found == variable_slots_.end()) return std::nullopt;
  return found->second;
}

std::span<const std::uint32_t> Environment::find_function(std::string_view name) const {
  const auto found = functions_.find(name);
  if (found == functions_.end()) return {};
  return found->second;
}

std::vector<std::string_view> Environment::function_names() const {
  std::vector<std::string_view> names;
  names.reserve(functions_.size());
  for (const auto& [name, overloads] : functions_) names.push_back(name);
  return names;
}

std::vector<std::string_view> Environment::macro_names() const {
  std::vector<std::string_view> names;
  for (const auto& [name, macros] : macros_) names.push_back(name);
  return names;
}

std::vector<std::string_view> Environment::field_names(std::string_view object_type) const {
  std::vector<std::string_view> names;
  const auto object = objects_.find(object_type);
  if (object == objects_.end()) return names;
  for (const auto& [name, type] : object->second) names.push_back(name);
  return names;
}

const Macro* Environment::find_macro(std::string_view function, bool member, std::size_t argument_count) const {
  const auto found = macros_.find(function);
  if (found == macros_.end()) return nullptr;
  const Macro* any_count = nullptr;
  for (const Macro* macro : found->second) {
    if (macro->member != member) continue;
    if (macro->argument_count < 0) any_count = macro;
    if (std::cmp_equal(macro->argument_count, argument_count)) return macro;
  }
  return any_count;
}

const Value* Environment::find_constant(std::string_view name) const {
  const auto found = constants_.find(name);
  return found == constants_.end() ? find_well_known_constant(name) : &found->second;
}

const Type* Environment::find_field(std::string_view object_type, std::string_view field) const {
  const auto object = objects_.find(object_type);
  if (object == objects_.end()) return nullptr;
  const auto found = object->second.find(field);
  return found == object->second.end() ? nullptr : found->second;
}

bool Environment::has_object_type(std::string_view name) const {
  return objects_.contains(name);
}

}  // namespace kastell::cel

// Turns the texts and tables of Environment::Parts into the lookups of an Environment.
#pragma once

#include <map>
#include <string_view>

#include "cel/environment.h"

namespace kastell::cel {

class EnvironmentBuilder {
 public:
  explicit EnvironmentBuilder(Environment& environment) : environment_(environment) {}
  Result<void> build();

 private:
  void add_standard_types();
  Result<void> add_objects();
  Result<void> add_variables();
  Result<void> add_library(const Library& library);
  Result<void> add_overload(const Library& library, const Overload& overload);
  void add_macro(const Macro& macro);

  Result<const Type*> read_type(std::string_view notation);
  // `type` with the names of declared objects, which the notation cannot tell, made object types.
  const Type* with_objects(const Type& type);
  Signature with_objects(const Signature& signature);
  std::span<const Type* const> objects_in(std::span<const Type* const> given);

  Environment& environment_;
  std::map<std::string_view, std::uint32_t> overload_numbers_;  // by id
};

}  // namespace kastell::cel

// Turns the texts and tables of Environment::Parts into the lookups of a language.
#pragma once

#include <memory>
#include <string_view>
#include <unordered_map>

#include "cel/environment.h"

namespace kastell::cel {

class LanguageBuilder {
 public:
  using Language = Environment::Language;
  using Objects = Environment::Objects;

  static Result<std::shared_ptr<const Language>> build(Environment::Parts parts);
  // A type of the language, in `arena`.
  static Result<const Type*> read_type(const Language& language, Arena& arena, std::string_view notation);
  // The same, where there are object types beside the language's.
  static Result<const Type*> read_type(const Language& language, const Objects& own, Arena& arena,
                                       std::string_view notation);
  static Result<Signature> read_signature(const Language& language, Arena& arena, const Overload& overload);

 private:
  explicit LanguageBuilder(Language& language) : language_(language) {}

  void add_standard_types();
  Result<void> add_objects();
  Result<void> add_library(const Library& library);
  Result<void> add_overload(const Library& library, const Overload& overload);
  bool agree_on_signature(const Overload& a, const Overload& b);

  Language& language_;
  std::unordered_map<std::string_view, std::uint32_t> overload_numbers_;  // by id
};

}  // namespace kastell::cel

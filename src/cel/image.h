// Images: checked expressions as bytes, which a build prepares and a program reads without parsing and checking anew.
//
//   std::string bytes = write_image(*compile(environment, text));   // while the program is built
//   std::optional<Ast> ast = read_image(environment, text, bytes);  // in the program
//
// An image names overloads by their numbers, so it is good only for the environment (dialect, variables, sources) that
// it was checked in. Left out are the calls that macros replaced (Ast::macro_calls): unparsing needs them, running does
// not.
#pragma once

#include <optional>
#include <string>
#include <string_view>

#include "cel/ast.h"
#include "cel/environment.h"

namespace kastell::cel {

// `ast` is checked.
std::string write_image(const Ast& ast);

// Names in the tree point into `bytes`, which must outlive it. Nothing if the bytes are no image.
std::optional<Ast> read_image(const Environment& environment, std::string_view text, std::string_view bytes);

}  // namespace kastell::cel

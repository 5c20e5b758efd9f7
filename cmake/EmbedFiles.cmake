# Writes a C++ file whose FUNCTION gives FILES (a ;-list, relative to ROOT) as text.
# usage: cmake -DROOT=… -DFILES=… -DFUNCTION=… -DOUTPUT=… -P EmbedFiles.cmake
set(entries "")
foreach(name ${FILES})
  file(READ ${ROOT}/${name} text)
  if(text MATCHES "\\)KASTELL\"")
    message(FATAL_ERROR "${name}: cannot be embedded, it holds the end mark of the literal")
  endif()
  string(APPEND entries "    {\"${name}\", R\"KASTELL(${text})KASTELL\"sv},\n")
endforeach()
file(WRITE ${OUTPUT} "// Made by cmake/EmbedFiles.cmake; do not edit.
#include \"policy/catalog/embedded.h\"

// A compiler need not take a literal of more than 64 KiB; those that build this do.
#pragma GCC diagnostic ignored \"-Woverlength-strings\"

namespace kastell::policy {

namespace {
// A literal that knows its length: counting it would take a compiler more steps than it allows.
using std::operator\"\"sv;
constexpr EmbeddedFile files[] = {
${entries}};
}  // namespace

std::span<const EmbeddedFile> ${FUNCTION}() {
  return files;
}

}  // namespace kastell::policy
")

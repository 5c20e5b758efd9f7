# Writes a C++ file in which FUNCTION (kastell::NAMESPACE::…, declared in HEADER) gives the texts of the YAML documents
# of FILE, each a literal of its own, for compilers need not take one of more than 64 KiB.
# usage: cmake -DFILE=… -DOUTPUT=… -DHEADER=… -DNAMESPACE=… -DFUNCTION=… -P EmbedDocuments.cmake
file(READ ${FILE} text)
if(text MATCHES "\\)KASTELL\"")
  message(FATAL_ERROR "${FILE}: cannot be embedded, it holds the end mark of the literal")
endif()
string(REPLACE "\n---\n" "\n)KASTELL\",\n    R\"KASTELL(" text "${text}")
file(WRITE ${OUTPUT} "// Made by cmake/EmbedDocuments.cmake; do not edit.
#include \"${HEADER}\"

namespace kastell::${NAMESPACE} {

namespace {
constexpr std::string_view documents[] = {
    R\"KASTELL(${text})KASTELL\",
};
}  // namespace

std::span<const std::string_view> ${FUNCTION}() {
  return documents;
}

}  // namespace kastell::${NAMESPACE}
")

# Writes a C++ file in which FUNCTION (kastell::NAMESPACE::…, declared in HEADER) gives the text of FILE.
# usage: cmake -DFILE=… -DOUTPUT=… -DHEADER=… -DNAMESPACE=… -DFUNCTION=… -P EmbedText.cmake
file(READ ${FILE} text)
if(text MATCHES "\\)KASTELL\"")
  message(FATAL_ERROR "${FILE}: cannot be embedded, it holds the end mark of the literal")
endif()
file(WRITE ${OUTPUT} "// Made by cmake/EmbedText.cmake; do not edit.
#include \"${HEADER}\"

namespace kastell::${NAMESPACE} {

std::string_view ${FUNCTION}() {
  return R\"KASTELL(${text})KASTELL\";
}

}  // namespace kastell::${NAMESPACE}
")

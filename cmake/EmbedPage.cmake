# Writes a C++ file that gives the style and the script of the HTML report, with the hashes that its
# Content-Security-Policy names.
# usage: cmake -DFOLDER=… -DOUTPUT=… -P EmbedPage.cmake

# The bytes of HEX (a multiple of two digits) in base64.
function(base64 hex result)
  set(alphabet ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/)
  set(text "")
  string(LENGTH "${hex}" length)
  math(EXPR last "${length} - 1")
  foreach(at RANGE 0 ${last} 6)
    string(SUBSTRING "${hex}00000" ${at} 6 digits)
    math(EXPR bits "0x${digits}")
    foreach(shift 18 12 6 0)
      math(EXPR index "(${bits} >> ${shift}) & 63")
      string(SUBSTRING ${alphabet} ${index} 1 letter)
      string(APPEND text ${letter})
    endforeach()
  endforeach()
  # 32 bytes end in a group of two: one letter of padding.
  string(LENGTH "${text}" size)
  math(EXPR size "${size} - 1")
  string(SUBSTRING "${text}" 0 ${size} text)
  set(${result} "${text}=" PARENT_SCOPE)
endfunction()

set(functions "")
foreach(asset "page_style page.css" "page_script page.js")
  separate_arguments(parts UNIX_COMMAND "${asset}")
  list(GET parts 0 function)
  list(GET parts 1 name)
  file(READ ${FOLDER}/${name} text)
  if(text MATCHES "\\)KASTELL\"|</s[ct]")
    message(FATAL_ERROR "${name}: cannot be embedded, it holds the end mark of the literal or of its element")
  endif()
  file(SHA256 ${FOLDER}/${name} hash)
  base64(${hash} hash)
  string(APPEND functions "PageAsset ${function}() {
  return {R\"KASTELL(${text})KASTELL\"sv, \"${hash}\"sv};
}\n\n")
endforeach()
file(WRITE ${OUTPUT} "// Made by cmake/EmbedPage.cmake; do not edit.
#include \"report/html/page.h\"

namespace kastell::report {

using std::operator\"\"sv;

${functions}}  // namespace kastell::report
")

# How other people's libraries are linked, so that the program starts quickly: docs/decisions/007-cold-start.md.
include(CheckCXXSourceCompiles)

# Statically if libre2.a needs nothing else: the RE2 of 2023 and later needs Abseil.
macro(kastell_find_re2)
  find_library(RE2_LIBRARY re2 REQUIRED)
  find_library(RE2_ARCHIVE libre2.a)
  if(RE2_ARCHIVE)
    set(CMAKE_REQUIRED_LIBRARIES ${RE2_ARCHIVE} Threads::Threads)
    check_cxx_source_compiles("
      #include <re2/re2.h>
      int main() { return RE2::FullMatch(\"a\", \"a\") ? 0 : 1; }" KASTELL_RE2_ALONE)
    unset(CMAKE_REQUIRED_LIBRARIES)
  endif()
  if(KASTELL_RE2_ALONE)
    set(RE2_LIBRARY ${RE2_ARCHIVE})
  endif()
endmacro()

# The room has simdjson's header, and loads the library when it meets the first JSON text.
function(kastell_load_simdjson_late room)
  get_target_property(configurations simdjson::simdjson IMPORTED_CONFIGURATIONS)
  list(GET configurations 0 configuration)
  get_target_property(file_name simdjson::simdjson IMPORTED_SONAME_${configuration})
  target_compile_definitions(${room} PRIVATE KASTELL_SIMDJSON="${file_name}"
    $<TARGET_PROPERTY:simdjson::simdjson,INTERFACE_COMPILE_DEFINITIONS>)
endfunction()

# The C++ library inside the program, and nothing in it that is not used. Sanitizers want it shared.
function(kastell_quick_start program)
  if(KASTELL_SANITIZE OR NOT KASTELL_RE2_ALONE)
    return()
  endif()
  target_link_options(${program} PRIVATE -static-libstdc++ -static-libgcc -Wl,--gc-sections)
endfunction()

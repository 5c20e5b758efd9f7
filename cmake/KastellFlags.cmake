# Flags for every target of the project. Warnings are errors.
if(NOT CMAKE_BUILD_TYPE)
  set(CMAKE_BUILD_TYPE Release CACHE STRING "" FORCE)
endif()

add_library(kastell_flags INTERFACE)
target_compile_options(kastell_flags INTERFACE
  -Wall -Wextra -Wpedantic -Wshadow -Wnon-virtual-dtor -Wold-style-cast -Wimplicit-fallthrough -Werror
  # libstdc++ 12's stable_sort uses what Clang knows as deprecated.
  $<$<CXX_COMPILER_ID:Clang>:-Wno-deprecated-declarations>
  $<$<CONFIG:Release>:-O2>
  $<$<CONFIG:Debug>:-O1 -g1>)
target_include_directories(kastell_flags INTERFACE ${CMAKE_SOURCE_DIR}/src)
set(CMAKE_CXX_FLAGS_RELEASE "-DNDEBUG")
set(CMAKE_CXX_FLAGS_DEBUG "")

if(KASTELL_CHECKED)
  target_compile_definitions(kastell_flags INTERFACE _GLIBCXX_ASSERTIONS)
endif()
if(KASTELL_SANITIZE)
  target_compile_options(kastell_flags INTERFACE
    -fsanitize=${KASTELL_SANITIZE} -fno-sanitize-recover=all -fno-omit-frame-pointer)
  target_link_options(kastell_flags INTERFACE -fsanitize=${KASTELL_SANITIZE})
endif()
if(KASTELL_FUZZ)
  target_compile_options(kastell_flags INTERFACE -fsanitize=fuzzer-no-link)
endif()

find_program(CCACHE ccache)
if(CCACHE)
  set(CMAKE_CXX_COMPILER_LAUNCHER ${CCACHE})
endif()
find_program(MOLD mold)
if(MOLD AND CMAKE_CXX_COMPILER_ID STREQUAL "GNU")
  add_link_options(-fuse-ld=mold)
endif()

# Half of a compilation is the standard library's headers.
set(kastell_usual_headers <algorithm> <array> <charconv> <cstdint> <expected> <functional> <map> <memory> <optional>
  <set> <span> <string> <string_view> <unordered_map> <utility> <vector>)
function(kastell_precompile target headers)
  if(KASTELL_PRECOMPILE)
    target_precompile_headers(${target} PRIVATE ${headers})
    # Without times in it, so that ccache finds what it has.
    target_compile_options(${target} PRIVATE "SHELL:-Xclang -fno-pch-timestamp")
  endif()
endfunction()

# A room is one folder of src/, built as one static library kastell_<room>. A room IN a folder of another one is no
# part of that one.
function(kastell_room room)
  cmake_parse_arguments(ARG "" "IN" "USES;PRIVATELY" ${ARGN})
  if(NOT ARG_IN)
    set(ARG_IN ${room})
  endif()
  file(GLOB_RECURSE sources CONFIGURE_DEPENDS ${CMAKE_SOURCE_DIR}/src/${ARG_IN}/*.cpp)
  list(FILTER sources EXCLUDE REGEX "/src/cli/main\\.cpp$")
  if(NOT ARG_IN MATCHES "/")
    list(FILTER sources EXCLUDE REGEX "/src/kube/client/")
  endif()
  add_library(kastell_${room} STATIC ${sources})
  kastell_precompile(kastell_${room} "${kastell_usual_headers}")
  target_link_libraries(kastell_${room} PUBLIC kastell_flags)
  foreach(used ${ARG_USES})
    if(used MATCHES "::")
      target_link_libraries(kastell_${room} PUBLIC ${used})
    else()
      target_link_libraries(kastell_${room} PUBLIC kastell_${used})
    endif()
  endforeach()
  target_link_libraries(kastell_${room} PRIVATE ${ARG_PRIVATELY})
  set_property(GLOBAL APPEND PROPERTY KASTELL_ROOMS ${room})
endfunction()

# The files of policies/FOLDER become part of the policy room: the catalogue, the maps of frameworks, the appendices.
function(kastell_embed folder)
  file(GLOB_RECURSE files CONFIGURE_DEPENDS RELATIVE ${CMAKE_SOURCE_DIR} ${CMAKE_SOURCE_DIR}/policies/${folder}/*.yaml
       ${CMAKE_SOURCE_DIR}/policies/${folder}/*.Dockerfile)
  list(SORT files)
  list(TRANSFORM files PREPEND ${CMAKE_SOURCE_DIR}/ OUTPUT_VARIABLE paths)
  set(output ${CMAKE_BINARY_DIR}/generated/embedded_${folder}.cpp)
  add_custom_command(
    OUTPUT ${output}
    COMMAND ${CMAKE_COMMAND} -DROOT=${CMAKE_SOURCE_DIR} "-DFILES=${files}" -DFUNCTION=embedded_${folder}
            -DOUTPUT=${output} -P ${CMAKE_SOURCE_DIR}/cmake/EmbedFiles.cmake
    DEPENDS ${paths} ${CMAKE_SOURCE_DIR}/cmake/EmbedFiles.cmake
    VERBATIM)
  target_sources(kastell_policy PRIVATE ${output})
endfunction()

# Style and script of the HTML report become part of the report room.
function(kastell_embed_page)
  set(folder ${CMAKE_SOURCE_DIR}/src/report/html)
  set(output ${CMAKE_BINARY_DIR}/generated/html_page.cpp)
  add_custom_command(
    OUTPUT ${output}
    COMMAND ${CMAKE_COMMAND} -DFOLDER=${folder} -DOUTPUT=${output} -P ${CMAKE_SOURCE_DIR}/cmake/EmbedPage.cmake
    DEPENDS ${folder}/page.css ${folder}/page.js ${CMAKE_SOURCE_DIR}/cmake/EmbedPage.cmake
    VERBATIM)
  target_sources(kastell_report PRIVATE ${output})
endfunction()

# The controls once more, as an image that every start opens: a program of our own rooms reads and checks them and
# writes a library. Whoever uses the policy room gets it, but for that program.
function(kastell_catalog_image)
  file(GLOB_RECURSE files CONFIGURE_DEPENDS RELATIVE ${CMAKE_SOURCE_DIR} ${CMAKE_SOURCE_DIR}/policies/controls/*.yaml)
  list(SORT files)
  list(TRANSFORM files PREPEND ${CMAKE_SOURCE_DIR}/ OUTPUT_VARIABLE paths)
  set(output ${CMAKE_BINARY_DIR}/generated/catalog_image.cpp)
  add_executable(kastell_catalog_image ${CMAKE_SOURCE_DIR}/tools/catalog_image.cpp)
  set_target_properties(kastell_catalog_image PROPERTIES KASTELL_MAKES_CATALOG ON)
  target_link_libraries(kastell_catalog_image PRIVATE kastell_policy)
  add_custom_command(
    OUTPUT ${output}
    COMMAND kastell_catalog_image ${output} ${files}
    WORKING_DIRECTORY ${CMAKE_SOURCE_DIR}
    DEPENDS ${paths} kastell_catalog_image
    VERBATIM)
  add_library(kastell_catalog STATIC ${output})
  target_link_libraries(kastell_catalog PRIVATE kastell_flags)
  target_link_libraries(kastell_policy INTERFACE
    $<$<NOT:$<BOOL:$<TARGET_PROPERTY:KASTELL_MAKES_CATALOG>>>:kastell_catalog>)
endfunction()

# Tables of YAML documents that become part of the kube room: FUNCTION of HEADER gives their texts.
function(kastell_embed_table name header function)
  set(table ${CMAKE_SOURCE_DIR}/policies/tables/${name}.yaml)
  set(output ${CMAKE_BINARY_DIR}/generated/${name}.cpp)
  add_custom_command(
    OUTPUT ${output}
    COMMAND ${CMAKE_COMMAND} -DFILE=${table} -DOUTPUT=${output} -DHEADER=${header} -DNAMESPACE=kube
            -DFUNCTION=${function} -P ${CMAKE_SOURCE_DIR}/cmake/EmbedDocuments.cmake
    DEPENDS ${table} ${CMAKE_SOURCE_DIR}/cmake/EmbedDocuments.cmake
    VERBATIM)
  target_sources(kastell_kube PRIVATE ${output})
endfunction()

# The schemas of Kubernetes' API become part of the kube room, laid out by a program of its own.
function(kastell_schema_image)
  set(tables schemas.txt api-lifecycle.txt defaults.txt)
  list(TRANSFORM tables PREPEND ${CMAKE_SOURCE_DIR}/policies/tables/)
  set(output ${CMAKE_BINARY_DIR}/generated/schema_image.cpp)
  add_executable(kastell_schema_image ${CMAKE_SOURCE_DIR}/tools/schema_image.cpp)
  target_link_libraries(kastell_schema_image PRIVATE kastell_flags)
  add_custom_command(OUTPUT ${output} COMMAND kastell_schema_image ${output} ${tables} DEPENDS kastell_schema_image ${tables} VERBATIM)
  target_sources(kastell_kube PRIVATE ${output})
endfunction()

function(kastell_program)
  add_executable(kastell ${CMAKE_SOURCE_DIR}/src/cli/main.cpp)
  target_link_libraries(kastell PRIVATE kastell_cli)
  kastell_quick_start(kastell)
  set_target_properties(kastell PROPERTIES RUNTIME_OUTPUT_DIRECTORY ${CMAKE_BINARY_DIR})
  # `kubectl kastell` by these names on PATH.
  include(GNUInstallDirs)
  install(TARGETS kastell RUNTIME DESTINATION ${CMAKE_INSTALL_BINDIR})
  foreach(name kubectl-kastell kubectl_complete-kastell)
    install(CODE "file(CREATE_LINK kastell \"\$ENV{DESTDIR}\${CMAKE_INSTALL_PREFIX}/${CMAKE_INSTALL_BINDIR}/${name}\" SYMBOLIC)")
  endforeach()
endfunction()

# tests/<room>/*_test.cpp become one program kastell_<room>_tests; *_slow_test.cpp another one
# with the label «slow». Tests find the tree by KASTELL_SOURCE_DIR.
function(kastell_tests)
  find_package(GTest REQUIRED)
  file(GLOB folders CONFIGURE_DEPENDS ${CMAKE_SOURCE_DIR}/tests/*)
  foreach(folder ${folders})
    get_filename_component(room ${folder} NAME)
    if(NOT IS_DIRECTORY ${folder} OR NOT TARGET kastell_${room})
      continue()
    endif()
    file(GLOB_RECURSE sources CONFIGURE_DEPENDS ${folder}/*.cpp)
    set(slow ${sources})
    list(FILTER slow INCLUDE REGEX "_slow_test\\.cpp$")
    set(fast ${sources})
    list(FILTER fast EXCLUDE REGEX "_slow_test\\.cpp$")
    set(shared ${fast})
    list(FILTER shared EXCLUDE REGEX "_test\\.cpp$")
    kastell_test_program(kastell_${room}_tests ${room} fast "${fast}")
    kastell_test_program(kastell_${room}_slow_tests ${room} slow "${slow};${shared}")
  endforeach()
endfunction()

# Comparisons with what others publish: scripts that run the program, skipped by name where their data is not.
function(kastell_comparisons)
  set(shared $ENV{KASTELL_SHARED})
  if(NOT shared)
    set(shared ${CMAKE_SOURCE_DIR}/../shared)
  endif()
  find_package(Python3 REQUIRED COMPONENTS Interpreter)
  add_test(NAME posture_cases
    COMMAND Python3::Interpreter ${CMAKE_SOURCE_DIR}/tests/posture/run.py $<TARGET_FILE:kastell> ${shared}/data/posture)
  set_tests_properties(posture_cases PROPERTIES LABELS fast SKIP_RETURN_CODE 77 TIMEOUT 300)
  add_test(NAME rendered_charts
    COMMAND Python3::Interpreter ${CMAKE_SOURCE_DIR}/tests/render/run.py $<TARGET_FILE:kastell>)
  set_tests_properties(rendered_charts PROPERTIES LABELS slow SKIP_RETURN_CODE 77 TIMEOUT 900)
  add_test(NAME completions_in_shells
    COMMAND Python3::Interpreter ${CMAKE_SOURCE_DIR}/tests/cli/completions.py $<TARGET_FILE:kastell>)
  set_tests_properties(completions_in_shells PROPERTIES LABELS fast SKIP_RETURN_CODE 77 TIMEOUT 300)
  add_test(NAME kubectl_plugin
    COMMAND Python3::Interpreter ${CMAKE_SOURCE_DIR}/tests/cli/kubectl_plugin.py $<TARGET_FILE:kastell>)
  add_test(NAME report_schemas
    COMMAND Python3::Interpreter ${CMAKE_SOURCE_DIR}/tests/report/schemas.py $<TARGET_FILE:kastell>)
  add_test(NAME report_page
    COMMAND Python3::Interpreter ${CMAKE_SOURCE_DIR}/tests/report/page.py $<TARGET_FILE:kastell>)
  set_tests_properties(report_schemas report_page PROPERTIES LABELS slow SKIP_RETURN_CODE 77 TIMEOUT 600)
  add_test(NAME integrations
    COMMAND Python3::Interpreter ${CMAKE_SOURCE_DIR}/tests/cli/integrations.py $<TARGET_FILE:kastell>)
  set_tests_properties(integrations PROPERTIES LABELS fast SKIP_RETURN_CODE 77 TIMEOUT 300)
  set_tests_properties(kubectl_plugin PROPERTIES LABELS fast SKIP_RETURN_CODE 77 TIMEOUT 300)
endfunction()

function(kastell_test_program name room label sources)
  set(tests ${sources})
  list(FILTER tests INCLUDE REGEX "_test\\.cpp$")
  if(NOT tests)
    return()
  endif()
  add_executable(${name} ${sources})
  target_link_libraries(${name} PRIVATE kastell_${room} GTest::gtest GTest::gtest_main)
  target_include_directories(${name} PRIVATE ${CMAKE_SOURCE_DIR}/tests)
  target_compile_definitions(${name} PRIVATE KASTELL_SOURCE_DIR="${CMAKE_SOURCE_DIR}")
  kastell_precompile(${name} "${kastell_usual_headers};<gtest/gtest.h>")
  add_test(NAME ${name} COMMAND ${name} --gtest_brief=1)
  set_tests_properties(${name} PROPERTIES LABELS ${label} TIMEOUT 1800
    ENVIRONMENT "KASTELL=$<TARGET_FILE:kastell>")
endfunction()

# bench/<room>/*_bench.cpp: each a program of its own, never run by ctest.
function(kastell_benchmarks)
  file(GLOB_RECURSE sources CONFIGURE_DEPENDS ${CMAKE_SOURCE_DIR}/bench/*_bench.cpp)
  foreach(source ${sources})
    get_filename_component(name ${source} NAME_WE)
    get_filename_component(folder ${source} DIRECTORY)
    get_filename_component(room ${folder} NAME)
    add_executable(${name} EXCLUDE_FROM_ALL ${source})
    target_link_libraries(${name} PRIVATE kastell_${room})
    target_compile_definitions(${name} PRIVATE KASTELL_SOURCE_DIR="${CMAKE_SOURCE_DIR}")
    target_include_directories(${name} PRIVATE ${CMAKE_SOURCE_DIR}/tests)  # support/
    set_property(GLOBAL APPEND PROPERTY KASTELL_BENCHMARKS ${name})
    # A bench's third-party rivals stand beside it in <name>.libs, one library per line.
    if(EXISTS ${folder}/${name}.libs)
      file(STRINGS ${folder}/${name}.libs libraries)
      target_link_libraries(${name} PRIVATE ${libraries})
    endif()
  endforeach()
  get_property(all GLOBAL PROPERTY KASTELL_BENCHMARKS)
  add_custom_target(benchmarks DEPENDS ${all})
endfunction()

# fuzz/<room>/<name>_fuzz.cpp: one libFuzzer program each, corpus kept in fuzz/corpus/<name>/.
function(kastell_fuzz_targets)
  file(GLOB_RECURSE sources CONFIGURE_DEPENDS ${CMAKE_SOURCE_DIR}/fuzz/*_fuzz.cpp)
  add_custom_target(fuzz_targets)
  foreach(source ${sources})
    get_filename_component(name ${source} NAME_WE)
    get_filename_component(folder ${source} DIRECTORY)
    get_filename_component(room ${folder} NAME)
    add_executable(${name} ${source})
    target_link_libraries(${name} PRIVATE kastell_${room} -fsanitize=fuzzer)
    add_dependencies(fuzz_targets ${name})
  endforeach()
endfunction()

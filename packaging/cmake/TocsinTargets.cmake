# SPDX-FileCopyrightText: Tocsin contributors
# SPDX-License-Identifier: GPL-3.0-or-later
# One place for what every target of Tocsin has in common.

option(TOCSIN_WERROR "Warnings are errors" OFF)
set(TOCSIN_SANITIZE "" CACHE STRING "Sanitizers, as -fsanitize= takes them (address,undefined or thread)")

add_library(tocsin_common INTERFACE)
target_compile_features(tocsin_common INTERFACE cxx_std_20)
# A later Qt warns of what the oldest one that counts deprecates, and not of what that one has no other way for.
target_compile_definitions(tocsin_common INTERFACE QT_WARN_DEPRECATED_UP_TO=0x060400
    QT_NO_CAST_FROM_ASCII QT_NO_CAST_TO_ASCII QT_NO_CAST_FROM_BYTEARRAY QT_NO_URL_CAST_FROM_STRING
    QT_NO_FOREACH QT_NO_KEYWORDS QT_USE_QSTRINGBUILDER QT_DISABLE_DEPRECATED_BEFORE=0x060400
    TOCSIN_VERSION="${PROJECT_VERSION}")
target_compile_options(tocsin_common INTERFACE -Wall -Wextra -Wpedantic -Wshadow -Wnon-virtual-dtor -Woverloaded-virtual
    -Wimplicit-fallthrough -Wextra-semi -fno-omit-frame-pointer $<$<BOOL:${TOCSIN_WERROR}>:-Werror>)
# Some libraries ask for it; one precompiled header serves several folders only where all are compiled alike.
target_compile_options(tocsin_common INTERFACE $<$<BOOL:${UNIX}>:-pthread>)
# Assertions stay, Qt's too: only the release preset is without them.
target_compile_definitions(tocsin_common INTERFACE $<$<NOT:$<CONFIG:Release>>:QT_FORCE_ASSERTS>)
# Where several files are compiled as one, GCC takes each for a header, whose classes may not hold what is the file's own.
target_compile_options(tocsin_common INTERFACE
    $<$<AND:$<CXX_COMPILER_ID:GNU>,$<BOOL:$<TARGET_PROPERTY:UNITY_BUILD>>>:-Wno-subobject-linkage>)
if(TOCSIN_SANITIZE)
    target_compile_options(tocsin_common INTERFACE -fsanitize=${TOCSIN_SANITIZE} -fno-sanitize-recover=all)
    target_link_options(tocsin_common INTERFACE -fsanitize=${TOCSIN_SANITIZE})
endif()

# tocsin_hardened: what makes a fault of memory hard to use, as far as compiler, linker and machine know it. For what is
# delivered, not for tests, which are not optimised; a sanitizer finds more, and is in the way of some.
include(CheckCXXCompilerFlag)
include(CheckLinkerFlag)
add_library(tocsin_hardened INTERFACE)
if(NOT TOCSIN_SANITIZE)
    foreach(flag -fstack-protector-strong -fstack-clash-protection -fcf-protection=full -mbranch-protection=standard)
        string(MAKE_C_IDENTIFIER "TOCSIN_HAS${flag}" known)
        check_cxx_compiler_flag("-Werror ${flag}" ${known})
        if(${known})
            target_compile_options(tocsin_hardened INTERFACE ${flag})
        endif()
    endforeach()
    target_compile_options(tocsin_hardened INTERFACE -D_GLIBCXX_ASSERTIONS
        $<$<NOT:$<CONFIG:Debug>>:-U_FORTIFY_SOURCE> $<$<NOT:$<CONFIG:Debug>>:-D_FORTIFY_SOURCE=3>)
    foreach(flag -pie -Wl,-z,relro -Wl,-z,now -Wl,-z,noexecstack)
        string(MAKE_C_IDENTIFIER "TOCSIN_HAS${flag}" known)
        check_linker_flag(CXX ${flag} ${known})
        if(${known})
            target_link_options(tocsin_hardened INTERFACE ${flag})
        endif()
    endforeach()
endif()

find_program(TOCSIN_MOLD mold)
if(TOCSIN_MOLD AND NOT TOCSIN_SANITIZE)
    target_link_options(tocsin_common INTERFACE -fuse-ld=mold)
endif()

# With link-time optimisation GCC 12 takes what QHash computes for its table's size to be more than there can be.
if(CMAKE_CXX_COMPILER_ID STREQUAL "GNU" AND CMAKE_INTERPROCEDURAL_OPTIMIZATION)
    target_link_options(tocsin_common INTERFACE -Wno-alloc-size-larger-than)
endif()

# ccache and precompiled headers agree only when told to (see "PRECOMPILED HEADERS" in ccache's manual).
find_program(TOCSIN_CCACHE ccache)
if(TOCSIN_CCACHE)
    set(CMAKE_CXX_COMPILER_LAUNCHER ${CMAKE_COMMAND} -E env
        CCACHE_SLOPPINESS=pch_defines,time_macros,include_file_mtime,include_file_ctime
        "CCACHE_BASEDIR=${PROJECT_SOURCE_DIR}" CCACHE_NOHASHDIR=1 ${TOCSIN_CCACHE})
    target_compile_options(tocsin_common INTERFACE $<$<CXX_COMPILER_ID:GNU>:-fpch-preprocess>)
endif()

# tocsin_expect_little_of_moc(<target>): sources include what moc makes of them and their headers, so what is left for
# AUTOMOC's own source is little or nothing, and does not wait for precompiled headers.
function(tocsin_expect_little_of_moc target)
    set_source_files_properties("${CMAKE_CURRENT_BINARY_DIR}/${target}_autogen/mocs_compilation.cpp"
        PROPERTIES SKIP_PRECOMPILE_HEADERS ON)
endfunction()

# tocsin_add_library(<folder> SOURCES … HEADERS … LINKS …): the library tocsin_<folder>, a folder of src/. LINKS says what its
# public headers and code may know; nothing else is on its include path. It is static, as the programs are delivered, but under
# a sanitizer (BUILD_SHARED_LIBS in its preset): what that makes of the code, in each test anew, would take ten gigabytes.
function(tocsin_add_library name)
    cmake_parse_arguments(PARSE_ARGV 1 arg "" "" "SOURCES;HEADERS;LINKS;PRIVATE_LINKS")
    set(target tocsin_${name})
    if(arg_SOURCES)
        add_library(${target} ${arg_SOURCES})
        set(visibility PUBLIC)
        tocsin_expect_little_of_moc(${target})
        set_target_properties(${target} PROPERTIES AUTOMOC ON AUTOUIC ON AUTOUIC_SEARCH_PATHS "${PROJECT_SOURCE_DIR}/ui"
            DEFINE_SYMBOL "") # which would differ from folder to folder, and keep them from sharing precompiled headers
        target_link_libraries(${target} PRIVATE tocsin_hardened ${arg_PRIVATE_LINKS})
        if(name STREQUAL "base")
            target_precompile_headers(${target} PRIVATE <nlohmann/json.hpp> <QtCore> <algorithm> <chrono> <functional> <memory> <optional>)
        else()
            target_precompile_headers(${target} REUSE_FROM tocsin_base)
        endif()
    else()
        add_library(${target} INTERFACE)
        set(visibility INTERFACE)
    endif()
    target_sources(${target} ${visibility} FILE_SET HEADERS BASE_DIRS "${CMAKE_CURRENT_SOURCE_DIR}" FILES ${arg_HEADERS})
    target_link_libraries(${target} ${visibility} tocsin_common ${arg_LINKS})
    set_target_properties(${target} PROPERTIES VERIFY_INTERFACE_HEADER_SETS ON)
endfunction()

# What every test runs with. die_after_fork: QProcess forks in a way that ThreadSanitizer takes for the end of a test with threads.
set(TOCSIN_TEST_ENVIRONMENT
    "TSAN_OPTIONS=ignore_noninstrumented_modules=1:die_after_fork=0"
    "LSAN_OPTIONS=suppressions=${PROJECT_SOURCE_DIR}/tests/lsan.supp:print_suppressions=0")

# tocsin_compile_as_test(<target> core|widgets): tests are compiled unoptimised, which is quickest, and share the headers that
# tocsin_testheaders_core or …_widgets precompiles.
function(tocsin_compile_as_test target precompiled)
    target_compile_options(${target} PRIVATE $<$<NOT:$<CONFIG:Release>>:-O0>)
    target_precompile_headers(${target} REUSE_FROM tocsin_testheaders_${precompiled})
    tocsin_expect_little_of_moc(${target})
endfunction()

# tocsin_add_test(<name> SOURCES … LINKS … [TIMEOUT seconds] [LABELS …] [RUNNER program …]): one Qt Test program, registered
# with CTest: offscreen, a profile and home of its own, never more than the time given. RUNNER is what starts it there.
function(tocsin_add_test name)
    cmake_parse_arguments(PARSE_ARGV 1 arg "" "TIMEOUT" "SOURCES;LINKS;LABELS;ENVIRONMENT;RUNNER")
    if(NOT arg_TIMEOUT)
        set(arg_TIMEOUT 120)
    endif()
    if(TOCSIN_SANITIZE) # everything takes several times as long
        math(EXPR arg_TIMEOUT "3 * ${arg_TIMEOUT}")
    endif()
    add_executable(${name} ${arg_SOURCES})
    set_target_properties(${name} PROPERTIES AUTOMOC ON RUNTIME_OUTPUT_DIRECTORY "${PROJECT_BINARY_DIR}/tests")
    target_link_libraries(${name} PRIVATE tocsin_common Qt6::Test ${arg_LINKS})
    if(arg_LINKS MATCHES "tocsin_desktop_")
        tocsin_compile_as_test(${name} widgets)
    else()
        tocsin_compile_as_test(${name} core)
    endif()
    target_compile_definitions(${name} PRIVATE TOCSIN_TEST_DATA="${PROJECT_SOURCE_DIR}/tests/data")
    add_test(NAME ${name} COMMAND "${PROJECT_SOURCE_DIR}/tests/isolated" ${arg_RUNNER} $<TARGET_FILE:${name}>)
    set_tests_properties(${name} PROPERTIES TIMEOUT ${arg_TIMEOUT} LABELS "unit;${arg_LABELS}"
        ENVIRONMENT "QT_QPA_PLATFORM=offscreen;TOCSIN_BIN=${PROJECT_BINARY_DIR}/bin;${TOCSIN_TEST_ENVIRONMENT};${arg_ENVIRONMENT}")
endfunction()

# What every target of ours is compiled with.
set(CMAKE_CXX_STANDARD 20)
set(CMAKE_CXX_STANDARD_REQUIRED ON)
set(CMAKE_CXX_EXTENSIONS OFF)
set(CMAKE_RUNTIME_OUTPUT_DIRECTORY "${CMAKE_BINARY_DIR}/bin")
# What the program finds by its place beside itself, in the build tree as when it is installed.
include(GNUInstallDirs)
set(FOVEA_PRIVATE_DIR "${CMAKE_INSTALL_LIBDIR}/fovea")
set(CMAKE_POSITION_INDEPENDENT_CODE ON)

if(CMAKE_CXX_COMPILER_ID STREQUAL "GNU" AND CMAKE_CXX_COMPILER_VERSION VERSION_LESS 12)
    message(FATAL_ERROR "GCC ${CMAKE_CXX_COMPILER_VERSION} is too old: Fovea needs GCC 12 or Clang 14.")
elseif(CMAKE_CXX_COMPILER_ID STREQUAL "Clang" AND CMAKE_CXX_COMPILER_VERSION VERSION_LESS 14)
    message(FATAL_ERROR "Clang ${CMAKE_CXX_COMPILER_VERSION} is too old: Fovea needs GCC 12 or Clang 14.")
endif()

if(FOVEA_ASSERTIONS)
    foreach(flags CMAKE_CXX_FLAGS_RELEASE CMAKE_CXX_FLAGS_RELWITHDEBINFO)
        string(REGEX REPLACE "[-/]DNDEBUG" "" ${flags} "${${flags}}")
    endforeach()
    add_compile_definitions(_GLIBCXX_ASSERTIONS)
endif()

find_program(FOVEA_CCACHE ccache)
if(FOVEA_CCACHE)
    # The four slopes and the base folder are what makes a precompiled header hit the cache, also
    # from another build folder.
    set(CMAKE_CXX_COMPILER_LAUNCHER
        ${CMAKE_COMMAND} -E env
        CCACHE_SLOPPINESS=pch_defines,time_macros,include_file_mtime,include_file_ctime
        CCACHE_NOHASHDIR=1 "CCACHE_BASEDIR=${CMAKE_SOURCE_DIR}" ${FOVEA_CCACHE}
    )
endif()

# fovea_target(NAME): warnings, sanitizers and defines of our own code.
function(fovea_target name)
    target_compile_options(
        ${name} PRIVATE -Wall -Wextra -Wpedantic -Wshadow -Wconversion -Wno-sign-conversion -fopenmp-simd
    )
    if(CMAKE_CXX_COMPILER_ID STREQUAL "GNU" AND FOVEA_CCACHE)
        target_compile_options(${name} PRIVATE -fpch-preprocess)
    endif()
    if(CMAKE_CXX_COMPILER_ID STREQUAL "GNU" AND CMAKE_CXX_COMPILER_VERSION VERSION_LESS 13)
        # GCC 12 warns wrongly at "text" + string: https://gcc.gnu.org/PR105651
        target_compile_options(${name} PRIVATE -Wno-restrict)
    endif()
    if(FOVEA_WARNINGS_AS_ERRORS)
        target_compile_options(${name} PRIVATE -Werror)
    endif()
    if(FOVEA_SANITIZE STREQUAL "thread" AND CMAKE_CXX_COMPILER_ID STREQUAL "GNU")
        # LibTorch's headers use a fence that GCC's thread sanitizer does not model.
        target_compile_options(${name} PRIVATE -Wno-tsan)
    endif()
    if(FOVEA_SANITIZE)
        # AddressSanitizer sees what the three that are left out would, which double the time of compiling.
        target_compile_options(
            ${name} PRIVATE -fsanitize=${FOVEA_SANITIZE} -fno-sanitize=null,object-size,pointer-overflow
                            -fno-omit-frame-pointer -O1 -g1
        )
        target_link_options(${name} PRIVATE -fsanitize=${FOVEA_SANITIZE})
        if(NOT name MATCHES "^fovea_(core|render|widgets|gui)")
            # Of the tests themselves the undefined is left to the compiler's warnings: gtest's macros
            # would take longest of all.
            target_compile_options(${name} PRIVATE -fno-sanitize=undefined)
        endif()
        # One set of instructions beside the processor's least, where a release has five.
        target_compile_definitions(
            ${name} PRIVATE "HWY_DISABLED_TARGETS=(HWY_SSSE3|HWY_SSE4|HWY_AVX3|HWY_AVX3_DL)"
        )
    endif()
    target_include_directories(${name} PRIVATE "${CMAKE_SOURCE_DIR}")
endfunction()

# fovea_headers_alone(NAME HEADERS...): a target that compiles each header by itself, and twice over. Target headers
# makes all of them; nothing else needs them.
add_custom_target(headers)
function(fovea_headers_alone name)
    foreach(header ${ARGN})
        file(RELATIVE_PATH path "${CMAKE_SOURCE_DIR}" "${header}")
        string(MAKE_C_IDENTIFIER "${path}" unit)
        set(file "${CMAKE_CURRENT_BINARY_DIR}/headers/${unit}.cpp")
        file(CONFIGURE OUTPUT "${file}" CONTENT "#include \"${path}\"\n#include \"${path}\"\n")
        list(APPEND units "${file}")
    endforeach()
    add_library(${name} OBJECT EXCLUDE_FROM_ALL ${units})
    add_dependencies(headers ${name})
    fovea_target(${name})
endfunction()

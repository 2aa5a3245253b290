# Finds LibTorch without its own CMake files, which insist on a CUDA toolkit.
#
# Looks in FOVEA_LIBTORCH (variable or environment: a folder with include/ and lib/, or the `torch`
# folder of a wheel), then where `./dev` unpacked the pinned version, then in the system.
# Defines LibTorch::c10 and LibTorch::cpu. CUDA's library is never linked: it is loaded at run time.

set(_hints "${FOVEA_LIBTORCH}" "$ENV{FOVEA_LIBTORCH}")
find_path(
    LibTorch_INCLUDE_DIR ATen/ATen.h
    HINTS ${_hints}
    PATH_SUFFIXES include torch/include
)
if(LibTorch_INCLUDE_DIR)
    foreach(_file torch/headeronly/version.h torch/csrc/api/include/torch/version.h)
        set(_version_file "${LibTorch_INCLUDE_DIR}/${_file}")
        if(EXISTS "${_version_file}" AND NOT LibTorch_VERSION)
            file(STRINGS "${_version_file}" _lines REGEX "define TORCH_VERSION_(MAJOR|MINOR|PATCH) ")
            string(REGEX MATCHALL "[0-9]+" _numbers "${_lines}")
            list(JOIN _numbers "." LibTorch_VERSION)
        endif()
    endforeach()
    foreach(_name c10 torch_cpu)
        find_library(LibTorch_${_name}_LIBRARY ${_name} HINTS "${LibTorch_INCLUDE_DIR}/../lib" NO_DEFAULT_PATH)
        find_library(LibTorch_${_name}_LIBRARY ${_name})
    endforeach()
endif()

if(LibTorch_VERSION AND LibTorch_VERSION VERSION_LESS LibTorch_FIND_VERSION)
    message(
        FATAL_ERROR
            "LibTorch ${LibTorch_VERSION} in ${LibTorch_INCLUDE_DIR} is too old: Fovea needs "
            "${LibTorch_FIND_VERSION} or newer (Debian's own package is 1.13). Run ./dev build, which "
            "fetches a pinned LibTorch, or point FOVEA_LIBTORCH at the folder of a newer one."
    )
endif()

include(FindPackageHandleStandardArgs)
find_package_handle_standard_args(
    LibTorch
    REQUIRED_VARS LibTorch_torch_cpu_LIBRARY LibTorch_c10_LIBRARY LibTorch_INCLUDE_DIR
    VERSION_VAR LibTorch_VERSION
    REASON_FAILURE_MESSAGE
        "Run ./dev build, which fetches a pinned LibTorch, or set FOVEA_LIBTORCH to the folder of yours."
)

if(LibTorch_FOUND AND NOT TARGET LibTorch::cpu)
    get_filename_component(LibTorch_LIBRARY_DIR "${LibTorch_torch_cpu_LIBRARY}" DIRECTORY)
    # The wheel's libtorch_cpu needs CUDA's run-time and profiling libraries even without a GPU.
    file(GLOB LibTorch_NVIDIA_DIRS "${LibTorch_LIBRARY_DIR}/../../nvidia/*/lib")
    foreach(_name c10 torch_cpu)
        string(REPLACE torch_ "" _target "${_name}")
        add_library(LibTorch::${_target} SHARED IMPORTED)
        set_target_properties(
            LibTorch::${_target}
            PROPERTIES
                IMPORTED_LOCATION "${LibTorch_${_name}_LIBRARY}"
                INTERFACE_INCLUDE_DIRECTORIES
                    "${LibTorch_INCLUDE_DIR};${LibTorch_INCLUDE_DIR}/torch/csrc/api/include"
        )
    endforeach()
    set_target_properties(LibTorch::cpu PROPERTIES INTERFACE_LINK_LIBRARIES LibTorch::c10)
    foreach(_dir ${LibTorch_NVIDIA_DIRS})
        set_property(
            TARGET LibTorch::cpu APPEND PROPERTY INTERFACE_LINK_OPTIONS "LINKER:-rpath-link,${_dir}"
        )
    endforeach()
endif()

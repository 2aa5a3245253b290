# Finds Apache Arrow and its Parquet for C++: in FOVEA_ARROW (variable or environment: the `pyarrow`
# folder of a wheel, where `./dev` unpacked the pinned version), then in the system. Defines
# ArrowParquet::ArrowParquet.
set(_hints "${FOVEA_ARROW}" "$ENV{FOVEA_ARROW}")
find_path(ArrowParquet_INCLUDE_DIR parquet/arrow/reader.h HINTS ${_hints} PATH_SUFFIXES include)
if(ArrowParquet_INCLUDE_DIR)
    file(STRINGS "${ArrowParquet_INCLUDE_DIR}/arrow/util/config.h" _version
         REGEX "define ARROW_VERSION_STRING "
    )
    string(REGEX REPLACE ".*\"(.*)\".*" "\\1" ArrowParquet_VERSION "${_version}")
    # A wheel's libraries have their version in the name, and no name without.
    foreach(_name arrow parquet)
        file(GLOB _pinned "${ArrowParquet_INCLUDE_DIR}/../lib${_name}.so.*")
        if(_pinned)
            list(GET _pinned 0 ArrowParquet_${_name}_LIBRARY)
        else()
            find_library(ArrowParquet_${_name}_LIBRARY ${_name})
        endif()
    endforeach()
endif()

include(FindPackageHandleStandardArgs)
find_package_handle_standard_args(
    ArrowParquet
    REQUIRED_VARS ArrowParquet_parquet_LIBRARY ArrowParquet_arrow_LIBRARY ArrowParquet_INCLUDE_DIR
    VERSION_VAR ArrowParquet_VERSION
    REASON_FAILURE_MESSAGE "Without it Parquet and Feather files are refused. ./dev build fetches it."
)

if(ArrowParquet_FOUND AND NOT TARGET ArrowParquet::ArrowParquet)
    add_library(ArrowParquet::Arrow SHARED IMPORTED)
    set_target_properties(
        ArrowParquet::Arrow
        PROPERTIES IMPORTED_LOCATION "${ArrowParquet_arrow_LIBRARY}"
                   INTERFACE_INCLUDE_DIRECTORIES "${ArrowParquet_INCLUDE_DIR}"
    )
    add_library(ArrowParquet::ArrowParquet SHARED IMPORTED)
    set_target_properties(
        ArrowParquet::ArrowParquet
        PROPERTIES IMPORTED_LOCATION "${ArrowParquet_parquet_LIBRARY}"
                   INTERFACE_LINK_LIBRARIES ArrowParquet::Arrow
    )
endif()

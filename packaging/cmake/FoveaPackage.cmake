# Install rules and packages. LibTorch travels in lib/fovea in the wheel's own shape, since its
# libraries find each other by relative paths.
include(GNUInstallDirs)
set(_private "${CMAKE_INSTALL_LIBDIR}/fovea")
install(TARGETS fovea RUNTIME DESTINATION "${CMAKE_INSTALL_BINDIR}")
set_target_properties(fovea PROPERTIES INSTALL_RPATH "$ORIGIN/../${_private}/torch/lib")

get_filename_component(_torch_lib "${LibTorch_torch_cpu_LIBRARY}" DIRECTORY)
file(GLOB _gomp "${_torch_lib}/libgomp*.so*")
install(FILES "${_torch_lib}/libtorch_cpu.so" "${_torch_lib}/libc10.so" ${_gomp}
        DESTINATION "${_private}/torch/lib"
)
file(GLOB _cuda "${_torch_lib}/../../nvidia/cu13/lib/libcudart.so.*"
     "${_torch_lib}/../../nvidia/cu13/lib/libcupti.so.*"
)
install(FILES ${_cuda} DESTINATION "${_private}/nvidia/cu13/lib")
install(FILES "${CMAKE_SOURCE_DIR}/LICENSE" "${CMAKE_SOURCE_DIR}/README.md"
        DESTINATION "${CMAKE_INSTALL_DOCDIR}"
)

set(CPACK_PACKAGE_NAME fovea)
set(CPACK_PACKAGE_VENDOR "The Fovea authors")
set(CPACK_PACKAGE_CONTACT "The Fovea authors")
set(CPACK_RESOURCE_FILE_LICENSE "${CMAKE_SOURCE_DIR}/LICENSE")
set(CPACK_STRIP_FILES OFF)
set(CPACK_GENERATOR TGZ)
include(CPack)

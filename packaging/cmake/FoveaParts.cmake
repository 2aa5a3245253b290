# Read by CPack for each package: the archive carries Qt, the .deb has Debian's.
if(CPACK_GENERATOR STREQUAL "DEB")
    set(CPACK_COMPONENTS_ALL fovea)
else()
    set(CPACK_COMPONENTS_ALL fovea qt)
endif()

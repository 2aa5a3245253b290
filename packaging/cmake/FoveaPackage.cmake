# Install rules and packages. LibTorch travels in lib/fovea in the wheel's own shape, since its
# libraries find each other by relative paths. The .tar.gz carries Qt too and runs where nothing but a
# display is; the .deb takes Qt from Debian.
set(CMAKE_INSTALL_DOCDIR share/doc/fovea)
set(_private "${FOVEA_PRIVATE_DIR}")
set_target_properties(
    fovea PROPERTIES INSTALL_RPATH "$ORIGIN/../${_private}/torch/lib:$ORIGIN/../${_private}/qt/lib"
)
# The older kind of path, which also holds for what the libraries need of each other.
target_link_options(fovea PRIVATE LINKER:--disable-new-dtags)
install(TARGETS fovea RUNTIME DESTINATION "${CMAKE_INSTALL_BINDIR}" COMPONENT fovea)

get_filename_component(_torch_lib "${LibTorch_torch_cpu_LIBRARY}" DIRECTORY)
file(GLOB _gomp "${_torch_lib}/libgomp*.so*")
install(FILES "${_torch_lib}/libtorch_cpu.so" "${_torch_lib}/libc10.so" ${_gomp}
        DESTINATION "${_private}/torch/lib" COMPONENT fovea
)
file(GLOB _cuda "${_torch_lib}/../../nvidia/cu13/lib/libcudart.so.*"
     "${_torch_lib}/../../nvidia/cu13/lib/libcupti.so.*"
)
install(FILES ${_cuda} DESTINATION "${_private}/nvidia/cu13/lib" COMPONENT fovea)
if(ArrowParquet_FOUND)
    install(TARGETS fovea_arrow LIBRARY DESTINATION "${_private}" COMPONENT fovea)
    install(FILES "${ArrowParquet_arrow_LIBRARY}" "${ArrowParquet_parquet_LIBRARY}"
            DESTINATION "${_private}/arrow/lib" COMPONENT fovea
    )
endif()
install(FILES "${CMAKE_SOURCE_DIR}/LICENSE" DESTINATION "${CMAKE_INSTALL_DOCDIR}" RENAME copyright
        COMPONENT fovea
)
# The pages as they link to each other and to their pictures.
install(FILES "${CMAKE_SOURCE_DIR}/README.md" "${CMAKE_SOURCE_DIR}/HACKING.md"
        DESTINATION "${CMAKE_INSTALL_DOCDIR}" COMPONENT fovea)
install(DIRECTORY "${CMAKE_SOURCE_DIR}/docs" DESTINATION "${CMAKE_INSTALL_DOCDIR}" COMPONENT fovea
        PATTERN sheets EXCLUDE
        PATTERN "*-2x.png" EXCLUDE
        PATTERN "*-1.5x.png" EXCLUDE
)

# LibTorch's own licences, those of what is linked into it, NVIDIA's and Arrow's.
file(GLOB _notices "${_torch_lib}/../../*.dist-info/licenses"
     "${ArrowParquet_INCLUDE_DIR}/../../*.dist-info/licenses"
)
foreach(notices ${_notices})
    get_filename_component(name "${notices}/.." REALPATH)
    get_filename_component(name "${name}" NAME)
    string(REPLACE ".dist-info" "" name "${name}")
    install(DIRECTORY "${notices}/" DESTINATION "${CMAKE_INSTALL_DOCDIR}/licences/${name}" COMPONENT fovea)
endforeach()

if(FOVEA_WITH_QT)
    set(_desktop "${CMAKE_SOURCE_DIR}/packaging/desktop")
    install(FILES "${_desktop}/fovea.desktop" DESTINATION share/applications COMPONENT fovea)
    install(FILES "${_desktop}/fovea.xml" DESTINATION share/mime/packages COMPONENT fovea)
    # Software centres load screenshots from the web: whoever publishes says from where.
    set(FOVEA_PICTURES_URL "" CACHE STRING "Where docs/pictures is published, for AppStream")
    function(_metainfo url file)
        if(url)
            set(FOVEA_SCREENSHOTS "  <screenshots>
    <screenshot type=\"default\">
      <caption>A run that trains, and the attention of one user</caption>
      <caption xml:lang=\"zh-CN\">正在训练的运行，以及一个用户的注意力</caption>
      <image>${url}/train-live-map-1x.png</image>
    </screenshot>
    <screenshot>
      <caption>What each head looks at in one history</caption>
      <caption xml:lang=\"zh-CN\">每个头在一段历史中关注什么</caption>
      <image>${url}/attention-1x.png</image>
    </screenshot>
  </screenshots>\n")
        endif()
        configure_file("${_desktop}/org.fovea.Fovea.metainfo.xml.in" "${file}" @ONLY)
    endfunction()
    _metainfo("${FOVEA_PICTURES_URL}" "${CMAKE_BINARY_DIR}/org.fovea.Fovea.metainfo.xml")
    _metainfo("https://example.org/pictures" "${CMAKE_BINARY_DIR}/published/org.fovea.Fovea.metainfo.xml")
    install(FILES "${CMAKE_BINARY_DIR}/org.fovea.Fovea.metainfo.xml" DESTINATION share/metainfo COMPONENT fovea)
    install(FILES "${CMAKE_SOURCE_DIR}/resources/icons/fovea.svg"
            DESTINATION share/icons/hicolor/scalable/apps COMPONENT fovea
    )
    foreach(size 16 24 32 48 64 128 256 512)
        install(FILES "${CMAKE_SOURCE_DIR}/resources/png/fovea-${size}.png"
                DESTINATION share/icons/hicolor/${size}x${size}/apps RENAME fovea.png COMPONENT fovea
        )
    endforeach()

    # Qt, its plugins and what they need, but for the system's own C library and the display's driver.
    get_target_property(_qt_core Qt6::Core LOCATION)
    get_filename_component(_qt_lib "${_qt_core}" DIRECTORY)
    set(_qt_plugins "${_qt_lib}/qt6/plugins")
    set(_plugins platforms/libqxcb.so platforms/libqoffscreen.so iconengines/libqsvgicon.so
        imageformats/libqsvg.so xcbglintegrations/libqxcb-glx-integration.so
        platforminputcontexts/libcomposeplatforminputcontextplugin.so
        platforminputcontexts/libibusplatforminputcontextplugin.so
    )
    foreach(plugin ${_plugins})
        get_filename_component(folder "${plugin}" DIRECTORY)
        install(FILES "${_qt_plugins}/${plugin}" DESTINATION "${_private}/qt/plugins/${folder}"
                COMPONENT qt
        )
        list(APPEND _plugin_files "${_qt_plugins}/${plugin}")
    endforeach()
    install(FILES "${_qt_lib}/../../share/qt6/translations/qtbase_zh_CN.qm"
            DESTINATION "${_private}/qt/translations" COMPONENT qt OPTIONAL
    )
    # A bare system has no font, or none for Chinese.
    install(FILES /usr/share/fonts/truetype/dejavu/DejaVuSans.ttf
                  /usr/share/fonts/truetype/dejavu/DejaVuSans-Bold.ttf
                  /usr/share/fonts/truetype/wqy/wqy-microhei.ttc
            DESTINATION "${_private}/fonts" COMPONENT qt OPTIONAL
    )
    install(CODE "
        file(GET_RUNTIME_DEPENDENCIES
            EXECUTABLES \"$<TARGET_FILE:fovea>\"
            LIBRARIES ${_plugin_files}
            RESOLVED_DEPENDENCIES_VAR found
            UNRESOLVED_DEPENDENCIES_VAR missing
            PRE_EXCLUDE_REGEXES \"lib(torch_cpu|c10|gomp|cudart|cupti)\"
            POST_EXCLUDE_REGEXES \"/(ld-linux|lib(c|m|dl|rt|pthread|resolv|GL|GLX|GLdispatch|EGL|OpenGL|drm|gbm))[-.]\"
        )
        foreach(library IN LISTS found)
            file(INSTALL \"\${library}\" DESTINATION \"\${CMAKE_INSTALL_PREFIX}/${_private}/qt/lib\"
                 FOLLOW_SYMLINK_CHAIN)
        endforeach()
        # Each library's licence, as its Debian package tells it.
        include(\"${CMAKE_SOURCE_DIR}/packaging/cmake/FoveaOwners.cmake\")
        fovea_owners(owners \${found} ${_plugin_files})
        foreach(owner IN LISTS owners)
            if(EXISTS \"/usr/share/doc/\${owner}/copyright\")
                file(INSTALL \"/usr/share/doc/\${owner}/copyright\" RENAME \"\${owner}.txt\"
                     DESTINATION \"\${CMAKE_INSTALL_PREFIX}/${CMAKE_INSTALL_DOCDIR}/licences\")
            endif()
        endforeach()
        file(WRITE \"\${CMAKE_INSTALL_PREFIX}/${CMAKE_INSTALL_BINDIR}/qt.conf\"
             \"[Paths]\\nPrefix = ../${_private}/qt\\nPlugins = plugins\\n\")
        " COMPONENT qt
    )
endif()

set(CPACK_PACKAGE_NAME fovea)
set(CPACK_PACKAGE_VENDOR "The Fovea authors")
set(CPACK_PACKAGE_CONTACT "The Fovea authors <fovea@localhost>")
set(CPACK_PACKAGE_DESCRIPTION_SUMMARY "${PROJECT_DESCRIPTION}")
set(CPACK_RESOURCE_FILE_LICENSE "${CMAKE_SOURCE_DIR}/LICENSE")
set(CPACK_STRIP_FILES OFF)
set(CPACK_GENERATOR TGZ DEB)
set(CPACK_ARCHIVE_COMPONENT_INSTALL ON)
set(CPACK_COMPONENT_INCLUDE_TOPLEVEL_DIRECTORY ON)
set(CPACK_DEB_COMPONENT_INSTALL ON)
set(CPACK_COMPONENTS_GROUPING ALL_COMPONENTS_IN_ONE)
set(CPACK_DEBIAN_PACKAGE_SECTION science)
set(CPACK_DEBIAN_COMPRESSION_TYPE zstd)
set(CPACK_DEBIAN_FILE_NAME DEB-DEFAULT)
# For FoveaParts.cmake, which finds out what the .deb depends on.
set(CPACK_FOVEA_PROGRAM "${CMAKE_BINARY_DIR}/bin/fovea")
set(CPACK_FOVEA_CMAKE "${CMAKE_SOURCE_DIR}/packaging/cmake")
# Which of the two parts each package takes.
set(CPACK_PROJECT_CONFIG_FILE "${CMAKE_SOURCE_DIR}/packaging/cmake/FoveaParts.cmake")
include(CPack)

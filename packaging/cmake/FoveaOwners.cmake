# Which Debian packages the files belong to, each once; files of no package are left out.
function(fovea_owners out)
    set(owners)
    foreach(file ${ARGN})
        get_filename_component(real "${file}" REALPATH)
        # /lib and /usr/lib are one folder, of which dpkg knows either name.
        string(REGEX REPLACE "^/usr/lib/" "/lib/" other "${real}")
        foreach(path "${file}" "${real}" "${other}")
            execute_process(
                COMMAND dpkg-query --search "${path}" OUTPUT_VARIABLE answer ERROR_QUIET
                RESULT_VARIABLE failed
            )
            if(NOT failed)
                string(REGEX REPLACE ":.*" "" owner "${answer}")
                list(APPEND owners "${owner}")
                break()
            endif()
        endforeach()
    endforeach()
    list(REMOVE_DUPLICATES owners)
    set(${out} "${owners}" PARENT_SCOPE)
endfunction()

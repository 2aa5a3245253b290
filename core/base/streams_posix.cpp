#include "core/base/streams.h"

#include <fcntl.h>
#include <unistd.h>

#include <csignal>

namespace fovea::base {

void guardStandardStreams()
{
    for (int stream = 0; stream <= 2; ++stream) {
        // The lowest free number is taken. For reading alone: a write there still fails.
        if (::fcntl(stream, F_GETFD) == -1)
            ::open("/dev/null", O_RDONLY);
    }
    std::signal(SIGPIPE, SIG_IGN);
}

} // namespace fovea::base

// How fast this machine computes, for estimates of what training takes. Compute thread.
#pragma once

namespace fovea::train {

struct MachineSpeed {
    double products = 0; // operations a second of matrix products
    double bytes = 0; // a second, read and written in order, of more than the caches hold
};

// Of the calling thread, in some milliseconds of its processor time.
MachineSpeed speedOfThread();
// Of all threads of a loop, which compute at the same time.
MachineSpeed speedOfLoop();

} // namespace fovea::train

// The standard streams of a program of the command line. Main thread, before anything else is
// opened.
#pragma once

namespace fovea::base {

// Opens standard input, output and error where the caller closed them, so that no file takes their
// number and what is printed with it. A write to a reader that has gone then fails instead of
// ending the process without a word.
void guardStandardStreams();

} // namespace fovea::base

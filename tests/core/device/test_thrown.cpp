#include "core/device/thrown.h"

#include <gtest/gtest.h>

#include <new>
#include <stdexcept>

namespace fovea::device {

namespace {

template <typename Exception> Error errorOf(const Exception& exception)
{
    try {
        throw exception;
    } catch (...) {
        return thrown();
    }
}

TEST(Thrown, TooLittleMemoryIsOneErrorWhoeverThrewIt)
{
    const auto standard = errorOf(std::bad_alloc());
    const auto torch = errorOf(std::runtime_error(
        "[enforce fail at alloc_cpu.cpp:127] err == 0. DefaultCPUAllocator: can't "
        "allocate memory: you tried to allocate 8 bytes. Error code 12"));
    EXPECT_EQ(standard.message(), torch.message());
    EXPECT_NE(standard.message().find("max_length"), std::string::npos);
}

TEST(Thrown, ABacktraceStaysOutOfTheSentence)
{
    EXPECT_EQ(
        errorOf(std::runtime_error("shapes differ\nException raised from here")).message(),
        "internal error: shapes differ");
}

TEST(Thrown, WhatIsNoExceptionIsAnErrorToo) { EXPECT_FALSE(errorOf(7).message().empty()); }

} // namespace

} // namespace fovea::device

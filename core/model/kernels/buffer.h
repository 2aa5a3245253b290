// Numbers that begin where a line of the cache does, so that no vector lies on two of them.
#pragma once

#include <cstddef>
#include <new>
#include <vector>

namespace fovea::model::kernels {

template <typename T> struct LineAllocator {
    using value_type = T;
    static constexpr std::align_val_t kLine{64};

    LineAllocator() = default;
    template <typename Other> LineAllocator(const LineAllocator<Other>&) { }
    T* allocate(std::size_t n) { return static_cast<T*>(::operator new(n * sizeof(T), kLine)); }
    void deallocate(T* p, std::size_t) { ::operator delete(p, kLine); }
    bool operator==(const LineAllocator&) const = default;
};

template <typename T> using Buffer = std::vector<T, LineAllocator<T>>;

} // namespace fovea::model::kernels

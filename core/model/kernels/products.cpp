#include "core/model/kernels/products.h"

#undef HWY_TARGET_INCLUDE
#define HWY_TARGET_INCLUDE "core/model/kernels/products.cpp"
#include <hwy/foreach_target.h> // compiles what follows once for each instruction set

#include "core/model/kernels/tile-inl.h"

#include <hwy/highway.h>

HWY_BEFORE_NAMESPACE();
namespace fovea::model::kernels::HWY_NAMESPACE {

template <bool kAdd, typename T> void productOf(const MatrixProduct<T>& p)
{
    multiplyDeep<kAdd, T>(
        {p.a, p.aRow, p.aColumn, p.b, p.bRow, p.c, p.cRow, p.depth}, p.rows, p.columns);
}

void multiplyFloat(const MatrixProduct<float>& p) { productOf<false>(p); }
void multiplyDouble(const MatrixProduct<double>& p) { productOf<false>(p); }
void addProductFloat(const MatrixProduct<float>& p) { productOf<true>(p); }
void addProductDouble(const MatrixProduct<double>& p) { productOf<true>(p); }

} // namespace fovea::model::kernels::HWY_NAMESPACE
HWY_AFTER_NAMESPACE();

#if HWY_ONCE
namespace fovea::model::kernels {

#define FOVEA_OF_TYPE(TYPE, NAME)                                                                  \
    HWY_EXPORT(multiply##NAME);                                                                    \
    HWY_EXPORT(addProduct##NAME);                                                                  \
    template <> void multiply<TYPE>(const MatrixProduct<TYPE>& call)                               \
    {                                                                                              \
        HWY_DYNAMIC_DISPATCH(multiply##NAME)(call);                                                \
    }                                                                                              \
    template <> void addProduct<TYPE>(const MatrixProduct<TYPE>& call)                             \
    {                                                                                              \
        HWY_DYNAMIC_DISPATCH(addProduct##NAME)(call);                                              \
    }
FOVEA_OF_TYPE(float, Float)
FOVEA_OF_TYPE(double, Double)
#undef FOVEA_OF_TYPE

} // namespace fovea::model::kernels
#endif

// A contiguous CPU tensor as what tensor files write; it shares the tensor's memory.
#pragma once

#include "core/device/tensor_torch.h"
#include "core/io/safetensors.h"

namespace fovea::device {

inline io::TensorView viewOf(const std::string& name, const at::Tensor& tensor)
{
    const auto bytes = static_cast<std::size_t>(tensor.numel()) * tensor.element_size();
    const auto type =
        tensor.scalar_type() == at::kDouble ? io::ElementType::F64 : io::ElementType::F32;
    return {name, type, tensor.sizes().vec(), {static_cast<const char*>(tensor.data_ptr()), bytes}};
}

} // namespace fovea::device

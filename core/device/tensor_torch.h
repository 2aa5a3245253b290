// LibTorch's tensors and autograd, the one way in which core includes them; precompiled. The parts
// of LibTorch that are heavier (script modules) are included where they are used.
#pragma once

#include <ATen/ATen.h>
#include <ATen/Parallel.h>
#include <torch/csrc/autograd/autograd.h>
#include <torch/csrc/autograd/custom_function.h>
#include <torch/csrc/autograd/grad_mode.h>

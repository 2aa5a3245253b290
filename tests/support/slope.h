// Gradients are checked against it.
#pragma once

namespace fovea::test {

// The derivative of value() by x, which stays as it was: a central difference.
template <class Value> double slopeBy(double& x, const Value& value)
{
    constexpr double kStep = 1e-6;
    const double kept = x;
    x = kept + kStep;
    const double up = value();
    x = kept - kStep;
    const double down = value();
    x = kept;
    return (up - down) / (2 * kStep);
}

} // namespace fovea::test
